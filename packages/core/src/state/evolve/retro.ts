import type { RetroEvent } from '../../events/case/retro.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import type { CaseState } from '../state.ts'

/** Applies an event about the retrospective to the state of the case. */
export function withRetroEvent(state: CaseState, event: RetroEvent, { at }: RecordedEvent): CaseState {
  const { rootCause, change } = event
  return { ...state, retrospective: { at, rootCause, ...(change === undefined ? {} : { change }) } }
}
