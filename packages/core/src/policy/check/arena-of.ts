import { teamRole } from '../../people/roles.ts'
import type { Instant } from '../../shared/instant.ts'
import { policyFor, policyOfProject } from '../policy-for.ts'
import type { Person, Policy } from '../schema.ts'
import type { Arena, ReporterKind } from './arena.ts'

/**
 * What of a policy one project is explored with: its own people who are of the team, or in a role that the policy gives a
 * command to, of those with the same roles two; one supported branch; one recipient for each list. What its severities settle, and which lists they concern, is left to the case, which is
 * rated on its way.
 */
export function arenaOf(policy: Policy, project: string, reporter: ReporterKind, start: Instant): Arena {
  const own = policyOfProject(policy, project)
  const { people: of, roles } = policyFor(policy, { project })
  const named = new Set<string | undefined>(Object.values(roles).flat())
  const isCalled = (person: Person): boolean =>
    teamRole(person) !== undefined || person.roles.some((role) => named.has(role))
  const byRoles = new Map<string, number>()
  const people = of.filter((person) => {
    const roles = person.roles.toSorted().join()
    const before = byRoles.get(roles) ?? 0
    byRoles.set(roles, before + 1)
    return isCalled(person) && before < 2
  })
  const folded: Policy = {
    ...own,
    people: of,
    projects: own.projects
      .filter(({ id }) => id === project)
      .map((one) => ({ ...one, branches: one.branches.filter(({ supported }) => supported).slice(0, 1) })),
    prenotification: {
      ...own.prenotification,
      lists: own.prenotification.lists.map((list) => ({ ...list, recipients: list.recipients.slice(0, 1) })),
    },
  }
  return { policy: folded, reporter, people: people.map(({ id }) => id), start, coarse: true, quiet: true }
}
