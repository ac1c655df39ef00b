import { later } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Policy } from '../policy/schema.ts'
import type { Moment } from './clock.ts'

type Span = { readonly start: Instant; readonly due: Instant }

/** Before the due time the owner is reminded; at its end the team; the admins by the deadline's own rule. */
export function momentAt(start: Instant, due: Instant, fraction: number): Moment {
  const hears = fraction < 1 ? 'owner' : 'team'
  return { fraction, at: later(start, (due - start) * fraction), hears }
}

/** The moments of most deadlines: reminders on the way, the team at its end, the admins when it is long past. */
export function reminders(
  { clocks }: Policy,
  { start, due }: Span,
  fractions: readonly number[] = clocks.fractions,
): readonly Moment[] {
  const { escalateAt } = clocks
  const breach: Moment = { ...momentAt(start, due, escalateAt), fraction: escalateAt, breach: true, hears: 'admins' }
  return [...fractions.map((fraction) => momentAt(start, due, fraction)), breach]
}
