import type { CaseEvent } from '../../events/case-events.ts'
import type { Recorded } from '../../events/recorded.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { PersonId } from '../../shared/ids.ts'
import type { CaseState } from '../state.ts'

export type TwoPeopleEvent = Extract<
  CaseEvent,
  { type: 'ApprovalRequested' | 'ApprovalGiven' | 'ApprovalRefused' | 'ApprovalVoided' | 'GateWaived' }
>

/** What waits for a second person. */
export function withTwoPeopleEvent(state: CaseState, event: TwoPeopleEvent, { at }: Recorded): CaseState {
  switch (event.type) {
    case 'ApprovalRequested': {
      const { type: _type, approval: id, ...asked } = event
      return { ...state, approvals: [...state.approvals, { ...asked, id, askedAt: at, status: 'open' }] }
    }
    case 'ApprovalGiven':
      return withApproval(state, event.approval, 'given', event.by)
    case 'ApprovalRefused':
      return withApproval(state, event.approval, 'refused')
    case 'ApprovalVoided':
      return withApproval(state, event.approval, 'void')
    case 'GateWaived': {
      const { type: _type, ...waiver } = event
      return { ...state, waivers: [...state.waivers, { ...waiver, at, round: state.round }] }
    }
    default:
      return assertNever(event)
  }
}

function withApproval(
  state: CaseState,
  id: string,
  status: 'given' | 'refused' | 'void',
  givenBy?: PersonId,
): CaseState {
  const became = { status, ...(givenBy === undefined ? {} : { givenBy }) }
  return { ...state, approvals: state.approvals.map((one) => (one.id === id ? { ...one, ...became } : one)) }
}
