import type { Suspect } from '../../events/case/world.ts'
import type { CaseId } from '../../shared/ids.ts'
import type { SignalKind } from '../../shared/words.ts'
import type { Rendering } from './rendering.ts'

/**
 * Requests about what somebody saw in the world, and what follows when secrecy fails. `case` is always the case for
 * whose channel or number it was typed.
 */
export type WorldRequest =
  | { readonly verb: 'signal.public'; readonly case: CaseId; readonly link: string; readonly shown?: Rendering }
  | { readonly verb: 'signal.exploit'; readonly case: CaseId; readonly link: string; readonly shown?: Rendering }
  | { readonly verb: 'signal.attack'; readonly case: CaseId; readonly link?: string; readonly shown?: Rendering }
  | {
      readonly verb: 'signal.leak'
      readonly case: CaseId
      readonly suspect?: Suspect
      readonly text?: string
      readonly shown?: Rendering
    }
  /** Two people say that a signal was wrong. */
  | {
      readonly verb: 'signal.wrong'
      readonly case: CaseId
      readonly what: SignalKind
      /** For leaks: the suspect through whom nothing leaked. Absent: no leak was one. */
      readonly suspect?: Suspect
      readonly reason: string
      readonly shown?: Rendering
    }
  /** The team decides to continue under embargo in spite of a leak. */
  | { readonly verb: 'embargo.keep'; readonly case: CaseId; readonly reason: string }
  /** Publishes facts and a workaround without a fix, at once. */
  | { readonly verb: 'disclose.interim'; readonly case: CaseId; readonly shown?: Rendering }
  | { readonly verb: 'done.deployed'; readonly case: CaseId; readonly branch: string; readonly link?: string }

export type SignalRequest = Extract<
  WorldRequest,
  { verb: 'signal.public' | 'signal.exploit' | 'signal.attack' | 'signal.leak' }
>
