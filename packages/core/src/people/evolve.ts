import type { CaseState } from '../case/state.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { assertNever } from '../shared/assert-never.ts'

export type PeopleEvent = Extract<CaseEvent, { type: 'PersonInvited' | 'StrangerNoticed' }>

/** Who is on the case. */
export function withPeopleEvent(state: CaseState, event: PeopleEvent): CaseState {
  switch (event.type) {
    case 'PersonInvited':
      return { ...state, people: { ...state.people, [event.person]: event.role } }
    case 'StrangerNoticed':
      return state
    default:
      return assertNever(event)
  }
}
