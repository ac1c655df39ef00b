import type { MergingEvent } from '../../events/case/merging.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Branch } from '../fix/state.ts'
import type { CaseState, Report, Signal } from '../state.ts'
import { withoutQuestion } from './course.ts'
import { withJoined, withoutMoved } from './delivery.ts'
import { withoutUnreadOf } from './unread.ts'

/** Updates the state of a case after an event about a merge, a split, or a report or mail that moves between cases. */
export function withMergingEvent(state: CaseState, event: MergingEvent): CaseState {
  switch (event.type) {
    case 'ReportMoved': {
      const moved = state.reports.filter(({ id }) => id === event.report)
      return {
        ...withoutMoved(withoutUnreadOf(unasked(state, event.report), event.report, moved[0]?.message), event.lost),
        reports: state.reports.filter(({ id }) => id !== event.report),
        moved: [...state.moved, ...moved.map((report) => ({ report, to: event.to, as: event.as }))],
      }
    }
    case 'ReportJoined':
      return {
        ...withJoined(state, event),
        reports: [...state.reports, joinedReport(state, event)],
        moved: state.moved.filter(({ report }) => report.id !== event.report),
      }
    case 'MessageMoved': {
      const { message, from, trust, checks, takenAt: at, report, recipient, vendor, automatic, unread } = event
      const waits = unread === undefined ? {} : { unread }
      if (state.messages.some((one) => one.message === message))
        return {
          ...state,
          messages: state.messages.map((one) => (one.message === message ? { ...one, ...waits } : one)),
        }
      const program = automatic === undefined ? {} : { automatic }
      const about = {
        ...(report === undefined ? {} : { report }),
        ...(recipient === undefined ? {} : { recipient }),
        ...(vendor === undefined ? {} : { vendor }),
        ...(checks === undefined ? {} : { checks }),
      }
      return { ...state, messages: [...state.messages, { message, from, trust, at, ...program, ...waits, ...about }] }
    }
    case 'CasesMerged':
      return event.as === 'into'
        ? { ...state, mergedInto: event.with }
        : {
            ...state,
            links: [...state.links, { case: event.with, as: 'merged-from' }],
            signals: state.signals.map((signal) => knownSince(signal, event.attacked)),
          }
    case 'CaseSplit':
      return {
        ...state,
        links: [...state.links, { case: event.into, as: 'split-into' }],
        divided: [...(state.divided ?? []), { report: event.report, into: event.into, reason: event.reason }],
      }
    default:
      return assertNever(event)
  }
}

/**
 * Deadlines for reports to authorities start when the team learns of the attacks, so the earlier time of the two cases
 * counts.
 */
const knownSince = (signal: Signal, attacked: Instant | undefined): Signal =>
  signal.is === 'counted' && signal.what === 'attack' && attacked !== undefined && attacked < signal.raisedAt
    ? { ...signal, raisedAt: attacked }
    : signal

/**
 * Removes the open question to the reporter whose report has moved, because the reporter answers in the case that now
 * has the report.
 */
function unasked(before: CaseState, report: Report['id']): CaseState {
  const state = before.needsInfo?.report === report ? withoutQuestion(before) : before
  return { ...state, branches: state.branches.map((branch) => withoutCheckBy(branch, report)) }
}

/**
 * If the reporter who was asked to check a patch has moved to another case with their report, the team checks the
 * patch.
 */
function withoutCheckBy(branch: Branch, report: Report['id']): Branch {
  const { fix } = branch
  if (fix?.is !== 'submitted' || fix.verification?.report !== report) return branch
  const { askedAt, dueAt } = fix.verification
  return { ...branch, fix: { ...fix, verification: { of: 'team', askedAt, dueAt } } }
}

function joinedReport({ moved }: CaseState, event: Extract<MergingEvent, { type: 'ReportJoined' }>): Report {
  const { type: _type, report: id, by, from, was, aiUse, lost: _lost, ...kept } = event
  const before = moved.find(({ report }) => report.id === id)?.report.joined
  return {
    ...kept,
    id,
    ...(aiUse === undefined ? {} : { aiUse: { about: 'ai-use', ...aiUse } }),
    // A merge sets `joined`. Any other move restores the `joined` that the report had when it left this case, if it was
    // here before.
    ...(by === 'merge' ? { joined: { case: from, report: was } } : before === undefined ? {} : { joined: before }),
  }
}
