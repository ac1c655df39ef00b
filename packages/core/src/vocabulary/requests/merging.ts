import type { CaseId, ReportId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'

/** Requests for cases that begin without a mail, and for reports that move between cases. */
export type MergingRequest =
  /** For something found inside, read in public, or left open by a public case. The engine assigns the number. */
  | {
      readonly verb: 'open'
      readonly case: CaseId
      readonly project: string
      /** Where it is public already. */
      readonly public?: string
      readonly follows?: CaseId
      readonly note?: string
    }
  /** This case is a duplicate of an earlier one. `end`: when the embargo ends for both, as it was shown. */
  | { readonly verb: 'triage.duplicate'; readonly case: CaseId; readonly of: CaseId; readonly end: Instant | 'none' }
  /** A report returns to its former case, or gets a new one whose number `into` the engine assigns. */
  | {
      readonly verb: 'open.report'
      readonly case: CaseId
      readonly report: ReportId
      readonly into?: CaseId
      readonly project: string
      readonly reason: string
    }
