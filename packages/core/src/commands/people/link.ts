import type { Decision } from '../../vocabulary/decision.ts'
import { nothingToDo, senseless, you } from '../decisions.ts'
import type { Person, Policy } from '../../policy/schema.ts'
import { later, MINUTE } from '../../shared/instant.ts'
import type { PersonId } from '../../shared/ids.ts'
import { isSameAccount, personOfOne } from '../../state/people/account.ts'
import type { Account } from '../../state/people/account.ts'
import { accountOn, personOfAccount } from '../../state/people/directory.ts'
import { onPeople } from './directory-decision.ts'
import type { DirectoryContext } from './directory-decision.ts'
import type { LinkOffer, PeopleState } from '../../state/people/people-state.ts'

/**
 * How long a code is valid. A code stays visible in somebody's chat or terminal, so it must expire before anyone else
 * is likely to find it there.
 */
export const CODE_LIVES_MINUTES = 10

const ANOTHER_CODE = you('ask for another code, from the account that Embargo knows', 'link')

/** Gives a person a code with which they can link another account of theirs. A new code voids the previous one. */
export function askLink({ policy, actor, at }: DirectoryContext, person: Person, mark: string): Decision {
  const { platform, account } = actor
  const elsewhere = policy.platforms.filter((one) => accountOn(person, one) === undefined)
  if (elsewhere.length === 0)
    return senseless(`You have an account on ${policy.platforms.join(' and ')} already.`, [
      ...you('unlink one of them, if it is linked', 'link.remove'),
      { who: 'an admin', how: 'changes the account in the policy, if it is listed there' },
    ])
  return onPeople([
    { type: 'LinkAsked', person: person.id, platform, account, mark, until: later(at, CODE_LIVES_MINUTES * MINUTE) },
  ])
}

/**
 * Records that another account typed the code. This links nothing yet, because the account that asked for the code must
 * confirm the other account.
 */
export function claimLink({ policy, state, actor, at }: DirectoryContext, mark: string): Decision {
  const [id, offer] = Object.entries(state?.offers ?? {}).find(([, one]) => one.mark === mark && one.until > at) ?? []
  const asker = policy.people.find((person) => person.id === id)
  if (offer === undefined || asker === undefined)
    return senseless(
      'This code is not valid: it is mistyped, was used already, or is older than ten minutes.',
      ANOTHER_CODE,
    )
  const claimed: Account = { platform: actor.platform, account: actor.account }
  if (offer.claimed !== undefined)
    return isSameAccount(offer.claimed, claimed)
      ? nothingToDo(
          'You have typed this code already. Now you must confirm this account with the account that asked for the code.',
        )
      : senseless('Another account typed this code before.', ANOTHER_CODE)
  return (
    cannotBeLinked({ policy, state, asker, offer, claimed }) ??
    onPeople([{ type: 'LinkClaimed', person: asker.id, ...claimed }])
  )
}

/** The person who asked for the code confirms the account that typed it. */
export function confirmLink({ policy, state, actor, at }: DirectoryContext, person: Person, agreed: boolean): Decision {
  const offer = state?.offers[person.id]
  if (offer?.claimed === undefined || offer.until <= at)
    return senseless('No account typed a code of yours in the last ten minutes.', you('ask for a code', 'link'))
  if (!isSameAccount(offer, actor))
    return senseless(`You asked for the code on ${offer.platform}, so you must confirm it there.`, [
      { who: 'you', how: `on ${offer.platform}`, verb: 'link' },
    ])
  if (!agreed) return onPeople([{ type: 'LinkDeclined', person: person.id }])
  const { claimed } = offer
  return (
    cannotBeLinked({ policy, state, asker: person, offer, claimed }) ??
    onPeople([{ type: 'AccountLinked', person: person.id, ...claimed }])
  )
}

type LinkContext = {
  readonly policy: Policy
  readonly state: PeopleState | undefined
  readonly asker: Person
  readonly offer: LinkOffer
  readonly claimed: Account
}

/** Why an account cannot be linked to this person. */
function cannotBeLinked({ policy, state, asker, offer, claimed }: LinkContext): Decision | undefined {
  const { platform } = claimed
  if (isSameAccount(offer, claimed))
    return senseless('You asked for the code with this account.', [
      { who: 'you', how: 'type the code with your account on the other platform', verb: 'link' },
    ])
  const held = accountOn(asker, platform)
  if (held === claimed.account) return nothingToDo(`This account is ${asker.name}’s already.`)
  if (held !== undefined)
    return senseless(`${asker.name} has another account on ${platform}, and a person has one account there.`, [
      { who: asker.name, how: 'unlinks that one, if it is linked', verb: 'link.remove' },
      { who: 'an admin', how: 'changes the account in the policy, if it is listed there' },
    ])
  const owner = personOfAccount(policy, platform, claimed.account)
  if (owner === undefined) return undefined
  if (owner.known === undefined)
    return senseless(
      `This account is ${owner.name}’s already.`,
      owner.linked?.includes(platform) === true
        ? [{ who: owner.name, how: 'unlinks it', verb: 'link.remove' }]
        : [{ who: 'an admin', how: 'changes it in the policy' }],
    )
  if (owner.id !== personOfOne(claimed) || hasLinks(state, owner.id))
    return senseless(`This account is linked to another account of ${owner.name}.`, [
      { who: owner.name, how: 'removes that link', verb: 'link.remove' },
    ])
  if (asker.apartFrom?.includes(owner.id) === true)
    return senseless(`An admin said that ${asker.name} and ${owner.name} are two people.`, [
      {
        who: 'an admin',
        how: `lists ${asker.name} with both accounts in the policy, if they are one person`,
      },
    ])
  return undefined
}

const hasLinks = (state: PeopleState | undefined, person: PersonId): boolean =>
  Object.values(state?.links ?? {}).some((link) => link.person === person)
