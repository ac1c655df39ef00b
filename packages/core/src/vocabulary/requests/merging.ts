import type { CaseId, ReportId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'

/** Cases that begin without a mail, and reports that go from one to another. */
export type MergingRequest =
  /** Found inside, read in public, or what a public case left open. The engine gives the number. */
  | {
      readonly verb: 'open'
      readonly case: CaseId
      readonly project: string
      /** Where it is public already. */
      readonly public?: string
      readonly follows?: CaseId
      readonly note?: string
    }
  /** This case is the same as an earlier one. `end`: when the embargo ends for both, as it was shown. */
  | { readonly verb: 'triage.duplicate'; readonly case: CaseId; readonly of: CaseId; readonly end: Instant | 'none' }
  /** A report goes home again, or to a case of its own: then the engine gives `into` its number. */
  | {
      readonly verb: 'open.report'
      readonly case: CaseId
      readonly report: ReportId
      readonly into?: CaseId
      readonly project: string
      readonly reason: string
    }
