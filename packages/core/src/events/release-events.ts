import { z } from 'zod'
import { CaseId, EffectId, MessageId, PersonId, Sha256 } from '../shared/ids.ts'
import { Instant } from '../shared/instant.ts'
import { CveId } from '../shared/words.ts'
import { ApprovedMail } from './approved-mail.ts'
import { outside } from './case/outside.ts'
import { fact } from './fact.ts'
import { HeadsUp } from './heads-up.ts'
import { ApprovedDocument, DocumentStepId, StepId } from './step-id.ts'

/** The heads-up before and after the change. */
const headsUp = z.object({ was: HeadsUp, now: HeadsUp }).exactOptional()

export const ReleaseEvent = z.discriminatedUnion('type', [
  fact('ReleasePlanned', { implicit: z.boolean(), releaser: PersonId.optional() }, 'neither'),
  fact('CaseAdded', { case: CaseId }, 'both'),
  /**
   * `was` and `mails` are set if recipients had been told the release date: `was` is that date, and `mails` are the
   * mails about the change, which two people approved. `headsUp` is set if the public heads-up must be corrected,
   * because it is no longer true without this case.
   */
  fact(
    'CaseDropped',
    {
      case: CaseId,
      reason: z.string().max(2000).exactOptional(),
      was: Instant.exactOptional(),
      headsUp,
      digest: Sha256.exactOptional(),
      mails: z.array(ApprovedMail).readonly().exactOptional(),
    },
    'both',
  ),
  fact('ReleaseScheduled', { at: Instant }, 'neither'),
  /** `mails` is absent if the day stays the same, because nobody is mailed then. */
  fact(
    'ReleaseRescheduled',
    {
      at: Instant,
      was: Instant,
      reason: z.string().max(2000).exactOptional(),
      headsUp,
      digest: Sha256.exactOptional(),
      mails: z.array(ApprovedMail).readonly().exactOptional(),
    },
    'both',
  ),
  fact(
    'PrenotificationQueued',
    {
      /** `cases`: the cases that the recipient was told about. Absent: all cases of the release. */
      recipients: z.array(
        z.object({ list: z.string(), recipient: z.string(), cases: z.array(CaseId).readonly().exactOptional() }),
      ),
      /** What the heads-up says, if a heads-up is sent. */
      headsUp: HeadsUp.exactOptional(),
      /** Somebody shares an exploit with the recipients. */
      exploit: z.literal('shared').exactOptional(),
      digest: Sha256,
      mails: z.array(ApprovedMail).readonly(),
    },
    'both',
  ),
  /** Recipients who have old patches or texts get new ones, and a heads-up that is no longer true is corrected. */
  fact(
    'PrenotificationUpdated',
    {
      reason: z.string().max(2000).exactOptional(),
      headsUp,
      digest: Sha256,
      mails: z.array(ApprovedMail).readonly(),
    },
    'both',
  ),
  fact(
    'PrenotificationAcknowledged',
    { list: z.string(), recipient: z.string(), message: MessageId.exactOptional() },
    'both',
  ),
  fact('PrenotificationSent', { list: z.string(), recipient: z.string(), messageId: z.string() }, 'status'),
  fact('HeadsUpPosted', { messageId: z.string() }, 'message'),
  /**
   * Two people approved the publication before its date. It begins automatically on the date, if every gate still
   * passes.
   */
  fact(
    'DisclosureApproved',
    {
      from: Instant,
      cases: z.array(CaseId).readonly(),
      steps: z.array(StepId),
      digest: Sha256,
      mails: z.array(ApprovedMail).readonly(),
      documents: z.array(ApprovedDocument).readonly().exactOptional(),
      /** Why one of the cases (`unfixedOf`) is published without a fix. */
      unfixed: z.string().max(2000).exactOptional(),
      unfixedOf: CaseId.exactOptional(),
    },
    'both',
  ),
  /** The releaser got what the release notes must name: each case with its CVE id, if it has one. */
  fact(
    'ReleaseNotesGiven',
    { cases: z.array(z.object({ case: CaseId, cve: CveId.exactOptional() })).readonly() },
    'message',
  ),
  /** Somebody put the release on hold: nothing of it is sent or published until two people let it continue. */
  fact('ReleaseHeld', { reason: z.string().max(2000).exactOptional() }, 'both'),
  fact('ReleaseResumed', {}, 'both'),
  /** The time for the publication came, but a gate refused, so people must decide again. */
  fact('DisclosureHeld', { because: z.string().max(2000) }, 'both'),
  fact(
    'DisclosureStarted',
    {
      steps: z.array(StepId),
      digest: Sha256,
      mails: z.array(ApprovedMail).readonly(),
      documents: z.array(ApprovedDocument).readonly().exactOptional(),
      /** Why one of the cases (`unfixedOf`) is published without a fix. */
      unfixed: z.string().max(2000).exactOptional(),
      unfixedOf: CaseId.exactOptional(),
    },
    'status',
  ),
  /** The documents of a published case are published again as a new revision, and people are told about the change. */
  fact(
    'CorrectionStarted',
    {
      case: CaseId,
      steps: z.array(StepId),
      digest: Sha256,
      mails: z.array(ApprovedMail).readonly(),
      documents: z.array(ApprovedDocument).readonly().exactOptional(),
    },
    'status',
  ),
  /**
   * An interim advisory: it gives the facts without a fix, because secrecy failed. The full publication follows later.
   */
  fact('InterimDisclosed', { case: CaseId, digest: Sha256, mails: z.array(ApprovedMail).readonly() }, 'both'),
  fact('RecipientSuspended', { list: z.string(), recipient: z.string(), because: z.string().max(2000) }, 'both'),
  /** Two people say that nothing leaked through this recipient, who therefore gets the mails to recipients again. */
  fact('RecipientReinstated', { list: z.string(), recipient: z.string() }, 'both'),
  /** `again`: the step was done before, but one of its mails bounced. */
  fact('StepDone', { step: StepId, evidence: z.string().max(2000), again: z.literal(true).exactOptional() }, 'neither'),
  /**
   * A step is done for one case. `link`: where people see the result. `mark` identifies the content at the target, so
   * that a later run sees whether the target already has this content.
   */
  fact(
    'DocumentDelivered',
    {
      step: DocumentStepId,
      case: CaseId,
      effect: EffectId.exactOptional(),
      link: z.string().max(2000).exactOptional(),
      mark: z.string().max(10_000).exactOptional(),
    },
    'neither',
  ),
  /** The publication goes on without waiting for this step any longer. The step can still be done. */
  fact('StepPassed', { step: StepId }, 'message'),
  /** The step begins although an earlier step is not done, because recipients must not wait for the earlier step. */
  fact('StepAhead', { step: StepId }, 'neither'),
  /** A person decided to leave out whatever the step had not done yet. */
  fact('StepLeftOut', { step: StepId, because: z.string().max(2000) }, 'both'),
  fact('StepFailed', { step: StepId, because: z.string().max(500) }, 'neither'),
  fact('Disclosed', {}, 'both'),
  fact(
    'ReleaseCancelled',
    {
      reason: z.string().max(2000),
      was: Instant.exactOptional(),
      digest: Sha256.exactOptional(),
      mails: z.array(ApprovedMail).readonly().exactOptional(),
    },
    'message',
  ),
  ...outside,
])
export type ReleaseEvent = z.infer<typeof ReleaseEvent>
