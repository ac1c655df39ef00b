import type { Refusal } from '../decision.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { freeTeam } from '../../people/seats.ts'
import { refuse } from '../../policy/gates/gate.ts'
import type { Context } from '../../policy/gates/gate.ts'
import type { PersonId } from '../../shared/ids.ts'

/** A case with nobody who may act could never end: whoever is the last stays until there is another. */
export function lastOne({ policy, state }: Context, leaving: PersonId): Refusal | undefined {
  const team = freeTeam(policy, state)
  if (team.some(({ id }) => id !== leaving) || team.length === 0) return undefined
  return refuse('on-the-case', 'Nobody who may work on this case would be left.', [
    { who: 'any team member', how: 'invites somebody first', verb: 'invite' },
    { who: 'an admin', how: 'adds a person to the policy, where nobody else is in it' },
  ])
}

/** What they asked a second person, and nobody has answered: it does not outlive their seat. */
export const questionsOf = ({ state }: Context, person: PersonId, because: string): readonly CaseEvent[] =>
  state.approvals
    .filter((one) => one.status === 'open' && one.by === person)
    .map(({ id }) => ({ type: 'ApprovalVoided', approval: id, because }))
