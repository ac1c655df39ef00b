import type { CaseEvent } from '../events/case-events.ts'
import type { Recorded } from '../events/recorded.ts'
import { withEmbargoEvent } from './embargo/evolve.ts'
import { withFixBefore, withFixEvent, withoutFixBefore } from './fix/evolve.ts'
import { withPeopleEvent } from './people/evolve.ts'
import { assertNever } from '../shared/assert-never.ts'
import { CaseId } from '../shared/ids.ts'
import type { ReleaseId } from '../shared/ids.ts'
import { withoutLeak, withWorldEvent } from './world/evolve.ts'
import { withAdvisoryLinkEvent } from './evolve/advisory-link.ts'
import { withChannelEvent } from './evolve/channels.ts'
import { MOVES_NOTHING, withClockEvent } from './evolve/clocks.ts'
import { withCourseEvent } from './evolve/course.ts'
import { withCveEvent } from './evolve/cve.ts'
import { withIntakeEvent } from './evolve/intake.ts'
import { withMergingEvent } from './evolve/merging.ts'
import { withOutsideEvent } from './evolve/outside.ts'
import { withReportManagementEvent } from './evolve/report-management.ts'
import { withTwoPeopleEvent } from './evolve/two-people.ts'
import { initialCase } from './initial.ts'
import type { CaseState } from './state.ts'

/** Folds one event into a case. Never judges: what is in the log has happened. */
export function evolveCase(state: CaseState | undefined, recorded: Recorded, event: CaseEvent): CaseState {
  const before = state ?? initialCase(CaseId.parse(recorded.stream), recorded.at)
  const next = applied(before, event, recorded)
  const moved = MOVES_NOTHING.has(event.type) ? next : withMoved(next, event, recorded.at)
  return { ...moved, version: recorded.version, lastEventAt: recorded.at }
}

/** Whoever was told how far it is knows it no more once something happened; that another was told too changes nothing. */
function withMoved({ upToDate, ...state }: CaseState, { type }: CaseEvent, movedAt: Recorded['at']): CaseState {
  return type === 'ReporterUpdated' && upToDate !== undefined ? { ...state, movedAt, upToDate } : { ...state, movedAt }
}

/** An embargo that expires leaves a fix late that is not there; one that ends early asks nothing of it any more. */
const exitedFrom = (state: CaseState, { reason }: Extract<CaseEvent, { type: 'EmbargoExited' }>): CaseState =>
  reason === 'expired' && state.cs.fixReady === undefined ? withFixBefore(state) : state

/** Recipients who are told anew hold what the release before brought until then, and those who are not hold it still. */
function heldFrom(
  { heldIn, heldBefore = [] }: CaseState,
  release: ReleaseId,
): Pick<CaseState, 'heldIn' | 'heldBefore'> {
  if (heldIn === undefined || heldIn === release) return { heldIn: release }
  return { heldIn: release, heldBefore: [heldIn, ...heldBefore] }
}

