import type { CaseEvent } from '../../events/case-events.ts'
import type { Recorded } from '../../events/recorded.ts'
import { withoutOffer } from '../../people/evolve.ts'
import { rmAfterDisposition } from '../../report/disposition.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Disposition } from '../../shared/words.ts'
import type { CaseState } from '../state.ts'
import { withClosed } from './course.ts'

export type ReportManagementEvent = Extract<
  CaseEvent,
  {
    type:
      | 'CaseOpened'
      | 'CaseAcknowledged'
      | 'DispositionSet'
      | 'SeverityRated'
      | 'WeaknessClassified'
      | 'CaseAccepted'
      | 'CaseDeferred'
      | 'CaseClosed'
  }
>

/** What the case is and how far it is. */
export function withReportManagementEvent(
  state: CaseState,
  event: ReportManagementEvent,
  { at, actor }: Recorded,
): CaseState {
  switch (event.type) {
    case 'CaseOpened':
      return { ...state, project: event.project, publication: event.publication, openedAt: at }
    case 'CaseAcknowledged':
      return {
        ...state,
        acknowledgedAt: state.acknowledgedAt ?? at,
        ...(state.acknowledgedBy === undefined && actor.kind === 'person' && actor.person !== undefined
          ? { acknowledgedBy: actor.person }
          : {}),
        unanswered: 0,
      }
    case 'DispositionSet':
      return {
        ...state,
        disposition: event.disposition,
        decidedAt: at,
        ...judged(state, event.disposition),
      }
    case 'SeverityRated':
      return {
        ...state,
        severity: event.severity,
        ...(event.severity === state.severity ? {} : { ratedAt: at }),
        ...(event.cvss3 === undefined ? {} : { cvss3: event.cvss3 }),
        ...(event.cvss4 === undefined ? {} : { cvss4: event.cvss4 }),
      }
    case 'WeaknessClassified':
      return { ...state, cwe: event.cwe }
    case 'CaseAccepted':
      return {
        ...state,
        rm: 'accepted',
        acceptedAt: at,
        // What rested is taken up again: its time begins anew.
        ...(state.rm === 'deferred' ? { reopenedAt: at } : {}),
      }
    case 'CaseDeferred':
      return { ...state, rm: 'deferred' }
    case 'CaseClosed':
      return withClosed(withoutOffer(state), at)
    default:
      return assertNever(event)
  }
}

/** Once valid is remembered: a later round of the case begins from there. */
function judged(state: CaseState, disposition: Disposition): Pick<CaseState, 'rm' | 'onceValid'> {
  const rm = rmAfterDisposition(state.rm, disposition)
  return { rm, ...(rm === 'invalid' ? {} : { onceValid: true }) }
}
