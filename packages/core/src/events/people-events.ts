import { z } from 'zod'
import { Platform } from '../shared/actor.ts'
import { PersonId } from '../shared/ids.ts'
import { Instant } from '../shared/instant.ts'
import { fact } from './fact.ts'

const role = z.enum(['admin', 'team', 'maintainer', 'releaser', 'observer'])
const roles = z.array(role)
const account = z.string().min(1).max(200)

/** Why somebody in a group is no full member of the workspace or server: no role goes to them. */
export const OutsiderKind = z.enum(['guest', 'other-organisation', 'bot', 'deactivated', 'not-admitted'])
export type OutsiderKind = z.infer<typeof OutsiderKind>

/** What a person said of themself, whatever case they are on, and whose an account is beside the policy. */
export const PeopleEvent = z.discriminatedUnion('type', [
  /** They are away from `from` until `until`. This replaces any earlier absence. */
  fact('AbsenceSaid', { person: PersonId, from: Instant, until: Instant }, 'neither'),
  /** They have a code for another account of theirs. `mark` is a keyed hash of it: the code itself is kept nowhere. */
  fact(
    'LinkAsked',
    { person: PersonId, platform: Platform, account, mark: z.string().max(100), until: Instant },
    'neither',
  ),
  /** An account typed the code of `person`, who has not said yet that it is theirs. */
  fact('LinkClaimed', { person: PersonId, platform: Platform, account }, 'neither'),
  /** It was not theirs, or they thought better of it: the code is void. */
  fact('LinkDeclined', { person: PersonId }, 'neither'),
  /** Both accounts agreed: this one is `person`'s too. */
  fact('AccountLinked', { person: PersonId, platform: Platform, account }, 'neither'),
  fact('AccountUnlinked', { person: PersonId, platform: Platform, account }, 'neither'),
  /** An admin knows that these are two people, though no account tells. */
  fact('PersonsToldApart', { persons: z.tuple([PersonId, PersonId]) }, 'neither'),
  /** What the groups of a platform say of an account: every role that they give it now, none where it left them all. */
  fact('MembershipChanged', { platform: Platform, account, name: z.string().max(100), roles }, 'neither'),
  /** Who else is in the groups that give a role, and gets none by it; the whole list of that group, as it is now. */
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
