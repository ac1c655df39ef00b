import { z } from 'zod'
import { PersonId } from '../../shared/ids.ts'
import { Platform } from '../../shared/actor.ts'
import { Instant } from '../../shared/instant.ts'
import { fact } from '../fact.ts'

const Channel = z.string().max(200)

/** Who is on the case. */
export const people = [
  /** `by` is absent where the case opened with them. With `consent` they are told the terms, and on the case when they agree. */
  fact('PersonInvited', {
    person: PersonId,
    role: z.enum(['admin', 'team', 'maintainer', 'releaser', 'observer']),
    by: PersonId.exactOptional(),
    consent: z.literal('asked').exactOptional(),
  }),
  fact('ConsentGiven', { person: PersonId }),
  fact('ConsentDeclined', { person: PersonId }),
  fact('PersonAway', { person: PersonId, from: Instant, until: Instant }),
  /** From here on they see nothing and run nothing. Why is for the team, and stays out of cards. */
  /** `mayBe`: whoever was taken off, or has a conflict, may be this person with another account. */
  fact('PersonRemoved', {
    person: PersonId,
    reason: z.string().max(2000).exactOptional(),
    mayBe: PersonId.exactOptional(),
  }),
  fact('ConflictDeclared', { person: PersonId, reason: z.string().max(2000) }),
  fact('HandoffOffered', { to: PersonId, note: z.string().max(2000).exactOptional() }),
  /** Who runs the command took the case: it was offered to them, or nobody looked after it. */
  fact('HandoffAccepted', { from: PersonId.exactOptional() }),
  /** Two accounts were linked: who acted here as `was` is `is`, in what was done before too. */
  fact('PersonKnownAs', { was: PersonId, is: PersonId }),
  fact('StrangerNoticed', { platform: Platform, account: z.string().max(200), channel: Channel }),
  /** They were seen not to be there any more: whoever lets them in again is noticed again. */
  fact('StrangerLeft', { platform: Platform, account: z.string().max(200), channel: Channel }),
  /** They are on the case, and read nothing of what is said in its channel: they left it, or somebody put them out. */
  fact('PersonNotThere', { platform: Platform, channel: Channel, person: PersonId }),
  /** They were seen in it again. */
  fact('PersonThere', { platform: Platform, channel: Channel, person: PersonId }),
] as const
