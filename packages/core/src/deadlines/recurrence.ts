import type { CaseState } from '../state/state.ts'
import type { Instant } from '../shared/instant.ts'
import { after } from '../policy/calendar.ts'
import type { Duration } from '../policy/duration.ts'
import type { Policy } from '../policy/schema.ts'
import type { Moment } from './clock.ts'
import type { Audience } from './escalation.ts'

/** How many reminders are computed in advance. After a long outage only the last missed one is announced. */
const REMINDERS_AHEAD = 12

/**
 * How many reminders of a deadline were announced. After the deadline was missed, this is the largest possible number,
 * so no further reminder follows, even if the policy has changed.
 */
export const reminderCount = ({ told }: Pick<CaseState, 'told'>, key: string): number =>
  Math.min(Math.floor(told[key] ?? 0), Number.MAX_SAFE_INTEGER)

type Recurrence = {
  readonly start: Instant
  readonly every: Duration
  /** How many reminders have been announced. */
  readonly count: number
  readonly hears: Audience
}

/** The next reminders of a repeating deadline, at each interval from its start on. */
export function recurrence(
  { calendar }: Policy,
  { start, every, count, hears }: Recurrence,
): { readonly due: Instant; readonly moments: readonly Moment[] } {
  const nth = (n: number): Instant => after(calendar, start, { ...every, amount: every.amount * n })
  if (count === Number.MAX_SAFE_INTEGER) return { due: nth(1), moments: [] }
  const moments = Array.from({ length: REMINDERS_AHEAD }, (_, index): Moment => {
    const n = count + index + 1
    return { fraction: n, at: nth(n), hears }
  })
  return { due: nth(count + 1), moments }
}
