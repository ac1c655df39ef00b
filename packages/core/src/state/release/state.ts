import type { ApprovedMail } from '../../events/approved-mail.ts'
import type { HeadsUp } from '../../events/heads-up.ts'
import type { ReleaseEvent } from '../../events/release-events.ts'
import type { ApprovedDocument, DocumentStepId, StepId } from '../../events/step-id.ts'
import type { CaseId, EventId, PersonId, ReleaseId, Sha256 } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { CveId } from '../../shared/words.ts'
import type { Doubt } from '../state.ts'

export type PrenotifiedRecipient = {
  readonly list: string
  readonly recipient: string
  /** The cases that the recipient was told about. Absent: all cases of the release. */
  readonly cases?: readonly CaseId[] | undefined
  readonly sentAt?: Instant
  /** When the recipient confirmed the pre-notification. */
  readonly acknowledgedAt?: Instant
  /** Set if the recipient may have leaked details, and therefore gets no further mails about this release. */
  readonly suspendedAt?: Instant
}

/** An approved mail and the hash of the policy under which it was approved. */
export type ApprovedReleaseMail = ApprovedMail & { readonly policy: Sha256 }

/** A security release. `transitions.ts` lists which states follow which. */
export type ReleaseState = {
  readonly kind: 'release'
  readonly id: ReleaseId
  readonly version: number
  readonly is: 'planned' | 'scheduled' | 'prenotified' | 'released' | 'cancelled'
  readonly implicit: boolean
  /** What the releaser got for the release notes: each case with its CVE id. */
  readonly notes?: readonly { readonly case: CaseId; readonly cve?: CveId }[]
  readonly releaser?: PersonId
  readonly lastEventAt: Instant
  readonly at?: Instant
  /** When the release first got a date. */
  readonly datedAt?: Instant
  readonly cases: readonly CaseId[]
  /** Cases that left the release after recipients were told about them; their embargo continues. */
  readonly dropped?: readonly CaseId[]
  readonly prenotified: readonly PrenotifiedRecipient[]
  readonly prenotifiedAt?: Instant
  /** Set if somebody shared an exploit with the recipients. */
  readonly exploit?: 'shared'
  /** Every approved mail of this release. Only these are sent. */
  readonly approved: readonly ApprovedReleaseMail[]
  readonly headsUpAt?: Instant
  /** The heads-up that the public got last. */
  readonly headsUp?: HeadsUp
  /** Set if the heads-up was never sent and a person decided that it is no longer needed. */
  readonly headsUpWithdrawn?: true
  /** The publication that was approved in advance, if any. It begins automatically on its date. */
  readonly ahead?: Omit<Extract<ReleaseEvent, { type: 'DisclosureApproved' }>, 'type'>
  /** Set while the release is on hold: nothing of it is sent or published until two people let it continue. */
  readonly held?: { readonly at: Instant; readonly reason?: string }
  /** The cases about which an interim advisory was published before the full publication, because secrecy failed. */
  readonly interim?: readonly { readonly case: CaseId; readonly at: Instant }[]
  readonly startedAt?: Instant
  /**
   * When the publication became public. A publication that waits for fixed versions became public when these versions
   * were seen to be public, or when people decided to go on without them. A correction does not change this time.
   */
  readonly publicAt?: Instant
  /**
   * The last correction of a case of this release after the publication. `steps` then has the correction's steps
   * instead of the publication's.
   */
  readonly correction?: { readonly case: CaseId; readonly at: Instant }
  readonly steps: readonly {
    readonly step: StepId
    readonly doneAt?: Instant
    readonly evidence?: string
    readonly failed?: string
    /** Set if the step was done before, but then one of its mails bounced. */
    readonly again?: true
    readonly begunAt?: Instant
    /** The event that began the step. */
    readonly begunBy?: EventId
    /** Since when the publication goes on without waiting for the step. */
    readonly passedAt?: Instant
    readonly leftOut?: { readonly because: string; readonly at: Instant }
  }[]
  /** The approved documents of the publication. Only these are published. */
  readonly documents?: readonly (ApprovedDocument & { readonly policy: Sha256 })[]
  /** The documents that have reached their target. */
  readonly deliveries?: readonly {
    readonly step: DocumentStepId
    readonly case: CaseId
    readonly link?: string
    readonly mark?: string
  }[]
  /** For each document that a correction replaces: the mark that identifies the content now at the target. */
  readonly former?: readonly { readonly step: DocumentStepId; readonly case: CaseId; readonly mark: string }[]
  /** Every mail that a server accepted or that a person settled, as `letter>addressee`. */
  readonly delivered: readonly string[]
  readonly disclosedAt?: Instant
  readonly parked: readonly Doubt[]
}
