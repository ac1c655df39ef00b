import { instant } from '@embargo/core'
import type { Clock } from '@embargo/engine'

/** The longest time that one timer can wait, because Node's timers have 32 bits. A longer wait takes several timers. */
const LONGEST_TIMER_MS = 2 ** 31 - 1

/** The machine's own time. */
export const systemClock: Clock = {
  now: () => instant(Date.now()),
  wait: (until, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const milliseconds =
        until === undefined ? LONGEST_TIMER_MS : Math.min(LONGEST_TIMER_MS, Math.max(0, until - Date.now()))
      const timer = setTimeout(done, milliseconds)
      signal.addEventListener('abort', done, { once: true })
      function done(): void {
        clearTimeout(timer)
        signal.removeEventListener('abort', done)
        resolve()
      }
    }),
}
