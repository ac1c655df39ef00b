/** The whole play takes some seconds. If it is not over after this time, it is stuck. */
const WHOLE_PLAY_MS = 55_000

/**
 * Aborts if somebody stops the demo or stops reading its output, or if the demo takes too long. The stage is then
 * removed.
 */
export function untilStopped(): AbortSignal {
  const stopped = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => stopped.abort(new Error('the demo was stopped')))
  }
  // `npm run demo | head` closes the pipe.
  process.stdout.on('error', () => stopped.abort(new Error('nobody reads any further')))
  const tooLong = new AbortController()
  const timer = setTimeout(
    () => tooLong.abort(new Error(`the whole play took more than ${WHOLE_PLAY_MS / 1000} seconds`)),
    WHOLE_PLAY_MS,
  )
  timer.unref()
  return AbortSignal.any([stopped.signal, tooLong.signal])
}
