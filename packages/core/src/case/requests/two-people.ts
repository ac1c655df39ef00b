import type { ApprovalId, CaseId, EffectId } from '../../shared/ids.ts'
import type { Shown } from './shown.ts'

/** What takes a second person, or a person’s decision. `case` is always the case whose channel or number it was typed for. */
export type TwoPeopleRequest =
  | {
      readonly verb: 'approve'
      readonly case: CaseId
      readonly approval?: ApprovalId
      readonly typedCase?: string
      readonly shown?: Shown
    }
  | { readonly verb: 'refuse'; readonly case: CaseId; readonly approval?: ApprovalId; readonly reason: string }
  | { readonly verb: 'settle'; readonly case: CaseId; readonly effect: EffectId; readonly outcome: 'went' | 'again' }
  /** The solo profile only: nobody else is there to verify, so the branch is waived, never verified. */
  | { readonly verb: 'waive-verification'; readonly case: CaseId; readonly branch?: string; readonly reason: string }
