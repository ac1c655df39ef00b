import type { CaseState } from '../state/state.ts'
import type { Instant } from '../shared/instant.ts'
import { after } from '../policy/calendar.ts'
import type { Duration } from '../policy/duration.ts'
import type { Policy } from '../policy/schema.ts'
import type { Moment } from './clock.ts'
import type { Hears } from './escalation.ts'

/** So many turns ahead are known, so that after a long stop the last one is told and not each that was missed. */
const TURNS_AHEAD = 12

/** How many turns were told; after a breach there is no next one, whatever rule the policy had then. */
export const turnsTold = ({ told }: Pick<CaseState, 'told'>, key: string): number =>
  Math.min(Math.floor(told[key] ?? 0), Number.MAX_SAFE_INTEGER)

type Turns = {
  readonly start: Instant
  readonly every: Duration
  readonly told: number
  readonly hears: Hears
}

/** The next turns of a clock that comes again and again: at each duration from its start on. */
export function turnsOf(
  { calendar }: Policy,
  { start, every, told, hears }: Turns,
): { readonly due: Instant; readonly moments: readonly Moment[] } {
  const nth = (n: number): Instant => after(calendar, start, { ...every, amount: every.amount * n })
  if (told === Number.MAX_SAFE_INTEGER) return { due: nth(1), moments: [] }
  const moments = Array.from({ length: TURNS_AHEAD }, (_, index): Moment => {
    const n = told + index + 1
    return { fraction: n, at: nth(n), hears }
  })
  return { due: nth(told + 1), moments }
}
