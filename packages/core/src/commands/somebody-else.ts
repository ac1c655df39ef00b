import type { Context } from '../gates/gate.ts'
import type { Person } from '../policy/schema.ts'
import { matchingConflict, matchingReporter } from '../state/people/access.ts'
import type { Lift } from '../vocabulary/decision.ts'

/** What lifts a refusal if everybody else in the policy is on the case or barred from it: somebody new. */
export function somebodyElse({ whole, state }: Context): readonly Lift[] {
  const isFree = ({ id }: Person): boolean =>
    state.people[id] === undefined &&
    matchingConflict(whole, state, id) === undefined &&
    matchingReporter(whole, state, id) === undefined
  return whole.people.some(isFree)
    ? [{ who: 'any team member', how: 'invites somebody else', verb: 'people.invite' }]
    : [{ who: 'an admin', how: 'adds somebody else to the policy’s people' }]
}
