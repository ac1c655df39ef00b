import type { CaseEvent } from '../events/case-events.ts'
import type { Recorded } from '../events/recorded.ts'
import { assertNever } from '../shared/assert-never.ts'
import { CaseId } from '../shared/ids.ts'
import { withAnswer } from '../report/answers.ts'
import { withFixEvent } from '../fix/evolve.ts'
import { withEmbargoEvent } from '../embargo/evolve.ts'
import { rmAfterDisposition } from '../report/disposition.ts'
import { withDoubtSettled, withParked } from './parked.ts'
import { initialCase } from './initial.ts'
import type { CaseState } from './state.ts'

/** Folds one event into a case. Never judges: what is in the log has happened. */
export function evolveCase(state: CaseState | undefined, recorded: Recorded, event: CaseEvent): CaseState {
  const before = state ?? initialCase(CaseId.parse(recorded.stream), recorded.at)
  const next = applied(before, event, recorded)
  return { ...next, version: recorded.version, lastEventAt: recorded.at }
}

function applied(state: CaseState, event: CaseEvent, recorded: Recorded): CaseState {
  const { at, actor } = recorded
  switch (event.type) {
    case 'CaseOpened':
      return { ...state, project: event.project, publication: event.publication, openedAt: at }
    case 'ReportAttached':
      return {
        ...state,
        reports: [
          ...state.reports,
          {
            id: event.report,
            reporter: event.reporter,
            identity: event.identity,
            message: event.message,
            receivedAt: event.receivedAt,
            answerable: event.answerable,
            asked: false,
            ...(event.person === undefined ? {} : { person: event.person }),
          },
        ],
      }
    case 'MessageTakenIn': {
      const { message, from, trust, report } = event
      const taken = { message, from, trust, at, ...(report === undefined ? {} : { report }) }
      return {
        ...state,
        messages: [...state.messages, taken],
        unanswered: from === 'team' || event.automatic ? state.unanswered : state.unanswered + 1,
      }
    }
    case 'MessageQuarantined':
      return { ...state, quarantined: [...state.quarantined, event.message] }
    case 'MessageSentOut':
      return { ...state, unanswered: 0, lastMailOutAt: at }
    case 'ReporterAsked':
      return {
        ...state,
        reports: state.reports.map((report) => (report.id === event.report ? { ...report, asked: true } : report)),
      }
    case 'ReporterAnswered':
      return {
        ...state,
        reports: state.reports.map((report) =>
          report.id === event.report ? withAnswer(report, event.answer) : report,
        ),
        unanswered: event.message === undefined ? state.unanswered : Math.max(0, state.unanswered - 1),
      }
    case 'AdvisoryDrafted': {
      const { component, impact, workaround } = event
      return { ...state, advisory: { component, impact, ...(workaround === undefined ? {} : { workaround }) } }
    }
    case 'CaseAcknowledged':
      return {
        ...state,
        acknowledgedAt: state.acknowledgedAt ?? at,
        ...(state.acknowledgedBy === undefined && actor.kind === 'person' && actor.person !== undefined
          ? { acknowledgedBy: actor.person }
          : {}),
        unanswered: 0,
      }
    case 'CoordinatorSet':
      return { ...state, coordinator: event.person }
    case 'DispositionSet':
      return { ...state, disposition: event.disposition, rm: rmAfterDisposition(state.rm, event.disposition) }
    case 'SeverityRated':
      return {
        ...state,
        severity: event.severity,
        ...(event.cvss3 === undefined ? {} : { cvss3: event.cvss3 }),
        ...(event.cvss4 === undefined ? {} : { cvss4: event.cvss4 }),
      }
    case 'WeaknessClassified':
      return { ...state, cwe: event.cwe }
    case 'CaseAccepted':
      return { ...state, rm: 'accepted', acceptedAt: at }
    case 'CaseDeferred':
      return { ...state, rm: 'deferred' }
    case 'CaseClosed':
      return { ...state, rm: 'closed', closedAt: at }
    case 'PersonInvited':
      return { ...state, people: { ...state.people, [event.person]: event.role } }
    case 'StrangerNoticed':
      return state
    case 'VendorAware':
      return { ...state, cs: { ...state.cs, vendorAware: at } }
    case 'VulnerabilityPublic':
      return { ...state, cs: { ...state.cs, public: state.cs.public ?? at } }
    case 'EmbargoProposed':
    case 'EmbargoAccepted':
    case 'EmbargoRejected':
    case 'EmbargoExited':
      return { ...state, em: withEmbargoEvent(state.em, event, at) }
    case 'AffectedBranchSet':
    case 'PatchAssigned':
    case 'PatchSubmitted':
    case 'VerificationRequested':
    case 'FixVerified':
    case 'ChangesRequested':
    case 'BranchWaived':
    case 'FixReady':
    case 'FixWithdrawn':
      return withFixEvent(state, event, recorded)
    case 'ReleaseJoined':
      return { ...state, release: event.release, releasesSoFar: state.releasesSoFar + 1 }
    case 'ReleaseLeft': {
      const { release: _left, ...rest } = state
      return rest
    }
    case 'ApprovalRequested': {
      const { type: _type, approval: id, ...asked } = event
      return { ...state, approvals: [...state.approvals, { ...asked, id, askedAt: at, status: 'open' }] }
    }
    case 'ApprovalGiven':
      return withApproval(state, event.approval, 'given')
    case 'ApprovalRefused':
      return withApproval(state, event.approval, 'refused')
    case 'ApprovalVoided':
      return withApproval(state, event.approval, 'void')
    case 'ReminderDue':
      return { ...state, told: { ...state.told, [`${event.clock}:${event.round}`]: event.fraction } }
    case 'ClockBreached':
      return { ...state, told: { ...state.told, [`${event.clock}:${event.round}`]: Number.MAX_VALUE } }
    case 'ChannelOpened': {
      const { platform, channel, name } = event
      return { ...state, channels: { ...state.channels, [platform]: { channel, name, cards: {} } } }
    }
    case 'CardPlaced':
      return withCard(state, event)
    case 'MailAccepted':
      return { ...state, lastMailOutAt: event.to.startsWith('report:') ? at : (state.lastMailOutAt ?? at) }
    case 'MailFailed':
    case 'MailBounced':
      return state
    case 'EffectParked':
      return { ...state, parked: withParked(state.parked, event, at) }
    case 'DoubtSettled':
      return { ...state, parked: withDoubtSettled(state.parked, event.effect) }
    default:
      return assertNever(event)
  }
}

function withApproval(state: CaseState, id: string, status: 'given' | 'refused' | 'void'): CaseState {
  return { ...state, approvals: state.approvals.map((one) => (one.id === id ? { ...one, status } : one)) }
}

function withCard(state: CaseState, event: Extract<CaseEvent, { type: 'CardPlaced' }>): CaseState {
  const channel = state.channels[event.platform]
  if (channel === undefined) return state
  const cards = { ...channel.cards, [event.slot]: event.message }
  return { ...state, channels: { ...state.channels, [event.platform]: { ...channel, cards } } }
}
