import type { CaseState } from '../case/state.ts'
import type { CaseEvent } from '../events/case-events.ts'
import type { Recorded } from '../events/recorded.ts'
import { assertNever } from '../shared/assert-never.ts'

export type WorldEvent = Extract<CaseEvent, { type: 'VendorAware' | 'VulnerabilityPublic' }>

/** What the vendor and the world know. */
export function withWorldEvent(state: CaseState, event: WorldEvent, { at }: Recorded): CaseState {
  switch (event.type) {
    case 'VendorAware':
      return { ...state, cs: { ...state.cs, vendorAware: at } }
    case 'VulnerabilityPublic':
      return { ...state, cs: { ...state.cs, public: state.cs.public ?? at } }
    default:
      return assertNever(event)
  }
}