/** Each group of events has its own room; a new event is named here and handled there. */
function applied(state: CaseState, event: CaseEvent, recorded: Recorded): CaseState {
  switch (event.type) {
    case 'ReportAttached':
    case 'ImpersonationLogged':
    case 'MessageTakenIn':
    case 'MessageQuarantined':
    case 'MessageSentOut':
    case 'RecipientsWritten':
    case 'ReportForwarded':
    case 'VendorWritten':
    case 'ReporterAddressNamed':
    case 'ReporterAddressSet':
    case 'ReporterAsked':
    case 'ReporterAnswered':
    case 'AdvisoryDrafted':
      return withIntakeEvent(state, event, recorded)
    case 'CaseOpened':
    case 'CaseAcknowledged':
    case 'DispositionSet':
    case 'SeverityRated':
    case 'WeaknessClassified':
    case 'CaseAccepted':
    case 'CaseDeferred':
    case 'CaseClosed':
      return withReportManagementEvent(state, event, recorded)
    case 'InfoRequested':
    case 'InfoReceived':
    case 'InfoMissed':
    case 'ReporterUpdated':
    case 'CaseReopened':
    case 'LateMailSetAside':
    case 'CaseLinked':
    case 'WaitingOnParty':
    case 'PartyAnswered':
    case 'PublicationChosen':
      return withCourseEvent(state, event, recorded)
    case 'RetrospectiveRecorded': {
      const { rootCause, change } = event
      const recordedAt = recorded.at
      return { ...state, retrospective: { at: recordedAt, rootCause, ...(change === undefined ? {} : { change }) } }
    }
    case 'CveRequested':
    case 'CveAssigned':
    case 'CvePublished':
    case 'CveRejected':
      return withCveEvent(state, event, recorded)
    case 'AdvisoryOpened':
    case 'AdvisoryPublished':
      return withAdvisoryLinkEvent(state, event, recorded)
    case 'ReportMoved':
    case 'ReportJoined':
    case 'MessageMoved':
    case 'CasesMerged':
    case 'CaseSplit':
      return withMergingEvent(state, event)
    case 'PersonInvited':
    case 'ConsentGiven':
    case 'ConsentDeclined':
    case 'PersonAway':
    case 'PersonRemoved':
    case 'ConflictDeclared':
    case 'HandoffOffered':
    case 'HandoffAccepted':
    case 'CoordinatorSet':
    case 'StrangerNoticed':
    case 'StrangerLeft':
    case 'PersonKnownAs':
      return withPeopleEvent(state, event, recorded)
    case 'EmbargoProposed':
    case 'EmbargoAccepted':
    case 'EmbargoRejected':
      return { ...state, em: withEmbargoEvent(state.em, event, recorded) }
    case 'EmbargoRoundBegun':
      return {
        ...(state.cs.fixReady === undefined ? withoutFixBefore(state) : state),
        em: withEmbargoEvent(state.em, event, recorded),
        embargoFrom: recorded.at,
      }
    case 'EmbargoExited':
      return withoutLeak({
        ...exitedFrom(state, event),
        em: withEmbargoEvent(state.em, event, recorded),
        // From here on nobody is bound, and another round is for everybody to agree on.
        reports: state.reports.map(({ free: _free, ...report }) => report),
      })
    case 'VendorAware':
    case 'SignalRaised':
    case 'SignalRefused':
    case 'VulnerabilityPublic':
    case 'ExploitPublic':
    case 'AttacksObserved':
    case 'LeakSuspected':
    case 'LeakOutlived':
    case 'SignalCorrected':
      return withWorldEvent(state, event, recorded)
    case 'AffectedBranchSet':
    case 'PatchAssigned':
    case 'PatchSubmitted':
    case 'VerificationRequested':
    case 'FixVerified':
    case 'ChangesRequested':
    case 'BranchWaived':
    case 'FixReady':
    case 'FixWithdrawn':
    case 'FixDeployed':
      return withFixEvent(state, event, recorded)
    case 'ReleaseJoined':
      return {
        ...state,
        release: event.release,
        releaseSince: recorded.at,
        releasesSoFar: state.releasesSoFar + 1,
      }
    case 'ReleaseLeft': {
      const { release: _left, ...rest } = state
      return { ...rest, lastRelease: event.release }
    }
    case 'CasePrenotified':
      return { ...state, ...heldFrom(state, event.release), held: event.patches }
    case 'ApprovalRequested':
    case 'ApprovalGiven':
    case 'ApprovalRefused':
    case 'ApprovalVoided':
    case 'GateWaived':
      return withTwoPeopleEvent(state, event, recorded)
    case 'ReminderDue':
    case 'ClockBreached':
    case 'ClockSnoozed':
    case 'DutyDone':
      return withClockEvent(state, event, recorded)
    case 'ChannelOpened':
    case 'CardPlaced':
    case 'ChannelRenamed':
    case 'ChannelLost':
    case 'ChannelBack':
    case 'ChannelWanted':
    case 'ChannelExposed':
    case 'ChannelCleared':
    case 'ChannelClosing':
    case 'ChannelArchived':
    case 'TalkKept':
    case 'PersonNotThere':
    case 'PersonThere':
      return withChannelEvent(state, event, recorded)
    case 'MailAccepted':
    case 'MailFailed':
    case 'MailWithdrawn':
    case 'MailBounced':
    case 'EffectParked':
    case 'DoubtSettled':
      return withOutsideEvent(state, event, recorded)
    default:
      return assertNever(event)
  }
}
