import type { CaseId } from '../../shared/ids.ts'

/** A person's record of the advisory at an outside service, with the link that shows it. */
export type AdvisoryLinkRequest =
  | { readonly verb: 'done.advisory-opened'; readonly case: CaseId; readonly link: string }
  | { readonly verb: 'done.advisory-published'; readonly case: CaseId; readonly link: string }
