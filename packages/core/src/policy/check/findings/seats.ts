import type { PersonVerb } from '../../../case/command.ts'
import type { TwoPersonVerb } from '../../../case/second/index.ts'
import { PERSON_VERBS, rolesFor } from '../../../people/roles.ts'
import { inARow } from '../../../text/in-a-row.ts'
import type { Person, Policy } from '../../schema.ts'
import type { PolicyLook } from './finding.ts'
import { ofEachSeverity } from './of-each-severity.ts'
import type { FindingOf } from './of-each-severity.ts'
import { hasTeamGroup } from './roles.ts'

/** What the policy lets two people or one do, by its key under `approvals`. */
type Seat = Exclude<keyof Policy['approvals'], 'secondLookAfter' | 'ahead'>

/** Which of them each command that takes two people asks; a longer embargo has a rule of its own. */
const ASKS: Readonly<Record<Exclude<TwoPersonVerb, 'embargo-extend'>, Seat>> = {
  prenotify: 'prenotify',
  'prenotify-update': 'prenotify',
  disclose: 'disclose',
  interim: 'interim',
  reschedule: 'reschedule',
  'release-cancel': 'reschedule',
  'embargo-terminate': 'embargo',
  waive: 'waive',
  'signal-public': 'signal',
  'signal-exploit': 'signal',
  'signal-attack': 'signal',
  'signal-leak': 'signal',
  'signal-correct': 'signal',
  'reporter-address': 'reporterAddress',
}

/** Two-person rules that fewer than two people can fill. A second person is never invented. */
export const seats: PolicyLook = (whole) =>
  whole.projects.flatMap((project) =>
    ofEachSeverity(whole, project, (policy) => [...SEATS.flatMap((what) => seat(policy, what)), ...twoAdmins(policy)]),
  )

const SEATS: readonly Seat[] = [...new Set(Object.values(ASKS))]

const askedFor = (seat: Seat): readonly PersonVerb[] =>
  PERSON_VERBS.filter((verb) => isAsking(verb) && ASKS[verb] === seat)

const isAsking = (verb: string): verb is keyof typeof ASKS => Object.hasOwn(ASKS, verb)

/** An embargo beyond what reporter and team agree on takes two admins, whoever else there is. */
function twoAdmins(policy: Policy): readonly FindingOf[] {
  const admins = policy.people.filter(({ roles }) => roles.includes('admin'))
  if (policy.approvals.embargo === 'second-look' || admins.length > 1 || policy.groups.admin !== undefined) return []
  return [
    (cases) => ({
      rule: 'one-person-both-seats',
      what: `A longer embargo than reporter and team agree on takes two admins for ${cases}, and ${admins[0] === undefined ? 'nobody is one' : `only ${admins[0].name} is one`}.`,
      why: 'Nobody fills both seats of it, so no case can ever be kept secret beyond embargo.agreedMost.',
      instead: 'Give a second person the role admin.',
    }),
  ]
}

function seat(policy: Policy, what: Seat): readonly FindingOf[] {
  if (policy.approvals[what] !== 'second-person' || hasTeamGroup(policy)) return []
  const approvers = peopleFor(policy, 'approve')
  const empty = askedFor(what).filter((verb) => !isFilled(peopleFor(policy, verb), approvers))
  if (empty.length === 0) return []
  const few =
    approvers.length > 1
      ? `nobody can ask for it with ${inARow(empty.map((verb) => `/${verb}`))}`
      : `${approvers[0] === undefined ? 'nobody' : `only ${approvers[0].name}`} can say the second yes`
  return [
    (cases) => ({
      rule: 'one-person-both-seats',
      what: `approvals.${what} takes two people for ${cases}, and ${few}.`,
      why: 'Nobody fills both seats of a two-person rule, so what waits for it waits for ever.',
      instead: `Add a person with the role team, or write ${what}: second-look, where the same person looks again.`,
    }),
  ]
}

const peopleFor = (policy: Policy, verb: PersonVerb): readonly Person[] =>
  policy.people.filter((person) => person.roles.some((role) => rolesFor(policy, verb).includes(role)))

const isFilled = (askers: readonly Person[], approvers: readonly Person[]): boolean =>
  askers.some((asker) => approvers.some((approver) => approver.id !== asker.id))
