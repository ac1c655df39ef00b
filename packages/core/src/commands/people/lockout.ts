import { refuse } from '../../gates/gate.ts'
import { samePersonRefusal } from '../../gates/same-person-refusal.ts'
import type { Person } from '../../policy/schema.ts'
import { teamRole } from '../../policy/roles.ts'
import { PLATFORMS } from '../../shared/actor.ts'
import type { PersonId } from '../../shared/ids.ts'
import { DAY, isoInstant, later } from '../../shared/instant.ts'
import { accountOn, personOf } from '../../state/people/directory.ts'
import type { LockoutQuestion } from '../../state/people/people-state.ts'
import { isSamePerson } from '../../state/people/same-person.ts'
import type { Decision, Refusal } from '../../vocabulary/decision.ts'
import { nothingToDo, refused, senseless, you } from '../decisions.ts'
import { onPeople } from './directory-decision.ts'
import type { DirectoryContext } from './directory-decision.ts'

/**
 * How long the first person's request to lock somebody out, or to undo a lockout, waits for a second person. An older
 * request may be about another incident, so it must not count together with a new request.
 */
const QUESTION_LIVES = DAY

type LockoutRequest = { readonly person: PersonId; readonly reason: string }

/**
 * Locks a person out because somebody else may control one of their accounts. One admin or two people of the team can
 * do this, because every minute counts. None of the person's accounts may run commands until two admins undo the
 * lockout.
 */
export function lockOut(context: DirectoryContext, caller: Person, { person: id, reason }: LockoutRequest): Decision {
  const { policy, state } = context
  const person = personOf(policy, id)
  if (person === undefined) return unknown(id)
  const since = state?.lockouts[person.id]?.at
  if (since !== undefined) return nothingToDo(`${person.name} has been locked out since ${isoInstant(since)}.`)
  if (teamRole(caller) === undefined)
    return refused(
      refuse('role', 'Locking somebody out takes an admin, or two team members.', [
        { who: 'an admin', how: `locks ${person.name} out`, verb: 'lockout' },
      ]),
    )
  if (!policy.people.some((one) => teamRole(one) !== undefined && isSamePerson(policy, one.id, person.id) === 'no'))
    return senseless('No team member would be left.', [
      { who: 'an admin', how: 'adds somebody else to the policy first, or removes this account from the policy' },
    ])
  const locked = (by: readonly PersonId[]): Decision =>
    onPeople([{ type: 'PersonLockedOut', person: person.id, by: [...by], reason, accounts: accountsOf(person) }])
  if (caller.roles.includes('admin')) return locked([caller.id])
  const asker = askerOf(context, state?.lockoutsAsked[person.id], 'team')
  const waits = `Nothing has changed yet. ${person.name} is locked out as soon as an admin or another team member runs the same command: lockout ${person.id}.`
  if (asker === undefined) return onPeople([{ type: 'LockoutAsked', person: person.id, by: caller.id, reason }], waits)
  if (asker.id === caller.id) return nothingToDo(waits)
  const doubt = notTwo(context, asker, caller)
  return doubt === undefined ? locked([asker.id, caller.id]) : refused(doubt)
}

/** Two admins undo a lockout. The locked-out person gets back their accounts and the cases that they were on. */
export function undoLockout(context: DirectoryContext, caller: Person, id: PersonId): Decision {
  const { policy, state } = context
  const person = personOf(policy, id)
  if (person === undefined) return unknown(id)
  if (state?.lockouts[person.id] === undefined) return nothingToDo(`${person.name} is not locked out.`)
  if (!caller.roles.includes('admin'))
    return refused(
      refuse('role', 'A lockout is undone by two admins.', [
        { who: 'two admins', how: `let ${person.name} in again`, verb: 'lockout.undo' },
      ]),
    )
  const asker = askerOf(context, state.lockoutUndosAsked[person.id], 'admin')
  const waits = `Nothing has changed yet. ${person.name} gets access again as soon as another admin runs the same command: lockout undo ${person.id}.`
  if (asker === undefined) return onPeople([{ type: 'LockoutUndoAsked', person: person.id, by: caller.id }], waits)
  if (asker.id === caller.id) return nothingToDo(waits)
  const doubt = notTwo(context, asker, caller)
  return doubt === undefined
    ? onPeople([{ type: 'LockoutUndone', person: person.id, by: [asker.id, caller.id] }])
    : refused(doubt)
}

const unknown = (id: PersonId): Decision =>
  senseless(`There is no person ${id}.`, you('name a person from “embargo people”', 'lockout'))

const accountsOf = (person: Person) =>
  PLATFORMS.flatMap((platform) => {
    const account = accountOn(person, platform)
    return account === undefined ? [] : [{ platform, account }]
  })

/** The person who asked first, if their request is still recent and they still have the required role. */
function askerOf(
  { policy, at }: DirectoryContext,
  question: LockoutQuestion | undefined,
  role: 'team' | 'admin',
): Person | undefined {
  if (question === undefined || later(question.at, QUESTION_LIVES) <= at) return undefined
  const asker = personOf(policy, question.by)
  if (asker === undefined) return undefined
  return (role === 'admin' ? asker.roles.includes('admin') : teamRole(asker) !== undefined) ? asker : undefined
}

const notTwo = ({ policy }: DirectoryContext, asker: Person, caller: Person): Refusal | undefined =>
  isSamePerson(policy, asker.id, caller.id) === 'no'
    ? undefined
    : samePersonRefusal('second-person', policy, asker.id, caller)
