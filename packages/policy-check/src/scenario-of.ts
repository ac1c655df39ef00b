import { policyFor, policyOfProject, POLICY_SETS, teamRole, USUAL_ROLES } from '@embargo/core'
import type { Instant, Person, Policy } from '@embargo/core'
import type { Scenario, ReporterKind } from './scenario.ts'
import { canAct } from './findings/actors.ts'

/**
 * A policy can give a set of commands to other roles than usual. Returns the roles for all such sets. The people who
 * have these roles take part.
 */
const namedRoles = ({ roles }: Policy): readonly string[] =>
  POLICY_SETS.filter((set) => roles[set].join() !== USUAL_ROLES[set].join()).flatMap((set) => roles[set])

/**
 * The part of a policy with which one project is explored: one supported branch, one recipient of each list, and at
 * most two people with the same roles. A person takes part if they can type a command, and are on the team or have a
 * role to which the policy gives a command. All lists remain, because the severity of the case decides which lists are
 * told about it.
 */
export function scenarioOf(policy: Policy, project: string, reporter: ReporterKind, start: Instant): Scenario {
  const own = policyOfProject(policy, project)
  const { people: of } = policyFor(policy, { project })
  const named = new Set(namedRoles(policy))
  const isCalled = (person: Person): boolean =>
    teamRole(person) !== undefined || person.roles.some((role) => named.has(role))
  const byRoles = new Map<string, number>()
  const people = of.filter(canAct(policy)).filter((person) => {
    const roles = person.roles.toSorted().join()
    const before = byRoles.get(roles) ?? 0
    byRoles.set(roles, before + 1)
    return isCalled(person) && before < 2
  })
  const reduced: Policy = {
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
  return { policy: reduced, reporter, people: people.map(({ id }) => id), start, coarse: true, quiet: true }
}
