import type { ApprovedMail } from '../../events/approved-mail.ts'
import type { HeadsUp } from '../../events/heads-up.ts'
import type { ReleaseEvent, StepId } from '../../events/release-events.ts'
import type { CaseId, PersonId, ReleaseId, Sha256 } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Doubt } from '../state.ts'

export type Prenotified = {
  readonly list: string
  readonly recipient: string
  /** The cases that they were told of; absent: all of the release. */
  readonly cases?: readonly CaseId[] | undefined
  readonly sentAt?: Instant
  /** When they said that they have it. */
  readonly acknowledgedAt?: Instant
  /** They may have let it out, and get nothing more of this release. */
  readonly suspendedAt?: Instant
}

/** An approved mail, and the policy that it was approved under. */
export type Approved = ApprovedMail & { readonly policy: Sha256 }

/** A security release (process, section 3). `transitions.ts` lists which states follow which. */
export type ReleaseState = {
  readonly kind: 'release'
  readonly id: ReleaseId
  readonly version: number
  readonly is: 'planned' | 'scheduled' | 'prenotified' | 'released' | 'cancelled'
  readonly implicit: boolean
  readonly releaser?: PersonId
  readonly lastEventAt: Instant
  readonly at?: Instant
  /** When it got a date first. */
  readonly datedAt?: Instant
  readonly cases: readonly CaseId[]
  /** Cases that recipients were told of and that left since: their embargo goes on. */
  readonly dropped?: readonly CaseId[]
  readonly prenotified: readonly Prenotified[]
  readonly prenotifiedAt?: Instant
  /** Every mail of this release that two people approved: none but these leaves. */
  readonly approved: readonly Approved[]
  readonly headsUpAt?: Instant
  /** What the public was told last. */
  readonly headsUp?: HeadsUp
  /** It did not go out, and a person said that nobody needs it any more. */
  readonly headsUpWithdrawn?: true
  /** Approved before its date, on which it begins automatically. */
  readonly ahead?: Omit<Extract<ReleaseEvent, { type: 'DisclosureApproved' }>, 'type'>
  /** The cases of which facts went out before the publication, because their secrecy failed. */
  readonly interim?: readonly { readonly case: CaseId; readonly at: Instant }[]
  readonly startedAt?: Instant
  readonly steps: readonly {
    readonly step: StepId
    readonly doneAt?: Instant
    readonly evidence?: string
    readonly failed?: string
    /** It was done, and then one of its mails came back. */
    readonly again?: true
  }[]
  /** `letter>addressee` of every mail that a server took, or that a person saw to. */
  readonly delivered: readonly string[]
  readonly disclosedAt?: Instant
  readonly parked: readonly Doubt[]
}
