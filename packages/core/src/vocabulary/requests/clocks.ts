import type { CaseId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Duty } from '../../shared/words.ts'

/** What people ask of the clocks of a case. `clock` is its name, or the part before the slash where only one has it. */
export type ClockRequest =
  /** Its reminders rest until then; what is told because nobody acted does not. */
  | {
      readonly verb: 'remind.later'
      readonly case: CaseId
      readonly clock: string
      readonly until: Instant
      readonly reason: string
    }
  /** What an authority or a list asks for was done outside. */
  | { readonly verb: 'done.duty'; readonly case: CaseId; readonly duty: Duty; readonly evidence: string }
  /** Reminds now. */
  | { readonly verb: 'remind'; readonly case: CaseId; readonly clock: string }
