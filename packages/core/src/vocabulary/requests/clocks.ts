import type { CaseId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Duty } from '../../shared/words.ts'

/**
 * Requests about the deadlines of a case. `clock` is a deadline's id, or the part before the slash if only one has it.
 */
export type ClockRequest =
  /** Snoozes its reminders until then; what is told because nobody acted still comes. */
  | {
      readonly verb: 'remind.later'
      readonly case: CaseId
      readonly clock: string
      readonly until: Instant
      readonly reason: string
    }
  /** Something that an authority or a list asks for was done outside. */
  | { readonly verb: 'done.duty'; readonly case: CaseId; readonly duty: Duty; readonly evidence: string }
  /** Reminds now. */
  | { readonly verb: 'remind'; readonly case: CaseId; readonly clock: string }
