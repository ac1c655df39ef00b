import { isPersonVerb, rolesFor } from '../../../people/roles.ts'
import { policyFor } from '../../policy-for.ts'
import type { Person, Policy } from '../../schema.ts'
import type { PolicyFinding, PolicyLook } from './finding.ts'

/** Two-person rules that fewer than two people can fill. A second person is never invented. */
export const seats: PolicyLook = (whole) =>
  whole.projects.flatMap((project) => {
    const policy = policyFor(whole, { project: project.id })
    return Object.entries(policy.approvals).flatMap(([what, mode]) => seat(policy, project.name, what, mode))
  })

function seat(policy: Policy, project: string, what: string, mode: unknown): readonly PolicyFinding[] {
  if (mode !== 'second-person' && mode !== 'second-admin') return []
  const may = (person: Person, verb: string): boolean =>
    !isPersonVerb(verb) || person.roles.some((role) => rolesFor(policy, verb).includes(role))
  const approvers = policy.people.filter((person) =>
    mode === 'second-admin' ? person.roles.includes('admin') : may(person, 'approve'),
  )
  const askers = policy.people.filter((person) => may(person, what))
  if (askers.some((asker) => approvers.some((approver) => approver.id !== asker.id))) return []
  const [only] = approvers
  return [
    {
      rule: 'one-person-both-seats',
      what: `approvals.${what} takes ${mode === 'second-admin' ? 'two admins' : 'two people'} for ${project}, and ${only === undefined ? 'nobody' : `only ${only.name}`} can say the second yes.`,
      why: 'Nobody fills both seats of a two-person rule, so what waits for it waits for ever.',
      instead:
        mode === 'second-person'
          ? `Add a person with the role team, or write ${what}: second-look, where the same person looks again.`
          : 'Add a person with the role admin.',
    },
  ]
}
