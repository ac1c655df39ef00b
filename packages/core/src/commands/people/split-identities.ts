import type { Decision } from '../../vocabulary/decision.ts'
import { nothingToDo, refused, senseless } from '../decisions.ts'
import { refuse } from '../../gates/gate.ts'
import type { Person } from '../../policy/schema.ts'
import type { PersonId } from '../../shared/ids.ts'
import { platformOfOne } from '../../state/people/account.ts'
import { personOf } from '../../state/people/directory.ts'
import { isSamePerson } from '../../state/people/same-person.ts'
import { onPeople } from './directory-decision.ts'
import type { DirectoryContext } from './directory-decision.ts'

/**
 * An admin confirms that two ids belong to two humans, not to one human with two accounts. This is needed if the two
 * have no accounts on the same platform, because then nothing else proves that they are two humans. The admin must be
 * neither of the two. Otherwise one human with both accounts could confirm this, and then approve their own request.
 */
export function splitIdentities(
  { policy, state }: DirectoryContext,
  caller: Person,
  [one, other]: readonly [PersonId, PersonId],
): Decision {
  if (!caller.roles.includes('admin'))
    return refused(
      refuse('role', `${caller.name} is ${caller.roles.join(' and ')}; this command requires admin.`, [
        { who: 'an admin', how: 'says that they are two people' },
      ]),
    )
  const ids = [one, other].map((id) => idOf(policy.people, id))
  const [first, second] = ids
  if (first === undefined || second === undefined || first === second)
    return senseless('Name two different persons.', [{ who: 'you', how: 'name two people from “embargo people”' }])
  if (ids.includes(caller.id))
    return refused(
      refuse('second-person', 'You are one of the two yourself.', [
        { who: 'another admin', how: 'says that you are two people' },
        { who: 'you', how: 'link the accounts, if they are one person’s', verb: 'link' },
      ]),
    )
  if (ids.every((id) => id !== undefined && isSamePerson(policy, id, caller.id) !== 'no'))
    return refused(
      refuse('second-person', 'Both of these may be you.', [
        { who: 'another admin', how: 'says that they are two people' },
      ]),
    )
  const known = state?.apart.some((pair) => pair.includes(first) && pair.includes(second)) === true
  const areThere = personOf(policy, first) !== undefined && personOf(policy, second) !== undefined
  if (known || (areThere && isSamePerson(policy, first, second) === 'no'))
    return nothingToDo('They are two people already.')
  return onPeople([{ type: 'PersonsToldApart', persons: [first, second] }])
}

/**
 * Returns the id if it belongs to a person in the policy, to a former member of a group, or to an account that was
 * unlinked.
 */
function idOf(people: readonly Person[], id: PersonId): PersonId | undefined {
  return people.some((person) => person.id === id) || platformOfOne(id) !== undefined ? id : undefined
}
