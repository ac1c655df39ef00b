import type { Answer } from '../../events/answers.ts'
import type { IntakeEvent } from '../../events/case/intake.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { withAnswer } from '../report/answers.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { ReportId } from '../../shared/ids.ts'
import type { Instant } from '../../shared/instant.ts'
import { withUnpublished } from './unpublished-facts.ts'
import type { CaseState, Report } from '../state.ts'
import { addresseeKey } from '../../vocabulary/addressee.ts'
import { withoutLateAnswer } from './course.ts'
import { withHeardFrom, withWritten } from './delivery.ts'
import {
  withAnswered,
  withMore,
  withRead,
  withRecipientsAnswered,
  withSeen,
  withUnread,
  withVendorAnswered,
} from './unread.ts'

/** Updates the state of the case after an event about a report, a mail in either direction, or a reporter's answer. */
export function withIntakeEvent(state: CaseState, event: IntakeEvent, { at }: RecordedEvent): CaseState {
  switch (event.type) {
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
            ...(event.through === undefined ? {} : { through: event.through }),
            ...(event.advisory === undefined ? {} : { advisory: event.advisory }),
            ...(event.earlier === undefined ? {} : { earlier: event.earlier }),
            ...(event.receipt === undefined ? {} : { receipt: event.receipt }),
          },
        ],
      }
    case 'ImpersonationLogged':
      return {
        ...state,
        reports: state.reports.map((report) => (report.id === event.report ? withoutPerson(report) : report)),
      }
    case 'MessageTakenIn': {
      const { message, from, trust, checks, report, recipient, vendor, returned } = event
      const automatic = event.automatic ? { automatic: true as const } : {}
      const waits = from !== 'team' && !event.automatic
      const unread = waits ? { unread: true as const } : {}
      const about = {
        ...(report === undefined ? {} : { report }),
        ...(recipient === undefined ? {} : { recipient }),
        ...(vendor === undefined ? {} : { vendor }),
        ...(checks === undefined ? {} : { checks }),
        ...(returned === undefined ? {} : { returned }),
      }
      const ofReporter = waits && recipient === undefined && vendor === undefined
      return {
        ...heardFrom(ofReporter ? withUnread(state, message, report) : state, event),
        messages: [...state.messages, { message, from, trust, at, ...automatic, ...unread, ...about }],
        ...(waits ? lateAnswer(state, at) : {}),
      }
    }
    case 'MessageChecked':
      return withChecked(state, event)
    case 'MessageQuarantined':
      return { ...state, quarantined: [...state.quarantined, event.message], ...lateAnswer(state, at) }
    case 'MessageSentOut': {
      const { report, sha256 } = event
      const answered = withAnswered(state, report)
      return {
        ...withWritten(seen(answered), addresseeKey({ kind: 'report', report }), at),
        lastReply: { report, sha256 },
      }
    }
    case 'RecipientsWritten':
      return {
        ...seen(withRecipientsAnswered(state, event.to)),
        lastToRecipients: { to: event.to, sha256: event.sha256 },
        ...(event.exploit === undefined ? {} : { sharedExploit: withExploit(state, event.to, at) }),
      }
    case 'ExploitShared':
      return { ...state, sharedExploit: withExploit(state, event.to, at) }
    case 'ReportForwarded': {
      const { report: id, to, sha256 } = event
      const withForward = (report: Report): Report => ({
        ...report,
        forwarded: [...(report.forwarded ?? []), { to, sha256 }],
      })
      return { ...state, reports: state.reports.map((report) => (report.id === id ? withForward(report) : report)) }
    }
    case 'VendorWritten': {
      const { to, sha256 } = event
      return { ...seen(withVendorAnswered(state, to)), lastToVendor: { to, sha256 } }
    }
    case 'ReporterAddressNamed': {
      const { report, message, identity } = event
      return withReport(state, report, (one) => ({ ...one, named: { message, identity } }))
    }
    case 'ReporterAddressSet': {
      const { report, identity } = event
      const reached = withHeardFrom(state, addresseeKey({ kind: 'report', report }))
      return withReport(reached, report, ({ named: _named, ...one }) => ({ ...one, identity, answerable: true }))
    }
    case 'ReporterAsked':
      return {
        ...state,
        reports: state.reports.map((report) => (report.id === event.report ? { ...report, asked: true } : report)),
      }
    case 'ReporterAnswered': {
      const { message, answer, more, late } = event
      const read = seen(
        more === true
          ? withMore(state, message)
          : ANSWERS_A_MAIL.has(answer.about)
            ? withRead(state, message)
            : withSeen(state, message),
      )
      return {
        ...(late === undefined ? read : withUnpublished(read, 'credit')),
        reports: state.reports.map((report) =>
          report.id === event.report ? withAnswer(report, event.answer) : report,
        ),
        messages: read.messages.map((mail) =>
          mail.message === event.message ? { ...mail, logged: [...(mail.logged ?? []), event.answer] } : mail,
        ),
      }
    }
    case 'AdvisoryDrafted': {
      const { component, impact, workaround, references = [] } = event
      return {
        ...state,
        advisory: {
          component,
          impact,
          ...(workaround === undefined ? {} : { workaround }),
          ...(references.length === 0 ? {} : { references }),
        },
      }
    }
    default:
      return assertNever(event)
  }
}

