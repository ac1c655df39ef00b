import type { CaseState } from '../state.ts'
import { dayBegins } from '../../policy/local-time.ts'
import type { Person, Policy } from '../../policy/schema.ts'
import { PersonId } from '../../shared/ids.ts'
import { instant } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import { matchingPerson } from './same-person.ts'
import { authorsOf } from './need-to-know.ts'
import { rolesFor, teamRole } from '../../policy/roles.ts'

type AccessState = Pick<CaseState, 'id' | 'people' | 'reports' | 'moved' | 'conflicts' | 'away' | 'coordinator'>

type People = Pick<Policy, 'people'>
type Bars = Pick<AccessState, 'reports' | 'moved' | 'conflicts'>

/**
 * Whether a person is barred from this case, whatever their role. A person is barred if they are, or may be, a reporter
 * of the case or somebody with a conflict of interest.
 */
export const isBarred = (policy: People, state: Bars, person: PersonId): boolean =>
  matchingReporter(policy, state, person) !== undefined || matchingConflict(policy, state, person) !== undefined

/**
 * Whether a person must not learn anything about this case, not even that it needs help. This holds for everybody who
 * is barred, or was removed and not invited again.
 */
export const isExcluded = (policy: People, state: Bars & Pick<CaseState, 'removed'>, person: PersonId): boolean =>
  isBarred(policy, state, person) || matchingRemoved(policy, state, person) !== undefined

/** The reporter of this case who is, or may be, this person. */
export const matchingReporter = (policy: People, state: Pick<AccessState, 'reports' | 'moved'>, person: PersonId) =>
  matchingPerson(policy, authorsOf(state), person)

/** Who among the people with a conflict of interest is, or may be, the same person as `person`. */
export const matchingConflict = (
  policy: People,
  { conflicts = {} }: Pick<AccessState, 'conflicts'>,
  person: PersonId,
) => matchingPerson(policy, idsOf(conflicts), person)

/** Who among the removed people is, or may be, the same person as `person`. */
export const matchingRemoved = (policy: People, { removed = {} }: Pick<CaseState, 'removed'>, person: PersonId) =>
  matchingPerson(policy, idsOf(removed), person)

const idsOf = (people: Readonly<Record<string, unknown>>): readonly PersonId[] =>
  Object.keys(people).map((id) => PersonId.parse(id))

type AwayPerson = Pick<Person, 'id' | 'away' | 'zone'>

/** Whether a person is away at this time, according to the case or the policy. */
export const isAway = (state: Pick<AccessState, 'away'>, person: AwayPerson, at: Instant): boolean =>
  absences(state, person).some(({ from, until }) => from <= at && at < until)

/** When a person who is away will be back. If several absences cover this time, the latest end counts. */
export function returnTime(state: Pick<AccessState, 'away'>, person: AwayPerson, at: Instant): Instant {
  const now = absences(state, person).filter(({ from, until }) => from <= at && at < until)
  return instant(Math.max(at, ...now.map(({ until }) => until)))
}

type Absence = { readonly from: Instant; readonly until: Instant }

/**
 * The absences recorded in the case and in the policy. Days in the policy begin at midnight in the person's time zone,
 * by default UTC.
 */
function absences(state: Pick<AccessState, 'away'>, { id, away = [], zone }: AwayPerson): readonly Absence[] {
  const absence = state.away?.[id]
  const ahead = away.map(({ from, back }) => ({ from: dayBegins(from, zone), until: dayBegins(back, zone) }))
  return absence === undefined ? ahead : [absence, ...ahead]
}

/** The case's team members who may act: they are on the case, on the team in today's policy, and not barred. */
export const freeTeam = (policy: Policy, state: AccessState): readonly Person[] =>
  policy.people.filter((person) => {
    const role = state.people[person.id]
    return (
      (role === 'admin' || role === 'team') && teamRole(person) !== undefined && !isBarred(policy, state, person.id)
    )
  })

