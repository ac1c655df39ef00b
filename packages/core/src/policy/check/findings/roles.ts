import { PERSON_VERBS, rolesFor } from '../../../people/roles.ts'
import type { RoleName } from '../../../case/state.ts'
import { policyFor } from '../../policy-for.ts'
import type { Policy } from '../../schema.ts'
import type { PolicyFinding, PolicyLook } from './finding.ts'
import { ofEachSeverity } from './of-each-severity.ts'
import type { FindingOf } from './of-each-severity.ts'

/** Commands and waivers that the policy gives to roles which nobody has: nobody can ever lift what refuses them. */
export const roles: PolicyLook = (whole) =>
  whole.projects.flatMap((project) => {
    const policy = policyFor(whole, { project: project.id })
    return [...commands(policy, project.name), ...ofEachSeverity(whole, project, waivers)]
  })

const commands = (policy: Policy, project: string): readonly PolicyFinding[] =>
  PERSON_VERBS.filter((verb) => policy.roles[verb] !== undefined && !rolesFor(policy, verb).some(isFilled(policy))).map(
    (verb) => ({
      rule: 'unliftable-gate',
      what: `Nobody can ever run /${verb} for ${project}: the rule role stands before it.`,
      why: `roles.${verb} gives it to ${rolesFor(policy, verb).join(' or ')}, and no person has that role.`,
      instead: `Give somebody that role, or take roles.${verb} out.`,
    }),
  )

function waivers(policy: Policy): readonly FindingOf[] {
  if (isFilled(policy)('admin')) return []
  const byAdmins = Object.entries(policy.waivers).flatMap(([gate, by]) => (by === 'admin' ? [gate] : []))
  return byAdmins.map((gate) => (cases) => ({
    rule: 'unliftable-gate',
    what: `Nobody can ever waive ${gate} for ${cases}.`,
    why: `waivers.${gate} leaves it to an admin, and no person has the role admin.`,
    instead: `Give somebody the role admin, or write waivers.${gate}: team, or nobody where that is meant.`,
  }))
}

/** Members of a group have its role, and nobody knows them from the policy alone. */
const isFilled =
  ({ people, groups }: Pick<Policy, 'people' | 'groups'>) =>
  (role: RoleName): boolean =>
    people.some((person) => person.roles.includes(role)) || groups[role] !== undefined

/** Who works on cases may come from a group. */
export const hasTeamGroup = ({ groups }: Pick<Policy, 'groups'>): boolean =>
  groups.team !== undefined || groups.admin !== undefined
