import type { TwoPeopleEvent } from '../../events/case/two-people.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Approval, CaseState } from '../state.ts'

/** Updates the state of the case after an event about an approval request to a second person, or about a waiver. */
export function withTwoPeopleEvent(state: CaseState, event: TwoPeopleEvent, { at }: RecordedEvent): CaseState {
  switch (event.type) {
    case 'ApprovalRequested': {
      const { type: _type, approval: id, ...fields } = event
      return { ...state, approvals: [...state.approvals, { ...fields, id, askedAt: at, status: 'open' }] }
    }
    case 'ApprovalGiven':
      return withApproval(state, event.approval, {
        status: 'given',
        givenAt: at,
        ...(event.by && { givenBy: event.by }),
      })
    case 'ApprovalRefused':
      return withApproval(state, event.approval, { status: 'refused' })
    case 'ApprovalVoided':
      return withApproval(state, event.approval, { status: 'void' })
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
  became: Pick<Approval, 'status' | 'givenAt' | 'givenBy'>,
): CaseState {
  return { ...state, approvals: state.approvals.map((one) => (one.id === id ? { ...one, ...became } : one)) }
}
