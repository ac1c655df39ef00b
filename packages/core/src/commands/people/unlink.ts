import type { Decision } from '../../vocabulary/decision.ts'
import { refused, senseless, you } from '../handler.ts'
import { refuse } from '../../gates/gate.ts'
import type { Person } from '../../policy/schema.ts'
import type { Platform } from '../../shared/actor.ts'
import type { PersonId } from '../../shared/ids.ts'
import { accountOn, personOf } from '../../state/people/directory.ts'
import { onPeople } from './directory-decision.ts'
import type { DirectoryContext } from './directory-decision.ts'

type Asked = { readonly platform: Platform; readonly person?: PersonId }

/** Unlinks an account: one's own, or as an admin anybody's. From then on it acts for nobody. */
export function unlink({ policy }: DirectoryContext, caller: Person, { platform, person: named }: Asked): Decision {
  const whose = named === undefined ? caller : personOf(policy, named)
  if (whose === undefined)
    return senseless(`There is no person ${named ?? ''}.`, you('name one of “embargo people”', 'link.remove'))
  if (whose.id !== caller.id && !caller.roles.includes('admin'))
    return refused(
      refuse('role', `This is ${whose.name}’s account, so only they can unlink it.`, [
        { who: whose.name, how: 'takes it back', verb: 'link.remove' },
        { who: 'an admin', how: 'takes it back', verb: 'link.remove' },
      ]),
    )
  const account = accountOn(whose, platform)
  if (whose.linked?.includes(platform) === true && account !== undefined)
    return onPeople([{ type: 'AccountUnlinked', person: whose.id, platform, account }])
  if (account === undefined) return onPeople([], `${whose.name} has no account on ${platform}.`)
  return senseless(
    whose.known === 'group'
      ? `${whose.name} is known by this account, from a group of ${platform}.`
      : `${whose.name}’s account on ${platform} is set in the policy.`,
    [{ who: 'an admin', how: whose.known === 'group' ? 'takes it out of the group' : 'changes it in the policy' }],
  )
}
