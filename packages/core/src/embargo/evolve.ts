import type { EmState } from '../case/state.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { assertNever } from '../shared/assert-never.ts'
import type { Instant } from '../shared/instant.ts'

export type EmbargoEvent = Extract<
  CaseEvent,
  { type: 'EmbargoProposed' | 'EmbargoAccepted' | 'EmbargoRejected' | 'EmbargoExited' }
>

export function withEmbargoEvent(em: EmState, event: EmbargoEvent, at: Instant): EmState {
  switch (event.type) {
    case 'EmbargoProposed':
      return em.is === 'active' || em.is === 'revise'
        ? { is: 'revise', end: em.end, proposal: event.proposal, proposedEnd: event.end }
        : { is: 'proposed', proposal: event.proposal, end: event.end }
    case 'EmbargoAccepted':
      return { is: 'active', end: event.end }
    case 'EmbargoRejected':
      return em.is === 'revise' ? { is: 'active', end: em.end } : { is: 'none' }
    case 'EmbargoExited':
      return { is: 'exited', reason: event.reason, at }
    default:
      return assertNever(event)
  }
}

/** Whether secrecy is agreed and in force; a revision under discussion keeps the old end. */
export const embargoInForce = (em: EmState): em is Extract<EmState, { is: 'active' | 'revise' }> =>
  em.is === 'active' || em.is === 'revise'
