/** The most stack frames that a log line contains. */
const MAX_FRAMES = 3

/**
 * The part of an exception that a log may contain: its name and where it was thrown. Its message is left out, because
 * it may contain report text or an address.
 */
export function safeError(error: unknown): Readonly<Record<string, string>> {
  if (!(error instanceof Error)) return { error: typeof error }
  const frames = (error.stack ?? '').split('\n').filter((line) => line.startsWith('    at '))
  const code = 'code' in error && typeof error.code === 'string' ? { code: error.code } : {}
  return {
    error: error.name,
    ...code,
    at: frames
      .slice(0, MAX_FRAMES)
      .map((line) => line.trim())
      .join(' '),
  }
}
