import type { CaseId } from '../../shared/ids.ts'
import type { CveId } from '../../shared/words.ts'

/** A person's record of what happened to a CVE id outside, with the link that shows it. */
export type CveRequest =
  | { readonly verb: 'cve.request'; readonly case: CaseId; readonly link?: string }
  | { readonly verb: 'cve.set'; readonly case: CaseId; readonly cve: CveId; readonly link?: string }
  | { readonly verb: 'cve.published'; readonly case: CaseId; readonly link: string }
  | { readonly verb: 'cve.reject'; readonly case: CaseId; readonly reason: string }
