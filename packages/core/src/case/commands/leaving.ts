import type { Append, Decision, Refusal } from '../decision.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import { freeTeam } from '../../people/seats.ts'
import { refuse } from '../../policy/gates/gate.ts'
import type { Context } from '../../policy/gates/gate.ts'
import { casesOf } from '../../release/cases-of.ts'
import type { PersonId } from '../../shared/ids.ts'
import { accepted } from './handler.ts'

/** A case with nobody who may act could never end: whoever is the last stays until there is another. */
export function lastOne({ policy, state }: Context, leaving: PersonId): Refusal | undefined {
  const team = freeTeam(policy, state)
  if (team.some(({ id }) => id !== leaving) || team.length === 0) return undefined
  return refuse('on-the-case', 'Nobody who may work on this case would be left.', [
    { who: 'any team member', how: 'invites somebody first', verb: 'invite' },
    { who: 'an admin', how: 'adds a person to the policy, where nobody else is in it' },
  ])
}

/**
 * What their leaving makes void: what they asked a second person and nobody has answered, and what they were one of two
 * to approve that has not begun. Neither outlives their seat. A signal does: what they saw of the world is so without
 * them, and nobody takes it back by leaving.
 */
export function withQuestionsOf(
  context: Context,
  person: PersonId,
  { left, because }: { readonly left: CaseEvent; readonly because: string },
): Decision {
  const { state } = context
  const asked = state.approvals
    .filter((one) => one.status === 'open' && one.by === person && one.yesFrom === undefined)
    .map(({ id }): CaseEvent => ({ type: 'ApprovalVoided', approval: id, because }))
  return accepted([{ stream: state.id, events: [left, ...asked] }, ...heldBack(context, person, because)])
}

function heldBack(context: Context, person: PersonId, because: string): readonly Append[] {
  const { release } = context
  const ahead = release?.ahead
  if (release === undefined || ahead === undefined) return []
  const theirs = casesOf(context)
    .flatMap(({ approvals }) => approvals)
    .some((one) => one.status === 'given' && one.digest === ahead.digest && [one.by, one.givenBy].includes(person))
  return theirs ? [{ stream: release.id, events: [{ type: 'DisclosureHeld', because }] }] : []
}
