import type { Lift, Refusal } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Context } from './gate.ts'

/** The same question, asked of another case of the release. */
export const contextOfCase = (context: Context, other: CaseState): Context => ({
  ...context,
  state: other,
  policy: policyFor(context.whole, other),
})

/** The refusal names the case, since it is not the one at hand; what lifts it is done there, where it is not said here. */
export function refusalOfCase(refusal: Refusal, { id }: CaseState): Refusal {
  const there = (lift: Lift): Lift => (lift.here === true ? lift : { who: lift.who, how: `${lift.how} (in ${id})` })
  return {
    ...refusal,
    because: `${id}: ${refusal.because}`,
    facts: { ...refusal.facts, case: id },
    liftedBy: refusal.liftedBy.map(there),
  }
}

/** What a merge would have to name for the gates of the earlier case to be asked. */
export const noEarlierCaseNamed = ({ request }: Pick<Context, 'request'>): string | undefined =>
  request.verb === 'duplicate' && request.of === undefined ? 'name the earlier case' : undefined
