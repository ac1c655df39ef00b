import type { CaseId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { TerminationReason } from '../../shared/words.ts'
import type { Rendering } from './rendering.ts'

/** Requests about agreed secrecy. `case` is always the case for whose channel or number it was typed. */
export type EmbargoRequest =
  | { readonly verb: 'embargo.until'; readonly case: CaseId; readonly end: Instant; readonly reason?: string }
  /** `end`: the date that was shown. If another one waits by now, nothing is accepted or rejected. */
  | { readonly verb: 'embargo.accept'; readonly case: CaseId; readonly end?: Instant }
  | { readonly verb: 'embargo.reject'; readonly case: CaseId; readonly reason: string; readonly end?: Instant }
  /** An end later than reporter and team can agree on, or without a silent reporter's answer: it takes two admins. */
  | {
      readonly verb: 'embargo.extend'
      readonly case: CaseId
      readonly end: Instant
      readonly reason: string
      readonly shown?: Rendering
    }
  /** Team and reporter continue in public. */
  | { readonly verb: 'embargo.open'; readonly case: CaseId }
  | {
      readonly verb: 'embargo.end'
      readonly case: CaseId
      readonly reason: TerminationReason
      readonly text: string
      readonly shown?: Rendering
    }
