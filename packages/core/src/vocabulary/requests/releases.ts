import type { CaseId, MessageId, PersonId, ReleaseId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Rendering } from './rendering.ts'

/**
 * Requests about a security release and its cases. `case` is always the case for whose channel or number it was typed.
 */
export type ReleaseRequest =
  | { readonly verb: 'release.plan'; readonly case: CaseId; readonly at: Instant; readonly releaser?: PersonId }
  | { readonly verb: 'release.add'; readonly case: CaseId; readonly release: ReleaseId }
  | { readonly verb: 'release.drop'; readonly case: CaseId; readonly reason?: string; readonly shown?: Rendering }
  | {
      readonly verb: 'release.move'
      readonly case: CaseId
      readonly at: Instant
      readonly reason?: string
      readonly shown?: Rendering
    }
  | { readonly verb: 'release.cancel'; readonly case: CaseId; readonly reason?: string; readonly shown?: Rendering }
  /** Sends changed patches to everybody who holds old ones. */
  | { readonly verb: 'prenotify.update'; readonly case: CaseId; readonly reason?: string; readonly shown?: Rendering }
  /** A recipient confirmed the pre-notification. */
  | {
      readonly verb: 'log-answer.has-it'
      readonly case: CaseId
      readonly recipient: string
      readonly list?: string
      readonly message?: MessageId
    }
