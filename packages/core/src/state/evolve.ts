import {
  isIntakeEvent,
  isKeysEvent,
  isReportManagementEvent,
  isCourseEvent,
  isRetroEvent,
  isCveEvent,
  isCorrectionEvent,
  isAdvisoryLinkEvent,
  isMergingEvent,
  isCasePeopleEvent,
  isEmbargoEvent,
  isWorldEvent,
  isFixEvent,
  isReleaseEvent,
  isTwoPeopleEvent,
  isClocksEvent,
  isChannelsEvent,
  isOutsideEvent,
} from '../events/case-events.ts'
import type { CaseEvent } from '../events/case-events.ts'
import type { RecordedEvent } from '../events/recorded-event.ts'
import { assertNever } from '../shared/assert-never.ts'
import { CaseId } from '../shared/ids.ts'
import { withIntakeEvent } from './evolve/intake.ts'
import { withKeysEvent } from './evolve/keys.ts'
import { withReportManagementEvent } from './evolve/report-management.ts'
import { withCourseEvent } from './evolve/course.ts'
import { withRetroEvent } from './evolve/retro.ts'
import { withCveEvent } from './evolve/cve.ts'
import { withCorrectionEvent } from './evolve/correction.ts'
import { withAdvisoryLinkEvent } from './evolve/advisory-link.ts'
import { withMergingEvent } from './evolve/merging.ts'
import { withPeopleEvent } from './people/evolve.ts'
import { withCaseEmbargoEvent } from './evolve/embargo.ts'
import { withWorldEvent } from './world/evolve.ts'
import { withFixEvent } from './fix/evolve.ts'
import { withCaseReleaseEvent } from './evolve/release.ts'
import { withTwoPeopleEvent } from './evolve/two-people.ts'
import { MOVES_NOTHING, withClockEvent } from './evolve/clocks.ts'
import { withChannelEvent } from './evolve/channels.ts'
import { withOutsideEvent } from './evolve/outside.ts'
import { initialCase } from './initial.ts'
import type { CaseState } from './state.ts'

/**
 * Applies one event to the state of a case. No event is refused here, because an event in the log has already happened.
 */
export function evolveCase(state: CaseState | undefined, recorded: RecordedEvent, event: CaseEvent): CaseState {
  const before = state ?? initialCase(CaseId.parse(recorded.stream), recorded.at)
  const next = applied(before, event, recorded)
  const moved = MOVES_NOTHING.has(event.type) ? next : withMoved(next, event, recorded.at)
  return { ...moved, version: recorded.version, lastEventAt: recorded.at }
}

/**
 * After any event, the last progress report is outdated. The exception is the event that sends the same progress report
 * to another reporter.
 */
function withMoved({ upToDate, ...state }: CaseState, { type }: CaseEvent, movedAt: RecordedEvent['at']): CaseState {
  return type === 'ReporterUpdated' && upToDate !== undefined ? { ...state, movedAt, upToDate } : { ...state, movedAt }
}

/** Each group of events has its own fold. The compiler reports a group that is missing here. */
function applied(state: CaseState, event: CaseEvent, recorded: RecordedEvent): CaseState {
  if (isIntakeEvent(event)) return withIntakeEvent(state, event, recorded)
  if (isKeysEvent(event)) return withKeysEvent(state, event, recorded)
  if (isReportManagementEvent(event)) return withReportManagementEvent(state, event, recorded)
  if (isCourseEvent(event)) return withCourseEvent(state, event, recorded)
  if (isRetroEvent(event)) return withRetroEvent(state, event, recorded)
  if (isCveEvent(event)) return withCveEvent(state, event, recorded)
  if (isCorrectionEvent(event)) return withCorrectionEvent(state, event, recorded)
  if (isAdvisoryLinkEvent(event)) return withAdvisoryLinkEvent(state, event, recorded)
  if (isMergingEvent(event)) return withMergingEvent(state, event)
  if (isCasePeopleEvent(event)) return withPeopleEvent(state, event, recorded)
  if (isEmbargoEvent(event)) return withCaseEmbargoEvent(state, event, recorded)
  if (isWorldEvent(event)) return withWorldEvent(state, event, recorded)
  if (isFixEvent(event)) return withFixEvent(state, event, recorded)
  if (isReleaseEvent(event)) return withCaseReleaseEvent(state, event, recorded)
  if (isTwoPeopleEvent(event)) return withTwoPeopleEvent(state, event, recorded)
  if (isClocksEvent(event)) return withClockEvent(state, event, recorded)
  if (isChannelsEvent(event)) return withChannelEvent(state, event, recorded)
  if (isOutsideEvent(event)) return withOutsideEvent(state, event, recorded)
  return assertNever(event)
}
