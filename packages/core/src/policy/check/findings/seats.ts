import { isPersonVerb, rolesFor } from '../../../people/roles.ts'
import { policyFor } from '../../policy-for.ts'
import type { Person, Policy } from '../../schema.ts'
import type { PolicyFinding, PolicyLook } from './finding.ts'
import { hasTeamGroup } from './roles.ts'

/** Two-person rules that fewer than two people can fill. A second person is never invented. */
export const seats: PolicyLook = (whole) =>
  whole.projects.flatMap((project) => {
    const policy = policyFor(whole, { project: project.id })
    return [
      ...Object.entries(policy.approvals).flatMap(([what, mode]) => seat(policy, project.name, what, mode)),
      ...twoAdmins(policy, project.name),
    ]
  })

/** An embargo beyond what reporter and team agree on takes two admins, whoever else there is. */
function twoAdmins(policy: Policy, project: string): readonly PolicyFinding[] {
  const admins = policy.people.filter(({ roles }) => roles.includes('admin'))
  if (policy.approvals.embargo === 'second-look' || admins.length > 1 || policy.groups.admin !== undefined) return []
  return [
    {
      rule: 'one-person-both-seats',
      what: `A longer embargo than reporter and team agree on takes two admins for ${project}, and ${admins[0] === undefined ? 'nobody is one' : `only ${admins[0].name} is one`}.`,
      why: 'Nobody fills both seats of it, so no case can ever be kept secret beyond embargo.agreedMost.',
      instead: 'Give a second person the role admin.',
    },
  ]
}

function seat(policy: Policy, project: string, what: string, mode: unknown): readonly PolicyFinding[] {
  if (mode !== 'second-person' || hasTeamGroup(policy)) return []
  const may = (person: Person, verb: string): boolean =>
    !isPersonVerb(verb) || person.roles.some((role) => rolesFor(policy, verb).includes(role))
  const approvers = policy.people.filter((person) => may(person, 'approve'))
  const askers = policy.people.filter((person) => may(person, what))
  if (askers.some((asker) => approvers.some((approver) => approver.id !== asker.id))) return []
  const [only] = approvers
  return [
    {
      rule: 'one-person-both-seats',
      what: `approvals.${what} takes two people for ${project}, and ${only === undefined ? 'nobody' : `only ${only.name}`} can say the second yes.`,
      why: 'Nobody fills both seats of a two-person rule, so what waits for it waits for ever.',
      instead: `Add a person with the role team, or write ${what}: second-look, where the same person looks again.`,
    },
  ]
}
