import { z } from 'zod'
import { PersonId } from '../../shared/ids.ts'
import { Platform } from '../../shared/actor.ts'
import { Instant } from '../../shared/instant.ts'
import { fact } from '../fact.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { RoleName } from '../../shared/role-name.ts'
import type { RoleSet } from '../../shared/role-set.ts'

/** Requests about the people on the case and its owner. */
export type PeopleRequest =
  /** Offers the case to another person, who becomes its owner on accepting. */
  | { readonly verb: 'people.handoff'; readonly case: CaseId; readonly to: PersonId; readonly note?: string }
  | { readonly verb: 'take'; readonly case: CaseId }
  | { readonly verb: 'people.remove'; readonly case: CaseId; readonly person: PersonId; readonly reason?: string }
  | { readonly verb: 'people.invite'; readonly case: CaseId; readonly person: PersonId; readonly role?: RoleName }
  /** The invited person answers. */
  | { readonly verb: 'people.consent'; readonly case: CaseId; readonly agreed: boolean }
  | { readonly verb: 'away'; readonly case: CaseId; readonly from?: Instant; readonly until: Instant | 'back' }
  /** `person`: who has the conflict of interest. Absent: the caller. */
  | { readonly verb: 'people.conflict'; readonly case: CaseId; readonly person?: PersonId; readonly reason: string }

/** The set of roles that may make each request. */
export const peopleRoles = {
  'people.handoff': 'coordinate',
  take: 'coordinate',
  'people.remove': 'participate',
  'people.invite': 'coordinate',
  'people.consent': 'answer',
  away: 'participate',
  'people.conflict': 'participate',
} satisfies Record<PeopleRequest['verb'], RoleSet>

const Channel = z.string().max(200)

/** Events about the people on a case. */
export const people = [
  /**
   * `by`: absent for people who are on the case from its opening. `consent`: the person sees the terms first, and joins
   * only after accepting them.
   */
  fact(
    'PersonInvited',
    {
      person: PersonId,
      role: z.enum(['admin', 'team', 'maintainer', 'releaser', 'observer']),
      by: PersonId.exactOptional(),
      consent: z.literal('asked').exactOptional(),
    },
    'neither',
  ),
  fact('ConsentGiven', { person: PersonId }, 'both'),
  fact('ConsentDeclined', { person: PersonId }, 'both'),
  fact('PersonAway', { person: PersonId, from: Instant, until: Instant }, 'both'),
  /**
   * From now on this person sees nothing of the case and can do nothing in it. Cards leave out the reason, which is for
   * the team. `mayBe`: another person, who was removed or has a conflict of interest. Set if `person` leaves only
   * because the two may be the same human.
   */
  fact(
    'PersonRemoved',
    {
      person: PersonId,
      reason: z.string().max(2000).exactOptional(),
      mayBe: PersonId.exactOptional(),
    },
    'both',
  ),
  fact('ConflictDeclared', { person: PersonId, reason: z.string().max(2000) }, 'both'),
  fact('HandoffOffered', { to: PersonId, note: z.string().max(2000).exactOptional() }, 'both'),
  /** The caller took the case, because it had been offered to them or anybody could take it. */
  fact('HandoffAccepted', { from: PersonId.exactOptional() }, 'both'),
  /**
   * Two accounts were linked, so the person with the id `was` now has the id `is`. Earlier events with the id `was` are
   * about this person, too.
   */
  fact('PersonKnownAs', { was: PersonId, is: PersonId }, 'both'),
  fact('StrangerNoticed', { platform: Platform, account: z.string().max(200), channel: Channel }, 'message'),
  /** The stranger left the channel. If this stranger comes back, that is reported again. */
  fact('StrangerLeft', { platform: Platform, account: z.string().max(200), channel: Channel }, 'neither'),
  fact('CoordinatorSet', { person: PersonId }, 'status'),
] as const
export type CasePeopleEvent = z.infer<(typeof people)[number]>
