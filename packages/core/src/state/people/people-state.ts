import type { RoleName } from '../../shared/role-name.ts'
import type { OutsiderKind, PeopleEvent } from '../../events/people-events.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Platform } from '../../shared/actor.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import { keyOf } from './account.ts'
import type { Account } from './account.ts'

/** A time during which somebody is away. */
export type Absence = { readonly from: Instant; readonly until: Instant }

/** The account that asked for a link code, and the account that typed the code. */
export type LinkOffer = Account & { readonly mark: string; readonly until: Instant; readonly claimed?: Account }

/** A member of one or more groups of a platform, with the roles that these groups give. */
export type Member = Account & { readonly name: string; readonly roles: readonly RoleName[] }

/**
 * A member of a group that gives a role. This member gets no role, because they are not a full member of the workspace
 * or server.
 */
export type Outsider = Account & { readonly name: string; readonly is: OutsiderKind; readonly since: Instant }

/** The first half of a lockout: who asked for it, and when. A second person must confirm it. */
export type LockoutQuestion = { readonly by: PersonId; readonly at: Instant }

/** The accounts that a person had when they were locked out. */
export type Lockout = { readonly accounts: readonly Account[]; readonly at: Instant }

/**
 * What is known about people and belongs to no case: their accounts, and their absences, which are copied into each new
 * case.
 */
export type PeopleState = {
  readonly kind: 'people'
  readonly id: 'PEOPLE'
  readonly version: number
  readonly lastEventAt: Instant
  readonly away: Readonly<Record<string, Absence>>
  /** By person: the latest code that they were given. */
  readonly offers: Readonly<Record<string, LinkOffer>>
  /** By account: the person to whom it is linked. */
  readonly links: Readonly<Record<string, Account & { readonly person: PersonId }>>
  /**
   * By unlinked account: the person to whom it belonged. Until an admin confirms that it belongs to somebody else, the
   * account does not count as a separate person.
   */
  readonly unlinked: Readonly<Record<string, PersonId>>
  readonly apart: readonly (readonly [PersonId, PersonId])[]
  /**
   * By person: their lockout. The next two fields hold requests that a second person has not confirmed yet: to lock a
   * person out, and to undo a lockout.
   */
  readonly lockouts: Readonly<Record<string, Lockout>>
  readonly lockoutsAsked: Readonly<Record<string, LockoutQuestion>>
  readonly lockoutUndosAsked: Readonly<Record<string, LockoutQuestion>>
  /** By account: the group member who has it. */
  readonly members: Readonly<Record<string, Member>>
  /** By platform and role: the members of the group who get no role. */
  readonly outsiders?: Readonly<Record<string, readonly Outsider[]>>
}

/** The key in `outsiders` of the group that gives this role on this platform. */
export const groupKey = ({ platform, role }: { readonly platform: Platform; readonly role: RoleName }): string =>
  `${platform}:${role}`

/** The state before any event. */
export const NOBODY: Omit<PeopleState, 'version' | 'lastEventAt'> = {
  kind: 'people',
  id: 'PEOPLE',
  away: {},
  offers: {},
  links: {},
  unlinked: {},
  apart: [],
  lockouts: {},
  lockoutsAsked: {},
  lockoutUndosAsked: {},
  members: {},
}

/** Applies one event about people to the state of all people. */
export function evolvePeople(
  state: PeopleState | undefined,
  { version, at }: Pick<RecordedEvent, 'version' | 'at'>,
  event: PeopleEvent,
): PeopleState {
  const before: PeopleState = state ?? { ...NOBODY, version, lastEventAt: at }
  return { ...before, ...changedBy(before, event, at), version, lastEventAt: at }
}

function changedBy(state: PeopleState, event: PeopleEvent, at: Instant): Partial<PeopleState> {
  switch (event.type) {
    case 'AbsenceSaid':
      return { away: { ...state.away, [event.person]: { from: event.from, until: event.until } } }
    case 'LinkAsked': {
      const { platform, account, mark, until } = event
      return { offers: { ...state.offers, [event.person]: { platform, account, mark, until } } }
    }
    case 'LinkClaimed': {
      const offer = state.offers[event.person]
      const claimed = accountIn(event)
      return offer === undefined ? {} : { offers: { ...state.offers, [event.person]: { ...offer, claimed } } }
    }
    case 'LinkDeclined':
      return { offers: without(state.offers, event.person) }
    case 'AccountLinked':
      return {
        offers: without(state.offers, event.person),
        links: { ...state.links, [keyOf(event)]: { ...accountIn(event), person: event.person } },
        unlinked: without(state.unlinked, keyOf(event)),
      }
    case 'AccountUnlinked':
      return {
        links: without(state.links, keyOf(event)),
        unlinked: { ...state.unlinked, [keyOf(event)]: event.person },
      }
    case 'PersonsToldApart':
      return { apart: [...state.apart, event.persons] }
    case 'LockoutAsked':
      return { lockoutsAsked: { ...state.lockoutsAsked, [event.person]: { by: event.by, at } } }
    case 'PersonLockedOut':
      return {
        lockouts: { ...state.lockouts, [event.person]: { accounts: event.accounts, at } },
        lockoutsAsked: without(state.lockoutsAsked, event.person),
        offers: without(state.offers, event.person),
      }
    case 'LockoutUndoAsked':
      return { lockoutUndosAsked: { ...state.lockoutUndosAsked, [event.person]: { by: event.by, at } } }
    case 'LockoutUndone':
      return {
        lockouts: without(state.lockouts, event.person),
        lockoutUndosAsked: without(state.lockoutUndosAsked, event.person),
      }
    case 'MembershipChanged': {
      const { name, roles } = event
      const others = without(state.members, keyOf(event))
      return {
        members: roles.length === 0 ? others : { ...others, [keyOf(event)]: { ...accountIn(event), name, roles } },
      }
    }
    case 'OutsidersNoticed': {
      const { platform } = event
      const known = state.outsiders?.[groupKey(event)] ?? []
      const outsiders = event.outsiders.map(
        (one): Outsider =>
          known.find(({ account, is }) => account === one.account && is === one.is) ?? { ...one, platform, since: at },
      )
      return { outsiders: { ...state.outsiders, [groupKey(event)]: outsiders } }
    }
    default:
      return assertNever(event)
  }
}

const accountIn = ({ platform, account }: Account): Account => ({ platform, account })

function without<T>(all: Readonly<Record<string, T>>, key: string): Readonly<Record<string, T>> {
  const { [key]: _gone, ...rest } = all
  return rest
}
