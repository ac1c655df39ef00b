import type { WaivableGate } from '../../shared/gate-id.ts'
import type { ApprovalId, CaseId, EffectId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Rendering } from './rendering.ts'

/**
 * Requests that take a second person, or a person’s decision. `case` is always the case for whose channel or number it
 * was typed.
 */
export type TwoPeopleRequest =
  | {
      readonly verb: 'approve'
      readonly case: CaseId
      readonly approval?: ApprovalId
      readonly typedCase?: string
      readonly shown?: Rendering
    }
  | { readonly verb: 'approve.no'; readonly case: CaseId; readonly approval?: ApprovalId; readonly reason: string }
  | {
      readonly verb: 'settle'
      readonly case: CaseId
      readonly effect: EffectId
      /** `withdrawn`: it did not go, and is no longer needed. */
      readonly outcome: 'went' | 'again' | 'withdrawn'
    }
  | {
      readonly verb: 'waive'
      readonly case: CaseId
      readonly rule: WaivableGate
      readonly reason: string
      readonly branch?: string
      /** The release date that it is for. */
      readonly at?: Instant
      /** The exact subject of the waiver, once it was shown. */
      readonly key?: string
      readonly shown?: Rendering
    }
