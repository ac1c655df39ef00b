import type { CaseId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { TerminationReason } from '../../shared/words.ts'
import type { Rendering } from './rendering.ts'

/** What is agreed about secrecy. `case` is always the case whose channel or number it was typed for. */
export type EmbargoRequest =
  | { readonly verb: 'embargo.until'; readonly case: CaseId; readonly end: Instant; readonly reason?: string }
  /** `end`: the date that was shown. Where another one waits by now, nothing is agreed and nothing refused. */
  | { readonly verb: 'embargo.accept'; readonly case: CaseId; readonly end?: Instant }
  | { readonly verb: 'embargo.reject'; readonly case: CaseId; readonly reason: string; readonly end?: Instant }
  /** Longer than reporter and team agree on alone, or without the word of a silent reporter: two admins. */
  | {
      readonly verb: 'embargo.extend'
      readonly case: CaseId
      readonly end: Instant
      readonly reason: string
      readonly shown?: Rendering
    }
  /** Team and reporter go on in public. */
  | { readonly verb: 'embargo.open'; readonly case: CaseId }
  | {
      readonly verb: 'embargo.end'
      readonly case: CaseId
      readonly reason: TerminationReason
      readonly text: string
      readonly shown?: Rendering
    }
