import type { EmState } from './state.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ExitReason } from '../../shared/words.ts'
import { embargoInForce } from './evolve.ts'

/**
 * The events that end an embargo, whatever its state. First an open proposal is rejected, without a name. Then the
 * embargo in force ends, with the reason. There are no events if nothing is agreed or proposed (Vultron EM: no
 * transition leads out of none or exited).
 */
export function endingEmbargo(em: EmState, reason: ExitReason, note?: string): readonly CaseEvent[] {
  const exited: readonly CaseEvent[] = embargoInForce(em)
    ? [{ type: 'EmbargoExited', reason, ...(note === undefined ? {} : { note }) }]
    : []
  return [...fallingProposal(em), ...exited]
}

/**
 * Rejects an open proposal, and leaves the embargo in force as it is. Used when work on the case ends, because a
 * proposal is only open while people work on the case.
 */
export const fallingProposal = (em: EmState): readonly CaseEvent[] =>
  em.is === 'proposed' || em.is === 'revise' ? [{ type: 'EmbargoRejected', proposal: em.proposal }] : []
