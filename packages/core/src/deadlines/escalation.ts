import type { CaseState } from '../state/state.ts'
import { freeTeam, isAway, isExcluded } from '../state/people/access.ts'
import type { PersonId } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { Person, Policy } from '../policy/schema.ts'

/** Who is told at a moment: the case's coordinator, everybody who works on the case, or the admins. */
export type Audience = 'owner' | 'team' | 'admins'

type Notice = { readonly hears: Audience; readonly at?: Instant; readonly named?: PersonId | undefined }

/**
 * The people who are reminded. If an audience has nobody, the next audience is reminded. A person named for the task is
 * reminded in the owner's place, and is listed first in the team. People who were removed from the case are never
 * reminded.
 */
export function audienceOf(policy: Policy, state: CaseState, { hears, at, named }: Notice): readonly Person[] {
  const candidates = policy.people.filter(({ id }) => !isExcluded(policy, state, id))
  const first = candidates.filter(({ id }) => id === named)
  const all = freeTeam(policy, state)
  const there = at === undefined ? all : all.filter((one) => !isAway(state, one, at))
  // If everybody is away, everybody is told.
  const team = there.length > 0 ? there : all
  const owner = team.filter((person) => person.id === state.coordinator)
  const admins = candidates.filter(({ roles }) => roles.includes('admin'))
  const adminsThere = at === undefined ? admins : admins.filter((one) => !isAway(state, one, at))
  const others = team.filter(({ id }) => id !== named)
  const line = {
    owner: [first, owner, team, admins],
    team: [[...first, ...others], admins],
    admins: [adminsThere, there, admins, team],
  }[hears]
  return line.find((seats) => seats.length > 0) ?? candidates
}
