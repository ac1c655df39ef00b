import type { Instant } from '@embargo/core'
import type { Clock } from '@embargo/engine'

/** A business clock that is stopped until somebody moves it. */
export type MovedClock = Clock & {
  /** Sets the time, forwards or backwards, and wakes all waiting callers, so they check the time again. */
  moveTo(at: Instant): void
  /** The number of waiting callers. */
  readonly waiting: number
}

/**
 * The engine's clock for tests and for the demo. It moves only when the test moves it, so weeks can pass in an instant.
 */
export function createMovedClock(start: Instant): MovedClock {
  let now = start
  const waiters = new Set<() => void>()
  return {
    now: () => now,
    get waiting() {
      return waiters.size
    },
    moveTo(at) {
      now = at
      for (const wake of [...waiters]) wake()
    },
    wait: (until, signal) =>
      new Promise((resolve) => {
        if (signal.aborted || (until !== undefined && until <= now)) return resolve()
        const wake = (): void => {
          waiters.delete(wake)
          signal.removeEventListener('abort', wake)
          resolve()
        }
        waiters.add(wake)
        signal.addEventListener('abort', wake, { once: true })
      }),
  }
}
