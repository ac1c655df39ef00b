import type { EmState } from './state.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ExitReason } from '../../shared/words.ts'
import { embargoInForce } from './evolve.ts'

/**
 * The events that end an embargo in any state (Vultron EM). An open proposal is rejected, in nobody's name. Then the
 * embargo in force ends for the given reason.
 */
export function endingEmbargo(em: EmState, reason: ExitReason, note?: string): readonly CaseEvent[] {
  const exited: readonly CaseEvent[] = embargoInForce(em)
    ? [{ type: 'EmbargoExited', reason, ...(note === undefined ? {} : { note }) }]
    : []
  return [...fallingProposal(em), ...exited]
}

/** Rejects an open proposal because work on the case ends. An embargo in force stays in force. */
export const fallingProposal = (em: EmState): readonly CaseEvent[] =>
  em.is === 'proposed' || em.is === 'revise' ? [{ type: 'EmbargoRejected', proposal: em.proposal }] : []