/**
 * Records checks of a mail's sender that were finished later. If the checks failed, the mail no longer counts as the
 * reporter's, unless it is the mail that made the report. In that case, nothing more is sent to the mail's sender
 * address.
 */
function withChecked(
  state: CaseState,
  { message, trust, domain }: Extract<IntakeEvent, { type: 'MessageChecked' }>,
): CaseState {
  const fails = trust === 'failed'
  const opened = state.reports.some((report) => report.message === message)
  return {
    ...state,
    messages: state.messages.map((one) =>
      one.message === message
        ? {
            ...one,
            trust,
            ...(one.checks && { checks: { ...one.checks, domain } }),
            ...(fails && !opened && one.from !== 'team' && { from: 'unverified' as const }),
          }
        : one,
    ),
    reports: state.reports.map((report) =>
      fails && report.message === message ? { ...report, answerable: false } : report,
    ),
  }
}

/** A mail to a closed case waits until a person has handled it, even if it cannot be read. */
const lateAnswer = (state: CaseState, at: Instant): Pick<CaseState, 'answeredAfterClosing'> =>
  state.rm === 'closed' ? { answeredAfterClosing: state.answeredAfterClosing ?? at } : {}

/**
 * When one of these answers is logged, the reporter's mail counts as answered, because the team asked for the answer.
 * Answers about credit or an offered patch are not in the set: a mail with one of them may also contain a question, so
 * a person must answer the mail.
 */
export const ANSWERS_A_MAIL: ReadonlySet<Answer['about']> = new Set([
  'verification',
  'consent',
  'embargo-date',
  'open',
  'forwarding',
])

/**
 * Records that the mails to a closed case are handled, unless a mail, for example another reporter's, is still unread.
 */
const seen = (state: CaseState): CaseState =>
  state.messages.some(({ unread }) => unread === true) ? state : withoutLateAnswer(state)

/**
 * Records that the sender of this mail can be reached. Even an automatic mail shows that the sender's mailbox exists.
 */
function heardFrom(
  before: CaseState,
  { from, report, recipient, vendor }: Extract<IntakeEvent, { type: 'MessageTakenIn' }>,
): CaseState {
  if (recipient !== undefined) {
    const { lastToRecipients: _written, ...state } = before
    return from === 'recipient' ? withHeardFrom(state, addresseeKey({ kind: 'recipient', ...recipient })) : state
  }
  if (vendor !== undefined) {
    const { lastToVendor: _written, ...state } = before
    return state
  }
  const { lastReply, ...rest } = before
  const state = from === 'team' || lastReply?.report !== report ? before : rest
  return from === 'reporter' && report !== undefined
    ? withHeardFrom(state, addresseeKey({ kind: 'report', report }))
    : state
}

const withReport = (state: CaseState, id: ReportId, change: (report: Report) => Report): CaseState => ({
  ...state,
  reports: state.reports.map((report) => (report.id === id ? change(report) : report)),
})

function withoutPerson(report: Report): Report {
  const { person: _person, ...rest } = report
  return rest
}

const withExploit = (
  { sharedExploit }: CaseState,
  to: readonly { readonly list: string }[],
  at: Instant,
): NonNullable<CaseState['sharedExploit']> => ({
  ...Object.fromEntries(to.map(({ list }) => [list, at])),
  ...sharedExploit,
})
