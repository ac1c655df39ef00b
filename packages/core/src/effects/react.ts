import type { Event, RecordedEvent } from '../events/recorded-event.ts'
import { audienceOf } from '../deadlines/escalation.ts'
import { deadlineOf } from '../deadlines/index.ts'
import { isMailedAtOnce } from '../deadlines/mailed-at-once.ts'
import { personOf } from '../state/people/directory.ts'
import { policyFor } from '../state/policy-for.ts'
import type { PolicyInForce } from '../policy/schema.ts'
import { mailedPatch } from '../state/fix/mailed-patch.ts'
import { answerableReports, isReachable } from '../state/report/reachability.ts'
import { isSameReporter } from '../state/report/same-reporter.ts'
import { closingAudience } from './publication/closing-audience.ts'
import { deliveriesOf } from './publication/deliveries.ts'
import { stepOf } from './publication/steps.ts'
import { addresseeKey } from '../vocabulary/addressee.ts'
import type { Addressee, LetterName } from '../vocabulary/command.ts'
import type { World } from '../vocabulary/decision.ts'
import type { Effect } from '../vocabulary/effect.ts'
import { EffectId } from '../shared/ids.ts'
import type { CaseId, PersonId, ReportId } from '../shared/ids.ts'
import { lettersOfSecrecy } from './letters-of-secrecy.ts'
import { casesConcerned } from './concerns-release.ts'
import { inChat, inChatElsewhere } from './react-in-chat.ts'
import type { CaseState, Report } from '../state/state.ts'
import { casesInAudience, releaseOf } from './audience.ts'

/**
 * Whether a running publication will still send the letter of thanks to the reporters. That letter has all public
 * links.
 */
const isThankedLater = ({ release }: World): boolean =>
  release?.startedAt !== undefined &&
  release.disclosedAt === undefined &&
  release.steps.some(
    ({ step, begunAt, doneAt, leftOut }) =>
      step === 'thanks' && begunAt === undefined && doneAt === undefined && leftOut === undefined,
  )

