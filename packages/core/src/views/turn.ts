import type { World } from '../vocabulary/decision.ts'
import { freeTeam } from '../state/people/access.ts'
import { teamName } from '../state/people/team-name.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import { outlook } from './outlook.ts'
import type { Policy } from '../policy/schema.ts'

/**
 * Whether the next action is for this person. `theirs`: the action belongs to this person, or it belongs to the whole
 * team and this person is a team member who may act. `may`: the action belongs to somebody else, but this person may do
 * it too. An approval is never `may`.
 */
export function turnOf(policy: Policy, world: World, person: PersonId, at: Instant): 'theirs' | 'may' | undefined {
  const { case: state } = world
  const next = outlook(policy, world, at, person)?.next
  if (state === undefined || next === undefined) return undefined
  const { owner, others, verb } = next
  if (owner === policy.people.find(({ id }) => id === person)?.name) return 'theirs'
  if (!freeTeam(policy, state).some(({ id }) => id === person)) return undefined
  if (owner === teamName(policy)) return 'theirs'
  return others !== undefined && verb !== 'approve' ? 'may' : undefined
}
