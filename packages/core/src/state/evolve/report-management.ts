import type { ReportManagementEvent } from '../../events/case/report-management.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { withoutOffer } from '../people/evolve.ts'
import { rmAfterDisposition } from '../report/disposition.ts'
import { recordFirstRating, initialSeverity, recordSeverity } from '../report/severity-history.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Disposition } from '../../shared/words.ts'
import type { CaseState } from '../state.ts'
import { withClosed } from './course.ts'
import { withAllRead } from './unread.ts'

/** Applies an event about the disposition or the stage of the case to its state. */
export function withReportManagementEvent(
  state: CaseState,
  event: ReportManagementEvent,
  { at, actor }: RecordedEvent,
): CaseState {
  switch (event.type) {
    case 'CaseOpened':
      return {
        ...state,
        project: event.project,
        publication: event.publication,
        openedAt: at,
        ...(event.practice === undefined ? {} : { practice: event.practice }),
      }
    case 'CaseAcknowledged':
      return {
        ...withAllRead(state),
        acknowledgedAt: state.acknowledgedAt ?? at,
        ...(state.acknowledgedBy === undefined && actor.kind === 'person' && actor.person !== undefined
          ? { acknowledgedBy: actor.person }
          : {}),
      }
    case 'DispositionSet':
      return {
        ...withVendor(state, event),
        disposition: event.disposition,
        decidedAt: at,
        firstDecidedAt: state.firstDecidedAt ?? at,
        ...judged(state, event.disposition, at),
      }
    case 'SeverityRated':
      return {
        ...state,
        severity: event.severity,
        ...(event.severity === state.severity ? {} : { ratedAt: at }),
        severeSince:
          state.severity === undefined
            ? recordFirstRating(state.severeSince ?? {}, event.severity, at)
            : recordSeverity(state.severeSince ?? {}, event.severity, at),
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
        // When work on a deferred case resumes, its deadlines start again.
        ...(state.rm === 'deferred' ? { reopenedAt: at, severeSince: initialSeverity(state.severity, at) } : {}),
      }
    case 'CaseDeferred':
      return { ...state, rm: 'deferred' }
    case 'CaseClosed':
      return withClosed(withoutOffer(state), at)
    default:
      return assertNever(event)
  }
}

/**
 * The changes of the state after a verdict on the case. A case that was found valid keeps `onceValid`, so that it is
 * valid at once if it is reopened later. The deadline for its fix starts, even if its severity has not been rated.
 */
function judged(
  state: CaseState,
  disposition: Disposition,
  at: Instant,
): Pick<CaseState, 'rm' | 'onceValid' | 'severeSince'> {
  const rm = rmAfterDisposition(state.rm, disposition)
  const { severeSince = initialSeverity(state.severity, at) } = state
  return { rm, ...(rm === 'invalid' ? {} : { onceValid: true, severeSince }) }
}

/** The vendor stays on record even if the disposition changes. */
function withVendor(
  state: CaseState,
  { vendor: name, contact }: Extract<ReportManagementEvent, { type: 'DispositionSet' }>,
): CaseState {
  if (name === undefined && contact === undefined) return state
  return {
    ...state,
    vendor: {
      ...state.vendor,
      ...(name === undefined ? {} : { name }),
      ...(contact === undefined ? {} : { contact }),
    },
  }
}
