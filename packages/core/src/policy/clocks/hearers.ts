import type { CaseState } from '../../case/state.ts'
import type { Person, Policy } from '../schema.ts'

/** Whom a moment is for: the case's coordinator, then everybody who works on it, then the admins. */
export type Hears = 'owner' | 'team' | 'admins'

/** The persons who are told, never nobody while anybody is left: where a seat is empty, the next in line hears it. */
export function hearersOf(policy: Policy, state: CaseState, hears: Hears): readonly Person[] {
  const team = policy.people.filter((person) => isFree(state, person) && worksOn(state, person))
  const owner = team.filter((person) => person.id === state.coordinator)
  const admins = policy.people.filter((person) => isFree(state, person) && person.roles.includes('admin'))
  const line = { owner: [owner, team, admins], team: [team, admins], admins: [admins, team] }[hears]
  return line.find((seats) => seats.length > 0) ?? policy.people
}

const worksOn = (state: CaseState, person: Person): boolean => {
  const role = state.people[person.id]
  return role === 'admin' || role === 'team'
}

const isFree = (state: CaseState, person: Person): boolean =>
  !state.reports.some((report) => report.person === person.id)
