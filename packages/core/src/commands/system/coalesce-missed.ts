import { clocks, roundKey } from '../../deadlines/running-clocks.ts'
import type { Clock, Moment } from '../../deadlines/clock.ts'
import type { Policy } from '../../policy/schema.ts'
import type { Instant } from '../../shared/instant.ts'
import type { World } from '../../vocabulary/decision.ts'
import type { CaseState } from '../../state/state.ts'

type Fired = { readonly clock: Clock; readonly moment: Moment; readonly at: Instant }

/**
 * The moment that is told in place of this one. A clock that comes again and again knows some of its moments ahead: where
 * even the last of these is past, and others after it, people hear of the last that is past, and not of each dozen.
 */
export function lastPast(policy: Policy, world: World, state: CaseState, { clock, moment, at }: Fired): Moment {
  const endsHere = moment.breach === true && moment.repeats !== true
  if (endsHere || moment.fraction !== clock.moments.at(-1)?.fraction) return moment
  const key = roundKey(clock)
  let last = moment
  for (;;) {
    const told: CaseState = { ...state, told: { ...state.told, [key]: last.fraction } }
    const same = clocks(policy, { ...world, case: told }).find((one) => roundKey(one) === key)
    const next = same?.moments.findLast((one) => one.at <= at)
    if (next === undefined || next.at <= last.at) return last
    last = next
  }
}
