import { z } from 'zod'
import { Platform } from '../shared/actor.ts'
import { PersonId } from '../shared/ids.ts'
import { Instant } from '../shared/instant.ts'
import { fact } from './fact.ts'

const role = z.enum(['admin', 'team', 'maintainer', 'releaser', 'observer'])
const roles = z.array(role)
const account = z.string().min(1).max(200)

/** Why a member of a group is no full member of the workspace or server and therefore gets no role. */
export const OutsiderKind = z.enum(['guest', 'other-organisation', 'bot', 'deactivated', 'not-admitted'])
export type OutsiderKind = z.infer<typeof OutsiderKind>

/** Events about people that concern no single case: absences, and accounts that the policy does not list. */
export const PeopleEvent = z.discriminatedUnion('type', [
  /** They are away from `from` until `until`. This replaces any earlier absence. */
  fact('AbsenceSaid', { person: PersonId, from: Instant, until: Instant }, 'neither'),
  /** They got a code for another account of theirs. `mark` is a keyed hash of it; the code itself is stored nowhere. */
  fact(
    'LinkAsked',
    { person: PersonId, platform: Platform, account, mark: z.string().max(100), until: Instant },
    'neither',
  ),
  /** An account typed the code of `person`, who has not confirmed yet that the account is theirs. */
  fact('LinkClaimed', { person: PersonId, platform: Platform, account }, 'neither'),
  /** The account was not theirs, or they changed their mind: the code is void. */
  fact('LinkDeclined', { person: PersonId }, 'neither'),
  /** Both accounts agreed: this one belongs to `person` too. */
  fact('AccountLinked', { person: PersonId, platform: Platform, account }, 'neither'),
  fact('AccountUnlinked', { person: PersonId, platform: Platform, account }, 'neither'),
  /** An admin knows that these are two people, although no account proves it. */
  fact('PersonsToldApart', { persons: z.tuple([PersonId, PersonId]) }, 'neither'),
  /** One of the team says that an account of theirs was taken over; a second person has not said so yet. */
  fact('LockoutAsked', { person: PersonId, by: PersonId, reason: z.string().max(2000) }, 'neither'),
  /** They act for nobody and hear nothing. `accounts`: what was theirs then. */
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
  /** The roles that a platform's groups give an account now; an empty list after it left all of them. */
  fact('MembershipChanged', { platform: Platform, account, name: z.string().max(100), roles }, 'neither'),
  /**
   * The other members of groups that give a role, who get none from it: the complete list of that group as it is now.
   */
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
