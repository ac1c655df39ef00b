import { later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Moment } from './clock.ts'

type Span = { readonly start: Instant; readonly due: Instant }

/**
 * The moment when this fraction of the time has passed. Before the due time it is for the owner. At the due time and
 * later it is for the team.
 */
export function momentAt(start: Instant, due: Instant, fraction: number): Moment {
  const hears = fraction < 1 ? 'owner' : 'team'
  return { fraction, at: later(start, (due - start) * fraction), hears }
}

/** When the owner is reminded and the team is told, as fractions of a deadline's time. */
const USUAL_FRACTIONS: readonly number[] = [0.8, 1]

/** The usual fractions and an earlier one, for deadlines at which a reporter or an authority waits for us. */
export const URGENT_FRACTIONS: readonly number[] = [0.5, 0.8, 1]

/** The admins are told when the deadline has run for this multiple of its time. */
export const ESCALATES_AT = 1.5

/**
 * The moments of most deadlines. The owner is reminded before the deadline is due, the team when it is due, and the
 * admins when it is long overdue.
 */
export function reminders({ start, due }: Span, fractions = USUAL_FRACTIONS): readonly Moment[] {
  const breach: Moment = {
    ...momentAt(start, due, ESCALATES_AT),
    fraction: ESCALATES_AT,
    breach: true,
    hears: 'admins',
  }
  return [...fractions.map((fraction) => momentAt(start, due, fraction)), breach]
}
