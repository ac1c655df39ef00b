import type { Person, Policy } from '../../policy/schema.ts'
import type { RoleName } from '../../shared/role-name.ts'
import { PLATFORMS } from '../../shared/actor.ts'
import type { PersonId } from '../../shared/ids.ts'
import { keyOf, personOfOne } from './account.ts'
import type { Account } from './account.ts'
import { accountOn, ownAccountOn, personOfAccount, withAccount } from './directory.ts'
import type { Member, PeopleState } from './people-state.ts'

/**
 * The policy with the people as they are now: with linked accounts and the members of platform groups. An account that
 * the policy lists belongs to the person named there, whatever links and groups say. Every gate reads this result, so a
 * new link counts from the next command on.
 */
export function currentPeople(policy: Policy, state: PeopleState | undefined): Policy {
  if (state === undefined) return policy
  const members = Object.values(state.members).flatMap((member) => mapped(policy, state, member))
  const links = Object.values(state.links).filter((link) => !isListed(policy, link))
  const people = new Map<string, Person>(policy.people.map((person) => [person.id, person]))
  // A group member whose account is linked to another person does not count as a separate person, as long as the other
  // person is in the policy or in a group.
  const linkOf = new Map(links.map((link) => [keyOf(link), link]))
  const own = members.filter((member) => {
    const link = linkOf.get(keyOf(member))
    return link === undefined || !isThere(policy, members, link.person)
  })
  for (const member of own) {
    const id = personOfOne(member)
    const before = linkOf.get(keyOf(member))?.person
    if (!people.has(id)) people.set(id, asPerson(member, before))
  }
  for (const link of links) {
    const person = people.get(link.person)
    if (person === undefined || accountOn(person, link.platform) !== undefined) continue
    people.set(
      person.id,
      withLink(
        person,
        link,
        members.find((member) => keyOf(member) === keyOf(link)),
      ),
    )
  }
  return {
    ...policy,
    people: [...people.values()].map((person) => withApart(withoutAccess(person, state), state)),
  }
}

const isListed = (policy: Policy, { platform, account }: Account): boolean =>
  personOfAccount(policy, platform, account) !== undefined

/**
 * A group member, with those roles that the policy now gives to a group. Empty if the policy lists the account. Also
 * empty if the account was unlinked from a person and no admin has confirmed yet that it belongs to somebody else.
 */
function mapped(policy: Policy, state: PeopleState, member: Member): readonly Member[] {
  if (isListed(policy, member) || isHeldBack(state, member)) return []
  const roles = member.roles.filter((role) => groupOf(policy, member, role) !== undefined)
  return roles.length === 0 ? [] : [{ ...member, roles }]
}

/** The group that gives a role on a platform. Undefined for the terminal, which has no groups. */
export function groupOf(policy: Policy, { platform }: Pick<Account, 'platform'>, role: RoleName): string | undefined {
  return policy.groups.find((one) => one.platform === platform && one.role === role)?.group
}

/**
 * Whether an account was unlinked from a person and does not count as a separate person yet. If the account counted,
 * the person could use it to approve their own request.
 */
function isHeldBack({ unlinked, apart }: PeopleState, member: Account): boolean {
  const was = unlinked[keyOf(member)]
  return was !== undefined && !apart.some((pair) => pair.includes(was) && pair.includes(personOfOne(member)))
}

const isThere = (policy: Policy, members: readonly Member[], person: PersonId): boolean =>
  policy.people.some(({ id }) => id === person) || members.some((member) => personOfOne(member) === person)

function asPerson(member: Member, before: PersonId | undefined): Person {
  const { name, roles, platform, account } = member
  const id = personOfOne(member)
  const person: Person = { id, name: name === '' ? id : name, roles: [...roles], known: 'group' }
  return { ...withAccount(person, platform, account), ...(before === undefined ? {} : { also: [before] }) }
}

function withLink(person: Person, { platform, account }: Account, member: Member | undefined): Person {
  const gives = person.known === 'group' ? (member?.roles ?? []) : []
  return {
    ...withAccount(person, platform, account),
    roles: [...new Set([...person.roles, ...gives])],
    also: [...(person.also ?? []), personOfOne({ platform, account })],
    linked: [...(person.linked ?? []), platform],
  }
}

/** A person who is locked out keeps their name, but no account or address by which they could act or be reached. */
function withoutAccess(person: Person, { lockouts }: PeopleState): Person {
  const lockout = Object.entries(lockouts).find(
    ([id, { accounts }]) =>
      person.id === id ||
      person.also?.some((one) => one === id) === true ||
      accounts.some(({ platform, account }) => accountOn(person, platform) === account),
  )?.[1]
  if (lockout === undefined) return person
  const { slack: _slack, discord: _discord, osUser: _osUser, mail, ...rest } = person
  const { accounts, at } = lockout
  return { ...rest, roles: [], lockedOut: { accounts, since: at, ...(mail === undefined ? {} : { mail }) } }
}

function withApart(person: Person, { apart }: PeopleState): Person {
  const others = apart.flatMap(([one, other]) => (one === person.id ? [other] : other === person.id ? [one] : []))
  return others.length === 0 ? person : { ...person, apartFrom: others }
}

/**
 * Whether two persons may be the same human. They are two humans if an admin said so, or if each has an account on the
 * same platform. A linked account does not count here, because anybody can create an account and link it.
 */
export function mayBeSamePerson(one: Person, other: Person): boolean {
  if (one.id === other.id || (one.known === undefined && other.known === undefined)) return false
  if (one.apartFrom?.includes(other.id) === true) return false
  return PLATFORMS.every(
    (platform) => ownAccountOn(one, platform) === undefined || ownAccountOn(other, platform) === undefined,
  )
}
