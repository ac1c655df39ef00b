import type { BlobId, CaseId, ReportId, Sha256 } from '../../shared/ids.ts'

/** The course of a case beside its main line. `case` is always the case whose channel or number it was typed for. */
export type CourseRequest =
  /** One question to a reporter. Silence ends a case whose validity is open, and no other. */
  | {
      readonly verb: 'ask'
      readonly case: CaseId
      readonly report?: ReportId
      readonly text: BlobId
      readonly sha256: Sha256
    }
  | { readonly verb: 'defer'; readonly case: CaseId; readonly reason: string }
  /** A new round of a closed case; of a deferred one, the work goes on. */
  | { readonly verb: 'reopen'; readonly case: CaseId; readonly reason: string }
  /** Tells the reporters how far it is. */
  | { readonly verb: 'update'; readonly case: CaseId; readonly report?: ReportId }
  /** Without a party: nobody is waited for any more. */
  | { readonly verb: 'wait'; readonly case: CaseId; readonly party?: string }
  | {
      readonly verb: 'publication'
      readonly case: CaseId
      readonly publication: 'release' | 'advisory' | 'none'
      readonly reason?: string
    }