/**
 * The order in which team members are asked: everybody who may act and is not away, beginning after `last`. Without
 * `last`, the first person differs from case to case. If everybody is away, the person who returns first comes first.
 */
export function nextInLine(policy: Policy, state: AccessState, at: Instant, last?: PersonId): readonly Person[] {
  const team = freeTeam(policy, state)
  const after = team.findIndex(({ id }) => id === last)
  const begin = after >= 0 ? after + 1 : numberOf(state) % Math.max(1, team.length)
  const round = [...team.slice(begin), ...team.slice(0, begin)].filter(({ id }) => id !== last)
  const there = round.filter((one) => !isAway(state, one, at))
  return there.length > 0 ? there : byReturn(state, round, at)
}

const byReturn = (state: AccessState, people: readonly Person[], at: Instant): readonly Person[] =>
  people.toSorted((a, b) => returnTime(state, a, at) - returnTime(state, b, at))

const numberOf = ({ id }: Pick<AccessState, 'id'>): number => Number(id.split('-').at(-1))

/**
 * The coordinator of the case. Undefined if the coordinator may no longer act, because they were removed from the case
 * or from the policy.
 */
export const coordinatorOf = (policy: Policy, state: AccessState): Person | undefined =>
  freeTeam(policy, state).find(({ id }) => id === state.coordinator)

/**
 * Who does the coordinator's tasks now. That is the coordinator or, if the coordinator is away or gone, the next in
 * line. If both are away, it is the one who is back first.
 */
export function actingCoordinator(policy: Policy, state: AccessState, at: Instant): Person | undefined {
  const coordinator = coordinatorOf(policy, state)
  if (state.coordinator === undefined) return undefined
  if (coordinator !== undefined && !isAway(state, coordinator, at)) return coordinator
  const [next = coordinator] = nextInLine(policy, state, at, state.coordinator)
  if (coordinator === undefined || next === undefined || !isAway(state, next, at)) return next
  return byReturn(state, [coordinator, next], at)[0]
}

export type TeamShortage = { readonly left: readonly Person[]; readonly admins: readonly Person[] }

/**
 * The people who can still act, and the admins who may add somebody. Undefined if at least two people can act, or the
 * policy requires no second person.
 */
export function teamShortage(
  policy: Policy,
  state: AccessState & Pick<CaseState, 'removed'>,
): TeamShortage | undefined {
  if (policy.approvals.by === 'second-look') return undefined
  const rest = freeTeam(policy, state)
  if (rest.length > 1) return undefined
  return {
    left: rest,
    admins: policy.people.filter(({ id, roles }) => roles.includes('admin') && !isExcluded(policy, state, id)),
  }
}

/** Whether a person may publish under this policy. */
export const mayPublish = (policy: Pick<Policy, 'roles'>, { roles }: Pick<Person, 'roles'>): boolean =>
  roles.some((role) => rolesFor(policy, 'disclose').includes(role))

/** The person who was named to publish a release, if they are on the case and may publish it. */
export function releaserOf(
  policy: Policy,
  state: AccessState,
  release: { readonly releaser?: PersonId } | undefined,
): Person | undefined {
  const named = policy.people.find(({ id }) => id === release?.releaser && state.people[id] !== undefined)
  return named !== undefined && mayPublish(policy, named) && !isBarred(policy, state, named.id) ? named : undefined
}

/** The person who was named to publish a release, if they are not away at this time. */
export function releaserThere(
  policy: Policy,
  state: AccessState,
  release: { readonly releaser?: PersonId } | undefined,
  at: Instant,
): Person | undefined {
  const named = releaserOf(policy, state, release)
  return named !== undefined && !isAway(state, named, at) ? named : undefined
}

/** Whether a person is invited to the case and has not answered. Such a person may do nothing but answer. */
export const isInvited = ({ invited }: Pick<CaseState, 'invited'>, person: PersonId | undefined): boolean =>
  person !== undefined && invited?.[person] !== undefined
