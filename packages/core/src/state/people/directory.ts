import { assertNever } from '../../shared/assert-never.ts'
import type { Actor, Platform } from '../../shared/actor.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Person, Policy } from '../../policy/schema.ts'

/** The person who owns an account. Undefined if the account belongs to nobody; such an account may do nothing. */
export function personOfAccount(policy: Policy, platform: Platform, account: string): Person | undefined {
  return policy.people.find((person) => accountOn(person, platform) === account)
}

/** A person's account on a platform, if they have one. */
export function accountOn(person: Person, platform: Platform): string | undefined {
  switch (platform) {
    case 'slack':
      return person.slack
    case 'discord':
      return person.discord
    case 'terminal':
      return person.osUser
    default:
      return assertNever(platform)
  }
}

/**
 * The account on a platform that the policy or a group gives to this person. A linked account does not count, because
 * anybody can create an account and link it.
 */
export const ownAccountOn = (person: Person, platform: Platform): string | undefined =>
  person.linked?.includes(platform) === true ? undefined : accountOn(person, platform)

/** The person with another account added. */
export function withAccount(person: Person, platform: Platform, account: string): Person {
  switch (platform) {
    case 'slack':
      return { ...person, slack: account }
    case 'discord':
      return { ...person, discord: account }
    case 'terminal':
      return { ...person, osUser: account }
    default:
      return assertNever(platform)
  }
}

/** The accounts of a person on a platform. */
export function accountsOf(policy: Policy, id: PersonId, platform: Platform): readonly string[] {
  const person = personOf(policy, id)
  const account = person === undefined ? undefined : accountOn(person, platform)
  return account === undefined ? [] : [account]
}

export const personOf = (policy: Pick<Policy, 'people'>, id: PersonId | undefined): Person | undefined =>
  id === undefined ? undefined : policy.people.find((person) => person.id === id || person.also?.includes(id) === true)

/**
 * The team member with this mail address, in upper or lower case. Used to bar a team member who reported a
 * vulnerability from acting in its case.
 */
export function personOfAddress(policy: Policy, address: string): Person | undefined {
  const needle = address.toLowerCase()
  return policy.people.find(({ mail, lockedOut }) => (mail ?? lockedOut?.mail)?.toLowerCase() === needle)
}

/** The actor for an account, with its person if it is linked to one. */
export function actorOf(policy: Policy, platform: Platform, account: string): Extract<Actor, { kind: 'person' }> {
  const person = personOfAccount(policy, platform, account)
  return person === undefined
    ? { kind: 'person', platform, account }
    : { kind: 'person', platform, account, person: person.id }
}
