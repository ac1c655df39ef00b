import { policyFor } from '@embargo/core'
import type { Person, Policy, RoleName } from '@embargo/core'
import { canAct, missingAccountsNote } from './actors.ts'
import type { PolicyFinding, StaticCheck } from './finding.ts'

/** Finds commands and waivers that nobody can use, because no person with a required role can type a command. */
export const roles: StaticCheck = (whole) =>
  whole.projects.flatMap((project) => {
    const policy = policyFor(whole, { project: project.id })
    if (!isFilled(policy)('admin') && !isFilled(policy)('team')) return [noTeam(policy, project.name)]
    return [...commands(policy, project.name), ...waivers(policy, project.name)]
  })

const noTeam = (policy: Policy, project: string): PolicyFinding => ({
  rule: 'unliftable-gate',
  what: `Nobody on the team can ever run a command for ${project}: the rule "role" blocks everybody.`,
  why: `Every case begins with the team, and ${nobody(policy, ['admin', 'team'], 'the role admin or team')}`,
  instead: 'Give somebody of the team an account on a platform that is in use, or an osUser for the terminal.',
})

function commands(policy: Policy, project: string): readonly PolicyFinding[] {
  const { adminOnly, ...sets } = policy.roles
  const unfilled = Object.entries(sets).filter(([, names]) => !names.some(isFilled(policy)))
  return [
    ...unfilled.map(([set, names]): PolicyFinding => ({
      rule: 'unliftable-gate',
      what: `Nobody can ever run a command of roles.${set} for ${project}: the rule "role" blocks them.`,
      why: `roles.${set} is ${names.join(' or ')}, and ${nobody(policy, names, 'that role')}`,
      instead: `Give somebody that role, or take roles.${set} out.`,
    })),
    ...(isFilled(policy)('admin') ? [] : adminOnly).map((verb): PolicyFinding => ({
      rule: 'unliftable-gate',
      what: `Nobody can ever run /${verb} for ${project}: the rule "role" blocks it.`,
      why: `roles.adminOnly leaves it to an admin, and ${nobody(policy, ['admin'], 'the role admin')}`,
      instead: `Give somebody the role admin, or take ${verb} out of roles.adminOnly.`,
    })),
  ]
}

function waivers(policy: Policy, project: string): readonly PolicyFinding[] {
  if (isFilled(policy)('admin')) return []
  const byAdmins = Object.entries(policy.waivers).flatMap(([gate, by]) => (by === 'admin' ? [gate] : []))
  return byAdmins.map((gate) => ({
    rule: 'unliftable-gate',
    what: `Nobody can ever waive ${gate} for ${project}.`,
    why: `waivers.${gate} leaves it to an admin, and ${nobody(policy, ['admin'], 'the role admin')}`,
    instead: `Give somebody the role admin, or set waivers.${gate} to “team”, or to “nobody” if it should never be waived.`,
  }))
}

const isFilled =
  (policy: Policy) =>
  (role: RoleName): boolean =>
    having(policy, [role]).some(canAct(policy))

/** Why nobody can use a role, as the end of a sentence. */
function nobody(policy: Policy, roleNames: readonly RoleName[], role: string): string {
  const holders = having(policy, roleNames)
  return holders.length === 0
    ? `no person has ${role}.`
    : `nobody who has ${role} can type it.${missingAccountsNote(policy, holders)}`
}

const having = ({ people }: Policy, roleNames: readonly RoleName[]): readonly Person[] =>
  people.filter((person) => person.roles.some((one) => roleNames.includes(one)))
