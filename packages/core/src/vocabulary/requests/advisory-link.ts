import type { CaseId } from '../../shared/ids.ts'

/** What a person did about the advisory where an outside service keeps it, with the link that shows it. */
export type AdvisoryLinkRequest =
  | { readonly verb: 'done.advisory-opened'; readonly case: CaseId; readonly link: string }
  | { readonly verb: 'done.advisory-published'; readonly case: CaseId; readonly link: string }
