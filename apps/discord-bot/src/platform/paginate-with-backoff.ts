import { OutsideError } from '@embargo/engine'
import type { Sleep } from '@embargo/engine'

/** Discord gives five pages of messages in a second and ten of members in ten, so it never asks for a longer wait. */
const WAIT_MOST_MS = 15_000
/** A page that is refused this often is not refused for a short-lived limit. */
const WAITS_MAX = 5

/** How paging waits; it stops waiting once the signal aborts. */
export type Backoff = { readonly sleep: Sleep; readonly signal: AbortSignal }

/**
 * One call of a reading that takes many: waits if Discord asks for it, so that the reading continues and does not start
 * again at its first page, or it might never reach the last. Only for reads: a call that changes something is not repeated.
 * @throws {OutsideError} what does not pass by waiting a little
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
