import type { ApprovedMail } from '../events/approved-mail.ts'
import type { StepId } from '../events/release-events.ts'
import type { CaseId, ReleaseId, Sha256 } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { Doubt } from '../case/state.ts'

export type Prenotified = {
  readonly list: string
  readonly recipient: string
  readonly sentAt?: Instant
  /** They may have let it out, and get nothing more of this release. */
  readonly suspendedAt?: Instant
}

/** An approved mail, and the policy that it was approved under. */
export type Approved = ApprovedMail & { readonly policy: Sha256 }

/** planned → scheduled → prenotified → released, or cancelled (process, section 3). */
export type ReleaseState = {
  readonly kind: 'release'
  readonly id: ReleaseId
  readonly version: number
  readonly is: 'planned' | 'scheduled' | 'prenotified' | 'released' | 'cancelled'
  readonly implicit: boolean
  readonly lastEventAt: Instant
  readonly at?: Instant
  readonly cases: readonly CaseId[]
  readonly prenotified: readonly Prenotified[]
  readonly prenotifiedAt?: Instant
  /** Every mail of this release that two people approved: none but these leaves. */
  readonly approved: readonly Approved[]
  readonly headsUpAt?: Instant
  readonly interimAt?: Instant
  readonly startedAt?: Instant
  readonly steps: readonly {
    readonly step: StepId
    readonly doneAt?: Instant
    readonly evidence?: string
    readonly failed?: string
  }[]
  /** `letter>addressee` of every mail that is over: taken, or refused for good. */
  readonly delivered: readonly string[]
  readonly disclosedAt?: Instant
  readonly parked: readonly Doubt[]
}
