import type { Lift, Refusal } from '../vocabulary/decision.ts'
import type { CaseState } from '../state/state.ts'
import { policyFor } from '../state/policy-for.ts'
import type { Context } from './gate.ts'

/** The context of another case of the release. */
export const contextOfCase = (context: Context, other: CaseState): Context => ({
  ...context,
  state: other,
  policy: policyFor(context.whole, other),
})

/**
 * A refusal about another case of the release, with that case's number. Each `Lift` names the case too, unless the
 * refusal is lifted in the command's own case.
 */
export function refusalOfCase(refusal: Refusal, { id }: CaseState): Refusal {
  const there = (lift: Lift): Lift => (lift.here === true ? lift : { who: lift.who, how: `${lift.how} (in ${id})` })
  return {
    ...refusal,
    because: `${id}: ${refusal.because}`,
    facts: { ...refusal.facts, case: id },
    liftedBy: refusal.liftedBy.map(there),
  }
}

/** What is missing if a merge names no earlier case. Without that name, gates cannot check the earlier case. */
export const noEarlierCaseNamed = ({ request }: Pick<Context, 'request'>): string | undefined =>
  request.verb === 'triage.duplicate' && request.of === undefined ? 'name the earlier case' : undefined
