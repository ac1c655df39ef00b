import type { z } from 'zod'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ApprovedMail } from '../../events/approved-mail.ts'
import type { Context, Gate } from '../../gates/gate.ts'
import type { HeadsUpCorrection } from '../../state/release/heads-up.ts'
import type { ApprovedDocument } from '../../events/step-id.ts'
import type { PlannedDocument } from '../../effects/publication/planned-documents.ts'
import type { PlannedMail } from '../../effects/publication/planned-mails.ts'
import type { CaseId, PersonId, Sha256 } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { PersonRequest } from '../../vocabulary/command.ts'
import type { Append, Refusal } from '../../vocabulary/decision.ts'
import type { Approval, CaseState } from '../../state/state.ts'

/**
 * The context of a command that waits for approval. It has no actor, because what the command does must not depend on
 * who looks at it.
 */
export type PendingContext<R extends PersonRequest = PersonRequest> = Omit<Context<R>, 'actor' | 'person'>

/** What both people approved: the digest of everything shown, and the content digest of each mail. */
export type ApprovedContent = {
  readonly digest: Sha256
  readonly mails: readonly ApprovedMail[]
  readonly documents: readonly ApprovedDocument[]
  /** The person who requested the approval. */
  readonly asker: PersonId
}

/** Says who must approve, from when silence counts as a yes, and from when the asker may proceed alone. */
export type RequiredApprover = {
  readonly mode: Approval['mode']
  /** No approval is accepted before this instant. Absent: an approval is accepted at any time. */
  readonly notBefore?: Instant
  /** From this instant on the asker may proceed alone. */
  readonly aloneFrom?: Instant
  /** If nobody has said no by this instant, silence counts as a yes. */
  readonly yesFrom?: Instant
}

/**
 * A change of a planned date. `was` is the former date. `at` is the new date, and is absent if no new date is set yet.
 */
export type DateChange = { readonly was: Instant; readonly at?: Instant; readonly reason?: string | undefined }

/**
 * The rule for a command that takes two people. The complete command is shown, and approval is requested. When the
 * second person approves, the command is rendered again and every gate is checked again. Only after that does `run`
 * return the events to append.
 */
export type TwoPersonRule<R extends PersonRequest> = {
  /** The schema of the request as the log stores it: without `shown`, because what was shown is stored separately. */
  readonly waits: z.ZodType<R>
  readonly gates: readonly Gate[]
  readonly approver: (context: Context) => RequiredApprover
  /**
   * Fills in the values that the person left out, because the approval must cover the complete command. Refuses if the
   * command cannot be completed.
   */
  readonly complete: (seen: PendingContext<R>) => R | Refusal
  /**
   * What the command does, in sentences for both people. The digest covers these sentences, so they must not change
   * with time.
   */
  readonly preview: (seen: PendingContext<R>) => readonly string[]
  /** Every mail that the command sends, in order. */
  readonly mails: (seen: PendingContext<R>) => readonly PlannedMail[]
  /** Every document that the command publishes, besides its mails. */
  readonly documents?: (seen: PendingContext<R>) => readonly PlannedDocument[]
  /** The case as it is after the command. Set if the texts describe that state. */
  readonly after?: (seen: PendingContext<R>) => CaseState | undefined
  /** The cases that the mails are about, if they are not about all cases of the release. */
  readonly about?: (seen: PendingContext<R>) => readonly CaseId[]
  /** The change of date that the mails announce, if any. */
  readonly moved?: (seen: PendingContext<R>) => DateChange | undefined
  /** If a mail corrects the public heads-up: what the heads-up said, and what is true now. */
  readonly headsUp?: (seen: PendingContext<R>) => HeadsUpCorrection | undefined
  /** The asker's reason, if the mails quote it. */
  readonly because?: (seen: PendingContext<R>) => string | undefined
  /** If a person wrote the text of the mails: the event that sends them. */
  readonly mailed?: (seen: PendingContext<R>) => CaseEvent | undefined
  /** The planned instant of the release, as the texts state it. */
  readonly releaseAt: (seen: PendingContext<R>) => Instant | undefined
  readonly run: (context: Context<R>, approved: ApprovedContent) => readonly Append[]
}