/** The effects of an event. Deterministic: the effects' ids are made from the event's id. */
export function react(recorded: RecordedEvent, world: World, { policy }: PolicyInForce): readonly Effect[] {
  const { event, eventId, stream } = recorded
  const audience = casesInAudience(recorded, world)
  const state = audience[0] ?? world.case
  if (state === undefined) return []
  const chat = [
    ...audience.flatMap((one, at) => inChat(recorded, one, { policy, world, first: at === 0 })),
    ...casesConcerned(recorded, world).flatMap((one) => inChatElsewhere(recorded, one, policy)),
  ]

  const mail = (letter: LetterName, to: Addressee, doubt: 'repeat' | 'park'): Effect => {
    const key = addresseeKey(to)
    const about = ownerOf(to, world) ?? state.id
    return {
      stream,
      case: about,
      event: eventId,
      id: EffectId.parse(`${eventId}/send-mail/${letter}>${key}`),
      kind: 'send-mail',
      // Mail of a practice case must never reach a relay.
      capability: state.practice === true ? 'practice' : 'mail',
      // Letters to one addressee about one case are sent in order. A mail to the public waits for no other mail.
      lane: `${to.kind === 'public' ? eventId : about}:mail:${key}`,
      letter,
      to,
      doubt,
    }
  }
  const atService = (what: string) =>
    ({
      stream,
      case: state.id,
      event: eventId,
      id: EffectId.parse(`${eventId}/${what}`),
      capability: 'cve',
      lane: `${state.id}:cve`,
    }) as const
  const toReporters = (letter: LetterName, matches: (report: Report) => boolean = () => true): readonly Effect[] =>
    answerableReports(state)
      .filter(matches)
      .map((report) => mail(letter, { kind: 'report', report: report.id }, 'repeat'))
  const reachable = (report: Report): boolean => isReachable(state, report)
  const besides = (writer: ReportId) => {
    const own = state.reports.find(({ id }) => id === writer)
    return (report: Report): boolean => own === undefined || !isSameReporter(report, own)
  }

  // Every reminder is posted in the channel. A reminder that cannot wait for the digest is also mailed.
  type Escalation = Extract<Event, { type: 'ReminderDue' | 'ClockBreached' }>
  const escalated = (reminder: Escalation): readonly PersonId[] =>
    isMailedAtOnce(state, reminder)
      ? audienceOf(policyFor(policy, state), state, { ...reminder, at: recorded.at }).flatMap(({ id: who, mail: to }) =>
          to === undefined ? [] : [who],
        )
      : []

  // If the deadline waits for the reporter's answer, the reporter is reminded too.
  const toReporter = (reminder: typeof event): readonly Effect[] => {
    const found =
      reminder.type === 'ReminderDue' ? deadlineOf(reminder.clock)?.reporterLetter?.(state, reminder) : undefined
    return found === undefined ? [] : [mail(found.letter, { kind: 'report', report: found.report }, 'repeat')]
  }

  const rejections = (rejected: typeof event): readonly Effect[] =>
    rejected.type === 'CveRejected' && rejected.cve !== undefined && rejected.atService === true
      ? [
          {
            ...atService(`reject-cve/${rejected.cve}`),
            kind: 'reject-cve',
            cve: rejected.cve,
            reason: rejected.reason,
            doubt: 'look-up',
          },
        ]
      : []

  switch (event.type) {
    case 'ReportAttached':
      return event.answerable && event.through === undefined && event.receipt === undefined
        ? [...chat, mail('receipt', { kind: 'report', report: event.report }, 'repeat')]
        : chat
    case 'PersonInvited':
      return event.consent === 'asked' && personOf(policy, event.person)?.mail !== undefined
        ? [...chat, mail('invitation', { kind: 'person', person: event.person }, 'repeat')]
        : chat
    case 'CaseAcknowledged':
      return event.quiet === true ? chat : [...chat, ...toReporters('acknowledgment')]
    case 'DispositionSet':
      return event.disposition === 'spam' || event.unanswered === true ? chat : [...chat, ...toReporters('outcome')]
    case 'PatchAssigned':
      return event.remediator.kind === 'reporter'
        ? [
            ...chat,
            mail('remediation', { kind: 'report', report: event.remediator.report }, 'repeat'),
            ...toReporters('remediation', besides(event.remediator.report)),
          ]
        : event.quiet === true
          ? chat
          : [...chat, ...toReporters('remediation')]
    case 'VerificationRequested':
      // Every reporter gets the patch, because it was promised to all of them. The deadline waits for the answer of one
      // reporter (`event.report`), but a yes from another reporter is enough too.
      if (event.of === 'reporter') return [...chat, ...toReporters('verification-request')]
      // The team checks a patch that a reporter wrote. The other reporters also get this patch.
      return [...chat, ...writerOf(state, event).flatMap((one) => toReporters('verification-request', besides(one)))]
    case 'MessageSentOut':
      return event.pasteAt === undefined
        ? [...chat, mail('reply', { kind: 'report', report: event.report }, 'repeat')]
        : chat
    case 'RecipientsWritten':
      return [...chat, ...event.to.map((one) => mail('recipient-reply', { kind: 'recipient', ...one }, 'repeat'))]
    case 'ReporterAddressSet': {
      const { report, before } = event
      const former = before === undefined ? [] : [mail('address-changed', { kind: 'former', report }, 'repeat')]
      return [...chat, mail('address-changed', { kind: 'report', report }, 'repeat'), ...former]
    }
    case 'ReportForwarded':
      return [...chat, mail('forwarded-report', { kind: 'vendor', report: event.report }, 'repeat')]
    case 'CnaWritten':
      return [...chat, mail('mail-to-cna', { kind: 'cna' }, 'repeat')]
    case 'VendorWritten':
      return [...chat, mail('vendor-reply', { kind: 'vendor', report: event.report }, 'repeat')]
    case 'ReleaseJoined':
      return event.at === undefined ? chat : [...chat, ...toReporters('planned-date', reachable)]
    case 'FixReady':
    case 'AdvisoryDrafted':
      return isTextToCheck(state) ? [...chat, ...toReporters('public-text', reachable)] : chat
    case 'AdvisoryPublished':
    case 'CvePublished':
      return isThankedLater(world) ? chat : [...chat, ...toReporters('public-link', reachable)]
    case 'CasesMerged':
      return event.as === 'from'
        ? [
            ...chat,
            ...toReporters('duplicate'),
            // If the patch was already sent, it also goes to the reporters whose reports join the case with this event.
            ...(mailedPatch(state) === undefined
              ? []
              : toReporters('verification-request', ({ id }) => event.reports.includes(id))),
          ]
        : chat
    case 'ReportJoined':
      return event.by === 'merge' || !event.answerable
        ? chat
        : [...chat, mail('split', { kind: 'report', report: event.report }, 'repeat')]
    case 'InfoRequested':
    case 'InfoMissed':
    case 'ReporterUpdated':
    case 'ResendRequested': {
      const letters = {
        InfoRequested: 'question',
        InfoMissed: 'lapsed',
        ReporterUpdated: 'update',
        ResendRequested: 'resend',
      } as const
      return [...chat, mail(letters[event.type], { kind: 'report', report: event.report }, 'repeat')]
    }
    case 'ReleaseLeft': {
      // The same command may close the case and send the letter `closed`, which says that the case closes without our
      // publication. Then the reporters do not need the letter `slipped` about the changed date.
      const isClosed = state.closedAt === recorded.at && closingAudience(state, world).length > 0
      return event.was === undefined || isClosed ? chat : [...chat, ...toReporters('slipped')]
    }
    case 'CaseDropped':
      return [
        ...chat,
        ...(event.mails ?? []).map(({ letter, to }) => ({
          ...mail(letter, to, to.kind === 'report' ? 'repeat' : 'park'),
          case: event.case,
        })),
      ]
    case 'ReleaseRescheduled':
    case 'ReleaseCancelled':
      return [
        ...chat,
        ...(event.mails ?? []).map(({ letter, to }) => mail(letter, to, to.kind === 'report' ? 'repeat' : 'park')),
      ]
    case 'EmbargoProposed':
    case 'EmbargoAccepted':
    case 'EmbargoRejected':
    case 'EmbargoExited':
    case 'LeakSuspected':
    case 'SignalCorrected':
    case 'VulnerabilityPublic':
    case 'SeverityRated':
    case 'CaseClosed':
    case 'CveAssigned':
    case 'CveRejected':
      return [
        ...chat,
        ...rejections(event),
        ...lettersOfSecrecy(event, recorded, { state, world }).map(({ letter, to }) => mail(letter, to, 'repeat')),
      ]
    case 'InterimDisclosed':
      return [
        ...chat,
        ...event.mails.map(({ letter, to }) => mail(letter, to, to.kind === 'public' ? 'park' : 'repeat')),
      ]
    case 'PrenotificationUpdated':
    case 'PrenotificationQueued':
      return [...chat, ...event.mails.map(({ letter, to }) => mail(letter, to, 'park'))]
    case 'DisclosureStarted':
    case 'CorrectionStarted':
    case 'StepDone':
    case 'StepPassed':
    case 'StepLeftOut':
    case 'StepAhead': {
      const release = releaseOf(recorded, world)
      const begun = release?.steps.find(({ begunBy }) => begunBy === eventId)
      if (release === undefined || begun === undefined) return chat
      const step = stepOf(begun.step)
      if (step.kind === 'document') return [...chat, ...deliveriesOf(step, release, recorded, world)]
      const approved = release.approved.filter(({ letter }) => letter === step.letter)
      return [...chat, ...approved.map(({ letter, to }) => mail(letter, to, step.isPublic ? 'park' : 'repeat'))]
    }
    case 'CveRequested':
      if (event.reserve !== true) return chat
      if (event.from !== 'github') return [...chat, { ...atService('reserve-cve'), kind: 'reserve-cve', doubt: 'park' }]
      return [
        ...chat,
        // The request for the id has a lane of its own, because it may wait for weeks.
        {
          ...atService('request-cve'),
          kind: 'request-cve',
          capability: 'github',
          lane: `${state.id}:cve-at-github`,
          doubt: 'look-up',
        },
      ]
    case 'ReminderDue':
    case 'ClockBreached':
      return [
        ...chat,
        ...toReporter(event),
        ...escalated(event).map((person) => mail('escalation', { kind: 'person', person }, 'repeat')),
      ]
    default:
      return chat
  }
}

/**
 * Whether the reporters can check the text that will be public: it is written, the fix is ready, and nothing is
 * published yet.
 */
const isTextToCheck = ({ advisory, cs, severity, publication, publishedAt }: CaseState): boolean =>
  advisory !== undefined &&
  severity !== undefined &&
  cs.fixReady !== undefined &&
  publication !== 'none' &&
  publishedAt === undefined

/** The report whose reporter wrote the patch to be checked, if a reporter wrote it. */
function writerOf(
  { branches }: CaseState,
  { branch, sha256 }: Extract<Event, { type: 'VerificationRequested' }>,
): readonly ReportId[] {
  const fix = branches.find(({ name }) => name === branch)?.fix
  return fix?.is !== undefined && fix.is !== 'assigned' && fix.sha256 === sha256 && fix.author.kind === 'reporter'
    ? [fix.author.report]
    : []
}

/** A mail to a reporter is about the case that has their report, even if the command was typed in another case. */
function ownerOf(to: Addressee, world: World): CaseId | undefined {
  if (to.kind !== 'report') return undefined
  const cases = [world.case, ...world.others.values()].flatMap((one) => (one?.kind === 'case' ? [one] : []))
  return cases.find(({ reports }) => reports.some(({ id }) => id === to.report))?.id
}
