import type { z } from 'zod'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ApprovedMail } from '../../events/approved-mail.ts'
import type { Context, Gate } from '../../gates/gate.ts'
import type { HeadsUpCorrection } from '../../state/release/heads-up.ts'
import type { PlannedMail } from '../../effects/publication/planned-mails.ts'
import type { CaseId, PersonId, Sha256 } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { PersonRequest } from '../../vocabulary/command.ts'
import type { Append, Refusal } from '../../vocabulary/decision.ts'
import type { Approval } from '../../state/state.ts'

/** A command as it waits, seen by nobody in particular: what it does must not depend on who looks. */
export type PendingContext<R extends PersonRequest = PersonRequest> = Omit<Context<R>, 'actor' | 'person'>

/** What both people said yes to: the digest of all that was shown, and each mail by what it is known again. */
export type Approved = {
  readonly digest: Sha256
  readonly mails: readonly ApprovedMail[]
  /** Who asked: the other one of the two. */
  readonly asker: PersonId
}

/** Who must say yes, and when silence or the asker alone is enough. */
export type RequiredApprover = {
  readonly mode: Approval['mode']
  /** No yes before it; absent: at once. */
  readonly notBefore?: Instant
  /** From then on the asker may proceed alone. */
  readonly aloneFrom?: Instant
  /** From then on, without a no, silence is a yes. */
  readonly yesFrom?: Instant
}

/** A planned date that does not hold. Without `at`: there is no other yet. */
export type DateChange = { readonly was: Instant; readonly at?: Instant; readonly reason?: string | undefined }

/**
 * A command that takes two people. There is one way for all of them: it is shown whole, asked, shown again, every gate
 * is asked again, and only then `run` says what it appends.
 */
export type TwoPersonRule<R extends PersonRequest> = {
  /** The request as it waits in the log, without what was shown. */
  readonly waits: z.ZodType<R>
  readonly gates: readonly Gate[]
  readonly approver: (context: Context) => RequiredApprover
  /** Fills in what was left out, so that what is shown is what is asked; or says why it cannot. */
  readonly complete: (seen: PendingContext<R>) => R | Refusal
  /** What it does, in sentences for both people. The same at every time: they are part of the digest. */
  readonly preview: (seen: PendingContext<R>) => readonly string[]
  /** Every mail that leaves because of it, in order. */
  readonly mails: (seen: PendingContext<R>) => readonly PlannedMail[]
  /** The cases that the mails are about, where they are not all of the release. */
  readonly about?: (seen: PendingContext<R>) => readonly CaseId[]
  /** What becomes of the date, where the mails tell of that. */
  readonly moved?: (seen: PendingContext<R>) => DateChange | undefined
  /** What a heads-up said and what is so now, where a mail corrects it. */
  readonly headsUp?: (seen: PendingContext<R>) => HeadsUpCorrection | undefined
  /** The asker's reason, where the mails quote it. */
  readonly because?: (seen: PendingContext<R>) => string | undefined
  /** What the mails are written from, where a person wrote their text: the event that sends them. */
  readonly mailed?: (seen: PendingContext<R>) => CaseEvent | undefined
  /** The planned instant that the texts name. */
  readonly releaseAt: (seen: PendingContext<R>) => Instant | undefined
  readonly run: (context: Context<R>, approved: Approved) => readonly Append[]
}
