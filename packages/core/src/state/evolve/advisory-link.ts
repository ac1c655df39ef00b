import type { AdvisoryLinkEvent } from '../../events/case/advisory-link.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import type { CaseState } from '../state.ts'

/** Folds events about a case's advisory at an external service. */
export function withAdvisoryLinkEvent(
  state: CaseState,
  { type, link }: AdvisoryLinkEvent,
  { at }: RecordedEvent,
): CaseState {
  const seen = type === 'AdvisoryOpened' ? { opened: { at, link } } : { published: { at, link } }
  return { ...state, advisoryLink: { ...state.advisoryLink, ...seen } }
}
