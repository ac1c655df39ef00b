import { z } from 'zod'
import { Platform } from '../shared/actor.ts'
import { PersonId } from '../shared/ids.ts'
import { Instant } from '../shared/instant.ts'
import { fact } from './fact.ts'
import type { PeopleStream } from '../shared/ids.ts'
import type { RoleName } from '../shared/role-name.ts'

/** Requests about people that concern no case: absences and accounts. */
export type DirectoryRequest =
  | {
      readonly verb: 'absence'
      readonly stream: PeopleStream
      /** Absent: now. */
      readonly from?: Instant
      readonly until: Instant | 'back'
    }
  /**
   * Asks for a code to link another account of the caller. `mark`: a keyed hash of the code, which the engine
   * generates.
   */
  | { readonly verb: 'link-ask'; readonly stream: PeopleStream; readonly mark: string }
  /** The other account typed the code. */
  | { readonly verb: 'link-claim'; readonly stream: PeopleStream; readonly mark: string }
  /** The account that asked for the code sends this, after it was shown which account typed the code. */
  | { readonly verb: 'link-confirm'; readonly stream: PeopleStream; readonly agreed: boolean }
  /** Unlinks an account of `person`; without `person`, the caller's own. */
  | {
      readonly verb: 'link.remove'
      readonly stream: PeopleStream
      readonly platform: Platform
      readonly person?: PersonId
    }
  /** An admin confirms that two ids belong to two people, and not to one person with accounts on two platforms. */
  | { readonly verb: 'tell-apart'; readonly stream: PeopleStream; readonly persons: readonly [PersonId, PersonId] }
  /** An account of this person was taken over, so none of their accounts may run commands. */
  | { readonly verb: 'lockout'; readonly stream: PeopleStream; readonly person: PersonId; readonly reason: string }
  | { readonly verb: 'lockout.undo'; readonly stream: PeopleStream; readonly person: PersonId }
  /** The present members of a group to which the policy gives a role, as the platform reports them. */
  | {
      readonly verb: 'notice-members'
      readonly stream: PeopleStream
      readonly platform: Platform
      readonly role: RoleName
      readonly members: readonly { readonly account: string; readonly name: string }[]
      /** Members of the group who are not full members of the workspace or server. */
      readonly outsiders?: readonly { readonly account: string; readonly name: string; readonly is: OutsiderKind }[]
    }
  /** The roles that an account's groups give it now, as its platform reports them. */
  | {
      readonly verb: 'notice-member'
      readonly stream: PeopleStream
      readonly platform: Platform
      readonly account: string
      readonly name: string
      readonly roles: readonly RoleName[]
    }

const role = z.enum(['admin', 'team', 'maintainer', 'releaser', 'observer'])
const roles = z.array(role)
const account = z.string().min(1).max(200)

/** Why a member of a group is not a full member of the workspace or server and therefore gets no role. */
export const OutsiderKind = z.enum(['guest', 'other-organisation', 'bot', 'deactivated', 'not-admitted'])
export type OutsiderKind = z.infer<typeof OutsiderKind>

/** Events about people that concern no single case: absences, and accounts that the policy does not list. */
export const PeopleEvent = z.discriminatedUnion('type', [
  /** The person will be away from `from` until `until`. This absence replaces any earlier one. */
  fact('AbsenceSaid', { person: PersonId, from: Instant, until: Instant }, 'neither'),
  /**
   * The person got a code for another account of theirs. `mark` is a keyed hash of the code; the code itself is stored
   * nowhere.
   */
  fact(
    'LinkAsked',
    { person: PersonId, platform: Platform, account, mark: z.string().max(100), until: Instant },
    'neither',
  ),
  /** An account typed the code of `person`, who has not confirmed yet that the account is theirs. */
  fact('LinkClaimed', { person: PersonId, platform: Platform, account }, 'neither'),
  /** The person who got the code did not confirm the account, so the code is void. */
  fact('LinkDeclined', { person: PersonId }, 'neither'),
  /** Both accounts agreed that `account` belongs to `person` too. */
  fact('AccountLinked', { person: PersonId, platform: Platform, account }, 'neither'),
  fact('AccountUnlinked', { person: PersonId, platform: Platform, account }, 'neither'),
  /** An admin says that these are two people, although their accounts alone do not prove that. */
  fact('PersonsToldApart', { persons: z.tuple([PersonId, PersonId]) }, 'neither'),
  /** A team member says that an account of this person was taken over; a second person has not confirmed it yet. */
  fact('LockoutAsked', { person: PersonId, by: PersonId, reason: z.string().max(2000) }, 'neither'),
  /**
   * This person is locked out: they can run no commands and get no messages. `accounts`: the accounts they had at that
   * moment.
   */
  fact(
    'PersonLockedOut',
    {
      person: PersonId,
      by: z.array(PersonId),
      reason: z.string().max(2000),
      accounts: z.array(z.object({ platform: Platform, account })),
    },
    'neither',
  ),
  fact('LockoutUndoAsked', { person: PersonId, by: PersonId }, 'neither'),
  fact('LockoutUndone', { person: PersonId, by: z.array(PersonId) }, 'neither'),
  /** The roles that a platform's groups give an account now. The list is empty once the account has left all groups. */
  fact('MembershipChanged', { platform: Platform, account, name: z.string().max(100), roles }, 'neither'),
  /** The members of a group who do not get its role: the complete list as it is now. */
  fact(
    'OutsidersNoticed',
    {
      platform: Platform,
      role,
      outsiders: z.array(z.object({ account, name: z.string().max(100), is: OutsiderKind })),
    },
    'neither',
  ),
])
export type PeopleEvent = z.infer<typeof PeopleEvent>
