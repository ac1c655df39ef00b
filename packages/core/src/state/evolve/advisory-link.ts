import type { AdvisoryLinkEvent } from '../../events/case/advisory-link.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import type { CaseState } from '../state.ts'
import { withUnpublished } from './unpublished-facts.ts'

/** Applies an event about the advisory at an external service to the state of the case. */
export function withAdvisoryLinkEvent(state: CaseState, event: AdvisoryLinkEvent, { at }: RecordedEvent): CaseState {
  const { link } = event
  if (event.type === 'AdvisoryOpened') {
    const { revision } = event
    const opened = { at, link, ...(revision !== undefined && { revision }) }
    return { ...state, advisoryLink: { ...state.advisoryLink, opened } }
  }
  const linked = { ...state, advisoryLink: { ...state.advisoryLink, published: { at, link } } }
  return event.late === undefined ? linked : withUnpublished(linked, 'links')
}
