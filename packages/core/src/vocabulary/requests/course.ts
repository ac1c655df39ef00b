import type { BlobId, CaseId, ReportId, Sha256 } from '../../shared/ids.ts'

/** The course of a case beside its main line. `case` is always the case whose channel or number it was typed for. */
export type CourseRequest =
  /** One question to a reporter. Silence ends a case whose validity is open, and no other. */
  | {
      readonly verb: 'reply.question'
      readonly case: CaseId
      readonly report?: ReportId
      readonly text: BlobId
      readonly sha256: Sha256
    }
  | { readonly verb: 'triage.not-now'; readonly case: CaseId; readonly reason: string }
  /** A new round of a closed case; of a deferred one, the work goes on. */
  | { readonly verb: 'reopen'; readonly case: CaseId; readonly reason: string }
  /** Tells the reporters how far it is. */
  | { readonly verb: 'reply.progress'; readonly case: CaseId; readonly report?: ReportId }
  /** Without a party: nobody is waited for any more. */
  | { readonly verb: 'party.wait'; readonly case: CaseId; readonly party?: string }
  | {
      readonly verb: 'advisory.as'
      readonly case: CaseId
      readonly publication: 'release' | 'advisory' | 'none'
      readonly reason?: string
    }
