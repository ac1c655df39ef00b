import { z } from 'zod'
import { CaseId, PersonId, Sha256 } from '../shared/ids.ts'
import { Instant } from '../shared/instant.ts'
import { ApprovedMail } from './approved-mail.ts'
import { outside } from './case/outside.ts'
import { fact } from './fact.ts'

/** The steps of a publication in their order. Adding GitHub, a CVE or a record adds a name here and a file in release/steps. */
export const StepId = z.enum(['announce-mail', 'oss-security-mail', 'embargo-lifted', 'thanks'])
export type StepId = z.infer<typeof StepId>

export const ReleaseEvent = z.discriminatedUnion('type', [
  fact('ReleasePlanned', { implicit: z.boolean(), releaser: PersonId.optional() }),
  fact('CaseAdded', { case: CaseId }),
  fact('ReleaseScheduled', { at: Instant }),
  fact('PrenotificationQueued', {
    recipients: z.array(z.object({ list: z.string(), recipient: z.string() })),
    digest: Sha256,
    mails: z.array(ApprovedMail).readonly(),
  }),
  fact('PrenotificationSent', { list: z.string(), recipient: z.string(), messageId: z.string() }),
  fact('HeadsUpPosted', { messageId: z.string() }),
  fact('DisclosureStarted', {
    steps: z.array(StepId),
    digest: Sha256,
    mails: z.array(ApprovedMail).readonly(),
    /** Why nothing is fixed. */
    unfixed: z.string().max(2000).exactOptional(),
  }),
  /** Facts without a fix, because secrecy failed; the publication follows. */
  fact('InterimDisclosed', { digest: Sha256, mails: z.array(ApprovedMail).readonly() }),
  fact('RecipientSuspended', { list: z.string(), recipient: z.string(), because: z.string().max(2000) }),
  fact('StepDone', { step: StepId, evidence: z.string().max(2000) }),
  fact('StepFailed', { step: StepId, because: z.string().max(500) }),
  fact('Disclosed', {}),
  fact('ReleaseCancelled', { reason: z.string().max(2000) }),
  ...outside,
])
export type ReleaseEvent = z.infer<typeof ReleaseEvent>
