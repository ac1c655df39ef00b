import type { World } from '../../vocabulary/decision.ts'
import type { CaseState } from '../../state/state.ts'
import type { ApprovedDocument } from '../../events/step-id.ts'
import type { Policy } from '../../policy/schema.ts'
import { targetModes } from '../../policy/target-modes.ts'
import type { ReleaseState } from '../../state/release/state.ts'
import { publicationContext } from './planned-mails.ts'
import { DOCUMENT_STEPS } from './steps.ts'
import type { StepContext } from './steps.ts'

/** What a step of a publication will do for one case. */
export type PlannedDocument = Pick<ApprovedDocument, 'step' | 'case' | 'mode'>

/** Everything that a publication does besides its mails, in the order of the steps. */
export function publicationDocuments(
  whole: Policy,
  cases: readonly CaseState[],
  seen: { readonly release?: ReleaseState | undefined; readonly others: World['others'] },
): readonly PlannedDocument[] {
  const context = publicationContext(whole, cases, seen)
  return context === undefined ? [] : documentsOf(context)
}

/** The documents that the document steps of a publication will publish for the project and the cases of `context`. */
export function documentsOf(context: StepContext): readonly PlannedDocument[] {
  const modes = targetModes(context.project)
  return DOCUMENT_STEPS.flatMap((step) => {
    const mode = modes[step.target]
    return mode === 'off' ? [] : step.cases(context).map((of) => ({ step: step.id, case: of, mode }))
  })
}
