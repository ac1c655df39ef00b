import type { EmState } from '../state.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ExitReason } from '../../shared/words.ts'
import { embargoInForce } from './evolve.ts'

/**
 * What ends an embargo, whatever state it is in: an open proposal is rejected first, by nobody, and what is in force is
 * left with its reason. Nothing where nothing is agreed or asked (Vultron EM: no move leads out of none or exited).
 */
export function endingEmbargo(em: EmState, reason: ExitReason, note?: string): readonly CaseEvent[] {
  const exited: readonly CaseEvent[] = embargoInForce(em)
    ? [{ type: 'EmbargoExited', reason, ...(note === undefined ? {} : { note }) }]
    : []
  return [...fallingProposal(em), ...exited]
}

/** What nobody has answered falls, and what is in force stays: proposals live only while the case is worked on. */
export const fallingProposal = (em: EmState): readonly CaseEvent[] =>
  em.is === 'proposed' || em.is === 'revise' ? [{ type: 'EmbargoRejected', proposal: em.proposal }] : []
