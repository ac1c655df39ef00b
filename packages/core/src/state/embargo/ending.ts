import type { EmState } from './state.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ExitReason } from '../../shared/words.ts'
import { embargoInForce } from './evolve.ts'

/**
 * The events that end an embargo, whatever its state: an open proposal is rejected, without a name, and then the
 * embargo in force ends with the reason. No events if nothing is agreed or proposed (Vultron EM).
 */
export function endingEmbargo(em: EmState, reason: ExitReason, note?: string): readonly CaseEvent[] {
  const exited: readonly CaseEvent[] = embargoInForce(em)
    ? [{ type: 'EmbargoExited', reason, ...(note === undefined ? {} : { note }) }]
    : []
  return [...fallingProposal(em), ...exited]
}

/** Rejects an open proposal because work on the case ends. The embargo in force remains as it is. */
export const fallingProposal = (em: EmState): readonly CaseEvent[] =>
  em.is === 'proposed' || em.is === 'revise' ? [{ type: 'EmbargoRejected', proposal: em.proposal }] : []
