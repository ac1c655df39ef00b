import type { BlobId, CaseId, ReportId, Sha256 } from '../../shared/ids.ts'

/** Requests beside a case's main line. `case` is always the case for whose channel or number it was typed. */
export type CourseRequest =
  /** Asks a reporter one question. Silence closes only a case whose validity is open. */
  | {
      readonly verb: 'reply.question'
      readonly case: CaseId
      readonly report?: ReportId
      readonly text: BlobId
      readonly sha256: Sha256
    }
  | { readonly verb: 'triage.not-now'; readonly case: CaseId; readonly reason: string }
  /** Begins a new round of a closed case, or continues a deferred one. */
  | { readonly verb: 'reopen'; readonly case: CaseId; readonly reason: string }
  /** Tells the reporters how far it is. */
  | { readonly verb: 'reply.progress'; readonly case: CaseId; readonly report?: ReportId }
  /** Without a party: the case no longer waits for anybody. */
  | { readonly verb: 'party.wait'; readonly case: CaseId; readonly party?: string }
  | {
      readonly verb: 'advisory.as'
      readonly case: CaseId
      readonly publication: 'release' | 'advisory' | 'none'
      readonly reason?: string
    }
