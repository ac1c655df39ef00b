import type { Policy, Project } from '../policy/schema.ts'
import type { BlobId, CaseId, MessageId, PersonId, ReportId, Sha256 } from '../shared/ids.ts'
import type { Instant } from '../shared/instant.ts'
import type { ReleaseState } from '../state/release/state.ts'
import type { CaseState } from '../state/state.ts'
import type { PendingCommand, Rendering } from '../vocabulary/command.ts'

/** A state of a case, with the values that the sample inputs of requests are taken from. */
export type SampleView = {
  readonly id: CaseId
  /** The number of a case that is not open yet. */
  readonly nextId: CaseId
  readonly policy: Policy
  readonly project: Project
  readonly branches: readonly string[]
  readonly now: Instant
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  /** The people who act. */
  readonly people: readonly PersonId[]
  /** People who joined the team after the case was opened. */
  readonly late: readonly PersonId[]
  readonly report: ReportId
  /** Mails that the reporter may have sent; undefined for a reporter who never writes. */
  readonly mails: { readonly early: MessageId; readonly fresh: MessageId; readonly unproven: MessageId } | undefined
  readonly text: { readonly text: BlobId; readonly sha256: Sha256 }
  /**
   * `legal` is the first date that the lead time and the release window allow. `others` are dates that the lead time or
   * the release window does not allow. `moved` are the new dates in sample requests that move a release.
   */
  readonly dates: () => {
    readonly legal?: Instant
    readonly others: readonly Instant[]
    readonly moved: readonly Instant[]
  }
  /**
   * Two ends of the embargo: one that the reporter and the team may agree on, and a later one that needs two admins.
   */
  readonly ends: () => { readonly within: Instant; readonly beyond: Instant }
  /** What the engine would render for a request now. */
  readonly preview: (request: PendingCommand) => Required<Rendering>
  /** A preview that is out of date, because something changed after it was rendered. */
  readonly stalePreview: (request: PendingCommand) => Rendering
}
