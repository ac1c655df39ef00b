import { OutsideError } from '@embargo/engine'
import type { Sleep } from '@embargo/engine'

/**
 * Discord allows five pages of messages a second, and ten pages of members in ten seconds. So the waits that it asks
 * for are at most ten seconds, and this limit leaves some room.
 */
const WAIT_MOST_MS = 15_000
/** If Discord refuses a page this often, the cause is not a short-lived rate limit. */
const WAITS_MAX = 5

/** How to wait between pages. Waiting ends when the signal aborts. */
export type Backoff = { readonly sleep: Sleep; readonly signal: AbortSignal }

/**
 * Makes one of the many calls of a listing. If Discord asks us to wait, waits and repeats this one call. Without the
 * repetition, the whole listing would fail and begin again at its first page each time, and might never end. Use this
 * only for reads, because a call that changes something must not be repeated.
 * @throws {OutsideError} for any error that a short wait does not solve
 */
export async function withBackoff<T>({ sleep, signal }: Backoff, call: () => Promise<T>): Promise<T> {
  for (let waits = 0; ; waits += 1) {
    try {
      return await call()
    } catch (error) {
      const waitMs = waitOf(error)
      if (waitMs === undefined || waits >= WAITS_MAX) throw error
      await sleep(waitMs, signal)
      if (signal.aborted) throw error
    }
  }
}

const waitOf = (error: unknown): number | undefined =>
  error instanceof OutsideError &&
  error.code === 'rate-limited' &&
  !error.forAPerson &&
  (error.retryAfterMs ?? Infinity) <= WAIT_MOST_MS
    ? error.retryAfterMs
    : undefined
