import type { World } from '../case/decision.ts'
import { freeTeam } from '../people/seats.ts'
import { theTeam } from '../people/the-team.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import { outlook } from './outlook.ts'
import type { Policy } from './schema.ts'

/** Whether the next action is theirs: named for it, or of the team that may act, where it is anybody's of that. */
export function isTurnOf(policy: Policy, world: World, person: PersonId, at: Instant): boolean {
  const { case: state } = world
  const owner = outlook(policy, world, at, person)?.next.owner
  if (state === undefined || owner === undefined) return false
  const named = policy.people.find(({ id }) => id === person)?.name
  if (owner === named) return true
  return owner === theTeam(policy) && freeTeam(policy, state).some(({ id }) => id === person)
}
