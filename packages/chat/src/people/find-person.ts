import { personOfAccount } from '@embargo/core'
import type { Person, Platform, Policy } from '@embargo/core'

/** Slack writes a mention as `<@U024BE7LH|ana>`, Discord as `<@112233445566778899>`, or in its old form with a `!`. */
const MENTION = /^<@!?([A-Z0-9]+)(?:\|[^>]*)?>$/

/** The person for `@ana`, `ana`, a name or a mention; undefined if nobody fits, or several people do. */
export function findPerson(policy: Policy, platform: Platform, text: string): Person | undefined {
  const name = text.trim()
  const mention = MENTION.exec(name)?.[1]
  if (mention !== undefined)
    return personOfAccount(policy, platform, mention) ?? lockedOutWith(policy, platform, mention)
  const bare = name.replace(/^@/, '')
  const byId = policy.people.find((person) => person.id === bare)
  if (byId !== undefined) return byId
  const named = policy.people.filter((person) => person.name.toLowerCase() === bare.toLowerCase())
  return named.length === 1 ? named[0] : personOfAccount(policy, platform, bare)
}

/**
 * A person who is locked out has no account any longer, but others can still mention this person by the former account.
 */
const lockedOutWith = (policy: Policy, platform: Platform, mentioned: string): Person | undefined =>
  policy.people.find(
    ({ lockedOut }) =>
      lockedOut?.accounts.some(({ platform: on, account }) => on === platform && account === mentioned) === true,
  )
