import { OutsideError } from '../ports/chat-platform.ts'
import {
  FIRST_BACKOFF_MS,
  HELD_MS,
  MAX_ATTEMPTS,
  MAX_BACKOFF_MS,
  MAX_COUNTED_WAITS,
  MAX_MAIL_ATTEMPTS,
  MAX_MAIL_BACKOFF_MS,
  MAX_RETRY_AFTER_MS,
} from './limits.ts'
import { CannotPerform, NeedsReview, LeaseLost, NotYet } from './effect-errors.ts'
import type { BoundEffect } from './effects/index.ts'

export type FailedAttempt = {
  readonly effect: Pick<BoundEffect, 'doubt' | 'asksPersonAtOnce' | 'recordsRefusal' | 'repeatsForDays'>
  readonly error: unknown
  /** The number of the attempt, counted from 1. */
  readonly attempt: number
  /** Whether an earlier attempt may have performed the effect. */
  readonly inDoubt: boolean
  /** Whether this attempt got to the point after which the effect may have been performed. */
  readonly begun: boolean
  /** Set if the external service is unreachable: how long all effects for the service wait. */
  readonly awayForMs?: number
  readonly random: () => number
}

/**
 * What happens next to an effect whose attempt failed. `inDoubt`: the effect may have happened all the same. `counts`:
 * the attempt counts towards the limit of tries. An attempt does not count if it waits for a person or an unreachable
 * service.
 */
export type NextStep =
  | { readonly do: 'nothing' }
  | {
      readonly do: 'again'
      readonly delayMs: number
      readonly because: string
      readonly counts: boolean
      readonly inDoubt: boolean
    }
  | { readonly do: 'park'; readonly doubt: boolean; readonly because: string }
  | { readonly do: 'fail'; readonly because: string }

/**
 * Decides what happens next to an effect that threw. An effect that is in doubt stays so until the external service
 * itself answers.
 */
export function decideRetry(failed: FailedAttempt): NextStep {
  const { effect, error, attempt } = failed
  if (error instanceof LeaseLost) return { do: 'nothing' }
  const doubtful = isDoubtful(failed)
  const because = reasonOf(error)
  const again = (delayMs: number, counts: boolean): NextStep => {
    return { do: 'again', delayMs, because, counts, inDoubt: doubtful }
  }
  if (error instanceof NeedsReview) return again(HELD_MS, false)
  if (isForAPerson(error) && !error.away && !effect.asksPersonAtOnce) return again(delayOr(error, HELD_MS), false)
  if (error instanceof CannotPerform) return { do: 'park', doubt: doubtful, because }
  if (error instanceof OutsideError && error.code === 'refused' && !error.away) {
    return effect.recordsRefusal ? { do: 'fail', because } : { do: 'park', doubt: doubtful, because }
  }
  if (doubtful && effect.doubt === 'park') return { do: 'park', doubt: true, because }
  if (failed.awayForMs !== undefined) return again(failed.awayForMs, false)
  if (error instanceof NotYet && error.waitMs !== undefined) return again(error.waitMs, false)
  const { attempts, longestMs } = boundsOf(failed)
  const delayMs = delayOr(error, backoffMs(attempt, failed.random, longestMs))
  // Being asked to wait does not count as a failure.
  if (error instanceof OutsideError && error.code === 'rate-limited') return again(delayMs, false)
  // Whatever this effect waits for is already being handled, so its further attempts do not count towards the limit.
  if (error instanceof NotYet && attempt >= MAX_COUNTED_WAITS) return again(delayMs, false)
  if (attempt >= attempts) return { do: 'park', doubt: doubtful, because: `Tried ${attempt} times. ${because}` }
  return again(delayMs, true)
}

/** How many times an effect is tried, and the longest wait between two tries. */
function boundsOf({ effect, error }: FailedAttempt): { readonly attempts: number; readonly longestMs: number } {
  const isDelayed = error instanceof OutsideError && error.code === 'unreachable' && !error.forAPerson
  return effect.repeatsForDays && isDelayed
    ? { attempts: MAX_MAIL_ATTEMPTS, longestMs: MAX_MAIL_BACKOFF_MS }
    : { attempts: MAX_ATTEMPTS, longestMs: MAX_BACKOFF_MS }
}

function isDoubtful({ error, inDoubt, begun }: FailedAttempt): boolean {
  if (inDoubt) return true
  if (error instanceof OutsideError) return error.code === 'unknown'
  // Before the external service is called, the effect cannot have happened. After that, an unexpected exception does
  // not show whether the service performed the effect.
  return begun && ![CannotPerform, NeedsReview, NotYet].some((known) => error instanceof known)
}

const isForAPerson = (error: unknown): error is OutsideError => error instanceof OutsideError && error.forAPerson

const delayOr = (error: unknown, otherwiseMs: number): number =>
  error instanceof OutsideError && error.retryAfterMs !== undefined
    ? Math.min(Math.max(0, error.retryAfterMs), MAX_RETRY_AFTER_MS)
    : otherwiseMs

/**
 * A random wait ("full jitter") of at least one millisecond. The longest possible wait doubles with each attempt, up to
 * `longestMs`.
 */
export function backoffMs(attempt: number, random: () => number, longestMs: number): number {
  const most = Math.min(longestMs, FIRST_BACKOFF_MS * 2 ** Math.min(attempt - 1, 30))
  return 1 + Math.floor(random() * most)
}

// The text of an unexpected exception may contain what was being sent, so it appears in neither log nor channel.
function reasonOf(error: unknown): string {
  if ([OutsideError, CannotPerform, NeedsReview, NotYet].some((known) => error instanceof known))
    return (error as Error).message
  return 'The program failed while it was doing this. The log says where.'
}
