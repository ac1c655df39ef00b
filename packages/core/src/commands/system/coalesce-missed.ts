import { clocks, roundKey } from '../../deadlines/running-clocks.ts'
import type { Clock, Moment } from '../../deadlines/clock.ts'
import type { Policy } from '../../policy/schema.ts'
import type { Instant } from '../../shared/instant.ts'
import type { World } from '../../vocabulary/decision.ts'
import type { CaseState } from '../../state/state.ts'

type ClockFiring = { readonly clock: Clock; readonly moment: Moment; readonly at: Instant }

/**
 * The moment to announce after the program was down: only the latest moment that was missed. A repeating clock has
 * about a dozen moments at a time. So the loop asks the clock for further moments until it has found the latest one
 * that is not in the future.
 */
export function coalesceMissed(
  policy: Policy,
  world: World,
  state: CaseState,
  { clock, moment, at }: ClockFiring,
): Moment {
  const endsHere = moment.breach === true && moment.repeats !== true
  if (endsHere || moment.fraction !== clock.moments.at(-1)?.fraction) return moment
  const key = roundKey(clock)
  let latest = moment
  for (;;) {
    const nextState: CaseState = { ...state, told: { ...state.told, [key]: latest.fraction } }
    const same = clocks(policy, { ...world, case: nextState }).find((one) => roundKey(one) === key)
    const next = same?.moments.findLast((one) => one.at <= at)
    if (next === undefined || next.at <= latest.at) return latest
    latest = next
  }
}
