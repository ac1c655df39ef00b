import type { OutsiderKind } from '../../events/people-events.ts'
import type { Platform } from '../../shared/actor.ts'
import type { PeopleStream, PersonId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { RoleName } from '../../shared/role-name.ts'

/** Requests about people that concern no case: absences and accounts. */
export type DirectoryRequest =
  | {
      readonly verb: 'absence'
      readonly stream: PeopleStream
      /** Absent: now. */
      readonly from?: Instant
      readonly until: Instant | 'back'
    }
  /** Asks for a code for another account of the caller. The engine generates it and passes a keyed hash. */
  | { readonly verb: 'link-ask'; readonly stream: PeopleStream; readonly mark: string }
  /** The code, typed by the other account. */
  | { readonly verb: 'link-claim'; readonly stream: PeopleStream; readonly mark: string }
  /** By the account that asked, once it has seen which account typed the code. */
  | { readonly verb: 'link-confirm'; readonly stream: PeopleStream; readonly agreed: boolean }
  /** Without a person: the caller's own. */
  | {
      readonly verb: 'link.remove'
      readonly stream: PeopleStream
      readonly platform: Platform
      readonly person?: PersonId
    }
  /** By an admin who knows that two persons on different platforms are two people. */
  | { readonly verb: 'tell-apart'; readonly stream: PeopleStream; readonly persons: readonly [PersonId, PersonId] }
  /** An account of theirs was taken over: none of them acts for anybody. */
  | { readonly verb: 'lockout'; readonly stream: PeopleStream; readonly person: PersonId; readonly reason: string }
  | { readonly verb: 'lockout.undo'; readonly stream: PeopleStream; readonly person: PersonId }
  /** What a platform says about one mapped group: everybody who is in it now. */
  | {
      readonly verb: 'notice-members'
      readonly stream: PeopleStream
      readonly platform: Platform
      readonly role: RoleName
      readonly members: readonly { readonly account: string; readonly name: string }[]
      /** Its other members, who are no full members of the workspace or server. */
      readonly outsiders?: readonly { readonly account: string; readonly name: string; readonly is: OutsiderKind }[]
    }
  /** What a platform says about one account: the roles that its groups give it now. */
  | {
      readonly verb: 'notice-member'
      readonly stream: PeopleStream
      readonly platform: Platform
      readonly account: string
      readonly name: string
      readonly roles: readonly RoleName[]
    }
