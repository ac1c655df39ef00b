import type { CaseEvent } from '../events/case-events.ts'
import { intake } from '../events/case/intake.ts'
import { reportManagement } from '../events/case/report-management.ts'
import { course } from '../events/case/course.ts'
import { retro } from '../events/case/retro.ts'
import { cve } from '../events/case/cve.ts'
import { advisoryLink } from '../events/case/advisory-link.ts'
import { merging } from '../events/case/merging.ts'
import { people } from '../events/case/people.ts'
import { embargo } from '../events/case/embargo.ts'
import { world } from '../events/case/world.ts'
import { fix } from '../events/case/fix.ts'
import { release } from '../events/case/release.ts'
import { twoPeople } from '../events/case/two-people.ts'
import { clocks } from '../events/case/clocks.ts'
import { channels } from '../events/case/channels.ts'
import { outside } from '../events/case/outside.ts'
import { guardOf } from '../events/fact.ts'
import type { Recorded } from '../events/recorded.ts'
import { assertNever } from '../shared/assert-never.ts'
import { CaseId } from '../shared/ids.ts'
import { withIntakeEvent } from './evolve/intake.ts'
import { withReportManagementEvent } from './evolve/report-management.ts'
import { withCourseEvent } from './evolve/course.ts'
import { withRetroEvent } from './evolve/retro.ts'
import { withCveEvent } from './evolve/cve.ts'
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

const isIntake = guardOf(intake)
const isReportManagement = guardOf(reportManagement)
const isCourse = guardOf(course)
const isRetro = guardOf(retro)
const isCve = guardOf(cve)
const isAdvisoryLink = guardOf(advisoryLink)
const isMerging = guardOf(merging)
const isPeople = guardOf(people)
const isEmbargo = guardOf(embargo)
const isWorld = guardOf(world)
const isFix = guardOf(fix)
const isRelease = guardOf(release)
const isTwoPeople = guardOf(twoPeople)
const isClocks = guardOf(clocks)
const isChannels = guardOf(channels)
const isOutside = guardOf(outside)

/** Folds one event into a case. It never judges: an event in the log has happened. */
export function evolveCase(state: CaseState | undefined, recorded: Recorded, event: CaseEvent): CaseState {
  const before = state ?? initialCase(CaseId.parse(recorded.stream), recorded.at)
  const next = applied(before, event, recorded)
  const moved = MOVES_NOTHING.has(event.type) ? next : withMoved(next, event, recorded.at)
  return { ...moved, version: recorded.version, lastEventAt: recorded.at }
}

/** Any event makes an earlier progress report outdated, except that another reporter was told too. */
function withMoved({ upToDate, ...state }: CaseState, { type }: CaseEvent, movedAt: Recorded['at']): CaseState {
  return type === 'ReporterUpdated' && upToDate !== undefined ? { ...state, movedAt, upToDate } : { ...state, movedAt }
}

/** Each group of events has its own fold. A group that is missing here does not compile. */
function applied(state: CaseState, event: CaseEvent, recorded: Recorded): CaseState {
  if (isIntake(event)) return withIntakeEvent(state, event, recorded)
  if (isReportManagement(event)) return withReportManagementEvent(state, event, recorded)
  if (isCourse(event)) return withCourseEvent(state, event, recorded)
  if (isRetro(event)) return withRetroEvent(state, event, recorded)
  if (isCve(event)) return withCveEvent(state, event, recorded)
  if (isAdvisoryLink(event)) return withAdvisoryLinkEvent(state, event, recorded)
  if (isMerging(event)) return withMergingEvent(state, event)
  if (isPeople(event)) return withPeopleEvent(state, event, recorded)
  if (isEmbargo(event)) return withCaseEmbargoEvent(state, event, recorded)
  if (isWorld(event)) return withWorldEvent(state, event, recorded)
  if (isFix(event)) return withFixEvent(state, event, recorded)
  if (isRelease(event)) return withCaseReleaseEvent(state, event, recorded)
  if (isTwoPeople(event)) return withTwoPeopleEvent(state, event, recorded)
  if (isClocks(event)) return withClockEvent(state, event, recorded)
  if (isChannels(event)) return withChannelEvent(state, event, recorded)
  if (isOutside(event)) return withOutsideEvent(state, event, recorded)
  return assertNever(event)
}
