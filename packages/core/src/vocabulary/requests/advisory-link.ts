import type { CaseId } from '../../shared/ids.ts'

/** What a person did about the advisory where an outside service keeps it, with the link that shows it. */
export type AdvisoryLinkRequest =
  | { readonly verb: 'advisory-opened'; readonly case: CaseId; readonly link: string }
  | { readonly verb: 'advisory-published'; readonly case: CaseId; readonly link: string }
