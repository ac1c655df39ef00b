import type { Effect } from '@embargo/core'
import { OutsideError } from '../ports/chat-platform.ts'
import {
  FIRST_BACKOFF_MS,
  HELD_MS,
  MOST_ATTEMPTS,
  MOST_BACKOFF_MS,
  MOST_COUNTED_WAITS,
  MOST_RATE_LIMITED,
  MOST_RETRY_AFTER_MS,
} from './limits.ts'
import { CannotPerform, Held, LeaseLost, NotYet } from './trouble.ts'

export type Failed = {
  readonly effect: Pick<Effect, 'kind' | 'doubt'>
  readonly error: unknown
  /** Counted from 1. */
  readonly attempt: number
  /** An earlier attempt may have happened. */
  readonly inDoubt: boolean
  /** This attempt reached the point from which it may have happened. */
  readonly begun: boolean
  readonly random: () => number
}

/**
 * `again-in-doubt` keeps the doubt with the row; `again` says that nothing happened. `postpone` says that this attempt
 * was none: whatever waits for a person must not have used up its tries when the person comes.
 */
export type NextStep =
  | { readonly do: 'nothing' }
  | { readonly do: 'again' | 'again-in-doubt' | 'postpone'; readonly delayMs: number; readonly because: string }
  | { readonly do: 'park'; readonly doubt: boolean; readonly because: string }
  | { readonly do: 'fail'; readonly because: string }

/** What is done with an effect that threw. Doubt is never guessed away: only the outside's own word clears it. */
export function afterFailure(failed: Failed): NextStep {
  const { effect, error, attempt } = failed
  if (error instanceof LeaseLost) return { do: 'nothing' }
  const doubtful = isDoubtful(failed)
  const because = reasonOf(error)
  if (error instanceof Held) return { do: 'postpone', delayMs: HELD_MS, because }
  // Somebody reads on until they are out, so that people are told at once.
  if (isForAPerson(error) && effect.kind !== 'remove')
    return { do: 'postpone', delayMs: delayOr(error, HELD_MS), because }
  if (error instanceof CannotPerform) return { do: 'park', doubt: doubtful, because }
  if (error instanceof OutsideError && error.code === 'refused') {
    return effect.kind === 'send-mail' ? { do: 'fail', because } : { do: 'park', doubt: doubtful, because }
  }
  if (doubtful && effect.doubt === 'park') return { do: 'park', doubt: true, because }
  // Whatever it waits for has somebody's eye: only the look at it becomes rare.
  if (error instanceof NotYet && attempt >= MOST_COUNTED_WAITS)
    return { do: 'postpone', delayMs: backoffMs(attempt, failed.random), because }
  if (attempt >= mostAttempts(error))
    return { do: 'park', doubt: doubtful, because: `Tried ${attempt} times. ${because}` }
  const keepsDoubt = doubtful && effect.doubt === 'look-up'
  return { do: keepsDoubt ? 'again-in-doubt' : 'again', delayMs: delayOf(failed), because }
}

function isDoubtful({ error, inDoubt, begun }: Failed): boolean {
  if (inDoubt) return true
  if (error instanceof OutsideError) return error.code === 'unknown'
  // Before the attempt began nothing can have happened; after it, an exception says nothing about the outside.
  return begun && ![CannotPerform, Held, NotYet].some((known) => error instanceof known)
}

const mostAttempts = (error: unknown): number =>
  error instanceof OutsideError && error.code === 'rate-limited' ? MOST_RATE_LIMITED : MOST_ATTEMPTS

const isForAPerson = (error: unknown): error is OutsideError => error instanceof OutsideError && error.forAPerson

const delayOf = ({ error, attempt, random }: Failed): number => delayOr(error, backoffMs(attempt, random))

const delayOr = (error: unknown, otherwiseMs: number): number =>
  error instanceof OutsideError && error.retryAfterMs !== undefined
    ? Math.min(Math.max(0, error.retryAfterMs), MOST_RETRY_AFTER_MS)
    : otherwiseMs

/** Exponential with full jitter: anything between one millisecond and the doubled time. */
export function backoffMs(attempt: number, random: () => number): number {
  const most = Math.min(MOST_BACKOFF_MS, FIRST_BACKOFF_MS * 2 ** Math.min(attempt - 1, 30))
  return 1 + Math.floor(random() * most)
}

// The words of an unforeseen exception may hold what was being sent, so they stay out of log and channel.
function reasonOf(error: unknown): string {
  if ([OutsideError, CannotPerform, Held, NotYet].some((known) => error instanceof known))
    return (error as Error).message
  return 'The program failed while it was doing this. The log says where.'
}
