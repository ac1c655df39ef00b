import { listAnd, PERSON_VERBS, policyFor, rolesFor, TWO_PERSON_VERBS } from '@embargo/core'
import type { Person, PersonVerb, Policy } from '@embargo/core'
import { canAct, missingAccountsNote } from './actors.ts'
import type { PolicyFinding, StaticCheck } from './finding.ts'

/** The commands that take two people, except `/embargo.extend`. That one takes two admins, which `twoAdmins` checks. */
const ASKED: readonly PersonVerb[] = PERSON_VERBS.filter(
  (verb) => TWO_PERSON_VERBS.has(verb) && verb !== 'embargo.extend',
)

/** Finds two-person rules that fewer than two people can satisfy. */
export const approvers: StaticCheck = (whole) =>
  whole.projects.flatMap(({ id, name }) => {
    const policy = policyFor(whole, { project: id })
    return [...seats(policy, name), ...twoAdmins(policy, name)]
  })

/**
 * Finds projects in which fewer than two admins can act. Two admins must approve an embargo that is longer than the
 * reporter and the team are allowed to agree on.
 */
function twoAdmins(policy: Policy, project: string): readonly PolicyFinding[] {
  const admins = policy.people.filter(({ roles }) => roles.includes('admin'))
  const acting = admins.filter(canAct(policy))
  if (policy.approvals.by === 'second-look' || acting.length > 1) return []
  return [
    {
      rule: 'one-person-both-seats',
      what: `For ${project}, an embargo beyond embargo.agreedMost needs two admins, but ${acting[0] === undefined ? 'nobody' : `only ${acting[0].name}`} can act as one.`,
      why: `No two people can ask for such an embargo and approve it, so no case can ever be kept secret for longer.${missingAccountsNote(policy, admins)}`,
      instead:
        admins.length > 1
          ? 'Give a second admin an account on a platform that is in use.'
          : 'Give a second person the role admin.',
    },
  ]
}

function seats(policy: Policy, project: string): readonly PolicyFinding[] {
  if (policy.approvals.by !== 'second-person') return []
  const could = peopleFor(policy, 'approve')
  const approvers = could.filter(canAct(policy))
  const empty = ASKED.filter((verb) => !isFilled(peopleFor(policy, verb).filter(canAct(policy)), approvers))
  if (empty.length === 0) return []
  const few =
    approvers.length > 1
      ? `nobody can run ${listAnd(empty.map((verb) => `/${verb}`))}`
      : `${approvers[0] === undefined ? 'nobody' : `only ${approvers[0].name}`} can give the second approval`
  const without = new Set([...could, ...empty.flatMap((verb) => peopleFor(policy, verb))])
  return [
    {
      rule: 'one-person-both-seats',
      what: `For ${project}, a command that cannot be undone needs two people, but ${few}.`,
      why: `No two people can ask for such a command and approve it, so it can never be carried out.${missingAccountsNote(policy, [...without])}`,
      instead: `Add a person with the role team and an account on a platform that is in use, or write approvals.by: second-look, so that the same person confirms after a second look.`,
    },
  ]
}

const peopleFor = (policy: Policy, verb: PersonVerb): readonly Person[] =>
  policy.people.filter((person) => person.roles.some((role) => rolesFor(policy, verb).includes(role)))

const isFilled = (askers: readonly Person[], approvers: readonly Person[]): boolean =>
  askers.some((asker) => approvers.some((approver) => approver.id !== asker.id))
