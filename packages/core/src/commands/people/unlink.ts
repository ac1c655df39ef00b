import type { Decision } from '../../vocabulary/decision.ts'
import { nothingToDo, refused, senseless, you } from '../decisions.ts'
import { refuse } from '../../gates/gate.ts'
import type { Person } from '../../policy/schema.ts'
import type { Platform } from '../../shared/actor.ts'
import type { PersonId } from '../../shared/ids.ts'
import { accountOn, personOf } from '../../state/people/directory.ts'
import { onPeople } from './directory-decision.ts'
import type { DirectoryContext } from './directory-decision.ts'

type UnlinkRequest = { readonly platform: Platform; readonly person?: PersonId }

/**
 * Unlinks an account. People can unlink their own accounts, and an admin can unlink anybody's. From then on the account
 * may not run commands.
 */
export function unlink(
  { policy }: DirectoryContext,
  caller: Person,
  { platform, person: named }: UnlinkRequest,
): Decision {
  const person = named === undefined ? caller : personOf(policy, named)
  if (person === undefined)
    return senseless(`There is no person ${named ?? ''}.`, you('name a person from “embargo people”', 'link.remove'))
  if (person.id !== caller.id && !caller.roles.includes('admin'))
    return refused(
      refuse('role', `This is ${person.name}’s account, so only they or an admin can unlink it.`, [
        { who: person.name, how: 'unlinks it', verb: 'link.remove' },
        { who: 'an admin', how: 'unlinks it', verb: 'link.remove' },
      ]),
    )
  const account = accountOn(person, platform)
  if (person.linked?.includes(platform) === true && account !== undefined)
    return onPeople([{ type: 'AccountUnlinked', person: person.id, platform, account }])
  if (account === undefined) return nothingToDo(`${person.name} has no account on ${platform}.`)
  return senseless(
    person.known === 'group'
      ? `Embargo knows ${person.name} only because this account is in a group on ${platform}.`
      : `${person.name}’s account on ${platform} is set in the policy.`,
    [{ who: 'an admin', how: person.known === 'group' ? 'takes it out of the group' : 'changes it in the policy' }],
  )
}
