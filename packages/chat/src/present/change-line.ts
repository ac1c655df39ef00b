import {
  assertNever,
  isCasePeopleEvent,
  isCourseEvent,
  isEmbargoEvent,
  isKeysEvent,
  isWorldEvent,
  PLATFORM_WORDS,
  reporterName,
} from '@embargo/core'
import type { CaseEvent, CaseState, Visibility, Instant, MessageId, Policy } from '@embargo/core'
import { advisoryLink } from '../cards/advisory-link.ts'
import { domainInWords } from '../cards/trust.ts'
import { code, outside, sentence, strong } from '../cards/spans.ts'
import type { LineParts } from '../cards/spans.ts'
import { capital, nameOf, remediatorName } from '../people/names.ts'
import { timeThisYear, withTimes } from '../text/times.ts'
import { typedAt } from '../usage.ts'
import type { TypedPlace } from '../usage.ts'
import { answerLine } from './answer-line.ts'
import { courseLine } from './course-line.ts'
import { keyLine } from './key-line.ts'
import { peopleLine } from './people-line.ts'
import { worldLine } from './world-line.ts'
import { noteEnding } from './note-ending.ts'
import { WAIVED } from '../cards/waiver-words.ts'

/** The events that are shown as one line, or not at all. */
export type OneLineEvent = Exclude<
  CaseEvent,
  {
    type:
      | 'ReportAttached'
      | 'ReportJoined'
      | 'MessageTakenIn'
      | 'MessageQuarantined'
      | 'StrangerNoticed'
      | 'ApprovalRequested'
      | 'ReminderDue'
      | 'ClockBreached'
      | `Channel${string}`
      | 'TalkKept'
      | 'CardPlaced'
      | 'MailAccepted'
      | 'MailFailed'
      | 'MailWithdrawn'
      | 'MailBounced'
      | 'EffectParked'
      | 'DoubtSettled'
  }
>

type ChangeContext = {
  readonly event: OneLineEvent
  /** The name of the person who did it, for the beginning of a sentence. */
  readonly who: string
  readonly policy: Policy
  /** What a channel of the case may show. */
  readonly chat: Pick<Visibility, 'sender'>
  readonly state: CaseState | undefined
  readonly at: Instant
  /** Where the line is read. */
  readonly where: TypedPlace
}

/** The line that says who did what. Empty if the line of another event of the same command already says it. */
export function changeLine({ event, who, policy, chat, state, at, where }: ChangeContext): LineParts {
  if (isCourseEvent(event)) return courseLine(event, who, state)
  if (isKeysEvent(event)) return keyLine(event, { who, state, where })
  if (isCasePeopleEvent(event)) return peopleLine(event, { who, policy, at, where })
  if (isEmbargoEvent(event) || isWorldEvent(event)) return worldLine(event, who, { policy, state })
  switch (event.type) {
    case 'CaseOpened':
    case 'ReporterAddressNamed':
    case 'ReporterAsked':
    case 'PersonThere':
    case 'ReleaseJoined':
    case 'ReleaseLeft':
    case 'CasePrenotified':
      return []
    case 'CaseAccepted':
      return event.reason === undefined ? [] : [`${who}: work on the case resumes`, ...noteEnding(event.reason)]
    case 'MessageSentOut':
      return event.pasteAt === undefined
        ? [`${who} writes to ${reporterName(state, event.report)}.`]
        : [
            `${who} writes to ${reporterName(state, event.report)}, who gave no address. Paste the text as a comment there: `,
            advisoryLink(event.pasteAt),
          ]
    case 'RecipientsWritten':
      return [
        `${who} writes to ${event.to.map(({ recipient }) => recipient).join(', ')}${event.to.length > 1 ? ', each in a separate mail' : ''}.`,
      ]
    case 'ExploitShared':
      return [`${who} noted that ${event.to.map(({ recipient }) => recipient).join(', ')} got an exploit.`]
    case 'CnaWritten':
      return [`${who} writes to the CNA, `, outside(event.to), '.']
    case 'VendorWritten':
      return [`${who} writes to `, outside(event.to, 'another vendor'), '.']
    case 'ReportForwarded':
      return [`${who} wrote a mail about the report to `, outside(event.to, 'another vendor'), '.']
    case 'ReporterAnswered':
      return [
        event.message === undefined
          ? `${who} recorded, without a mail from ${reporterName(state, event.report)}: `
          : `${who} logged the answer of ${reporterName(state, event.report)}: `,
        ...answerLine(event.answer, chat),
      ]
    case 'ReporterAddressSet':
      return [`From now on, mail to ${reporterName(state, event.report)} goes to another address.`]
    case 'ImpersonationLogged':
      return [
        `${who}: the report is not from ${nameOf(policy, event.person)}; somebody used the name. The report no longer bars ${nameOf(policy, event.person)} from the case.`,
      ]
    case 'MessageChecked':
      return [`${mailName(state, event.message)}: `, ...domainInWords(event.domain, chat.sender)]
    case 'AffectedBranchSet':
      return [
        `${who}: ${branchOf(event)} is ${event.affected ? 'affected' : 'not affected'}`,
        ...rangeEnding(event.range),
        '.',
      ]
    case 'AffectedBranchRemoved':
      return [`${who} took back what was recorded about ${branchOf(event)}.`]
    case 'AdvisoryDrafted':
      return [`${who} wrote the advisory text for `, outside(event.component), '.']
    case 'CaseAcknowledged':
      return [
        `${who} ${state?.reports.length === 0 ? 'opened the case' : 'acknowledged the report'}`,
        ...noteEnding(event.note),
      ]
    case 'DispositionSet':
      return [`${who}: ${event.disposition}`, ...noteEnding(event.reason)]
    case 'SeverityRated':
      return [
        `${who} rated it ${event.severity}`,
        ...noteEnding([event.cvss3, event.cvss4, event.reason].filter((one) => one !== undefined).join(' ')),
      ]
    case 'WeaknessClassified':
      return [`${who}: ${event.cwe}.`]
    case 'CaseDeferred':
      // A deferral without a reason is a result of a disposition, a merge or a closing. The event of that change has
      // its own line.
      return event.reason === undefined ? [] : [`${who} deferred the case`, ...noteEnding(event.reason)]
    case 'CaseClosed':
      return [`${who} closed the case`, ...noteEnding(event.reason)]
    case 'RecordCorrected':
      return event.cve === undefined
        ? [
            `${who} ${event.withdrawn === true ? 'withdrew' : 'corrected'} the published record: `,
            outside(event.reason),
          ]
        : [`${who} put ${event.cve} into the published records.`]
    case 'RetrospectiveRecorded':
      return [`${who} recorded what we learnt`, ...noteEnding(event.rootCause)]
    case 'AdvisoryOpened':
      return state?.reports.some(({ advisory }) => advisory === event.link) !== true
        ? [`${who} opened a draft of the advisory`, ...noteEnding(event.link)]
        : ['The private report serves as the draft of the advisory', ...noteEnding(event.link)]
    case 'AdvisoryPublished':
      return [`${who}: the advisory is public`, ...noteEnding(event.link)]
    case 'CveRequested':
      if (event.reserve !== true) return [`${who}: a CVE id is requested`, ...noteEnding(event.link)]
      return event.from === 'github'
        ? [`${who}: GitHub is asked for a CVE id. Its answer takes days or weeks, and is recorded when it comes.`]
        : [`${who}: a CVE id is being reserved for this case. It is recorded when it comes.`]
    case 'CveAssigned':
      return event.test === true
        ? [
            `${who}: the CVE id is ${event.cve}. It is from a test instance, so nothing that is sent or published contains it.`,
          ]
        : [`${who}: the CVE id is ${event.cve}`, ...noteEnding(event.link)]
    case 'CveReservationRefused':
      return ['✗ No CVE id was given: ', outside(event.because), ` Then: ${typedAt(where, 'cve.request')}`]
    case 'CvePublished':
      return [`${who}: the record of ${event.cve} is public`, ...noteEnding(event.link)]
    case 'CveUpdateRequested':
      return [`${who} asked the CNA to update its record of ${state?.cve?.id ?? 'the CVE id'}.`]
    case 'CveRejected':
      return [`${who}: ${event.cve ?? 'a CVE id'} is not used`, ...noteEnding(event.reason)]
    case 'ReportMoved':
    case 'MessageMoved':
      return []
    case 'CasesMerged':
      return event.as === 'into'
        ? [
            `${who}: this is the same vulnerability as ${event.with}. Reports, consents and credits are now in that case.`,
          ]
        : [
            `${who} merged ${event.with} into this case. The reports of ${event.with} are here now, with their consents and credits.`,
          ]
    case 'CaseSplit':
      return [`${who}: a report has a case of its own, ${event.into}`, ...noteEnding(event.reason)]
    case 'PersonNotThere':
      return [
        strong(
          `${nameOf(policy, event.person)} is on this case, but not in its channel on ${PLATFORM_WORDS[event.platform].called}.`,
        ),
        ' They see nothing that is said there. Let them into the channel again, or take them off the case: ',
        code(typedAt(where, 'people remove')),
      ]
    case 'FixDeployed':
      return [`${who}: the fix for ${event.branch} is deployed`, ...noteEnding(event.link)]
    case 'PatchAssigned':
      return [
        `${who}: ${remediatorName(policy, event.remediator, state)} writes the patch for ${event.branches.join(', ')}.`,
      ]
    case 'PatchSubmitted':
      return [
        `${who} submitted the patch for ${event.branch}: `,
        outside(event.fileName, 'a file'),
        `, by ${remediatorName(policy, event.author, state)}, sha256 ${event.sha256.slice(0, 16)}.`,
        ...(event.link === undefined ? [] : [' It can be seen at ', outside(event.link), '.']),
      ]
    case 'VerificationRequested':
      return [
        `${event.of === 'reporter' ? capital(reporterName(state, event.report)) : 'The team'} is to verify the patch for ${event.branch}, by `,
        timeThisYear(event.dueAt),
        '.',
      ]
    case 'FixVerified':
      return [
        `${who}: ${remediatorName(policy, event.by, state)} verified the patch for ${event.branch}`,
        ...noteEnding(event.note),
      ]
    case 'ChangesRequested':
      return [
        `${who}: ${remediatorName(policy, event.by, state)} asks for changes to the patch for ${event.branch}`,
        ...noteEnding(event.reason),
      ]
    case 'BranchWaived':
      // In an emergency publication the check of the patch is skipped, and nobody has typed a waiver.
      return [
        event.kind === 'unverified'
          ? `The patch for ${event.branch} counts as not verified`
          : `${who} decided to leave ${event.branch} unfixed`,
        ...noteEnding(event.reason),
      ]
    case 'FixReady':
      return ['Every affected branch is done: the fix is ready.']
    case 'FixWithdrawn':
      return event.because === undefined
        ? [`The patch for ${event.branch} changed, so the fix is no longer ready.`]
        : []
    case 'DutyDone':
      return [`${who} fulfilled a duty (${event.duty}): `, outside(event.evidence)]
    case 'ClockSnoozed':
      return [
        `${who}: the reminders of ${event.clock} are paused until `,
        timeThisYear(event.until),
        ...noteEnding(event.reason),
      ]
    case 'ApprovalGiven':
      if (event.by === undefined) return ['Nobody refused in time, and silence counts as a yes.']
      return event.alone === true
        ? [`${nameOf(policy, event.by)} goes on alone: nobody answered in time.`]
        : [`${nameOf(policy, event.by)} approved.`]
    case 'ApprovalRefused':
      return [`${nameOf(policy, event.by)} refused`, ...noteEnding(event.reason)]
    case 'ApprovalVoided':
      return ['The approval request is void: ', ...withTimes(event.because, sentence)]
    case 'GateWaived':
      return [
        `${[...new Set([event.askedBy, event.by])].map((one) => nameOf(policy, one)).join(' and ')} agreed to ${WAIVED[event.gate]}, for `,
        ...withTimes(event.about, sentence),
        ...noteEnding(event.reason),
      ]
    default:
      return assertNever(event)
  }
}

/** The name of the mail, such as `Mail 2`, in the form that the terminal shows and `log-answer` accepts. */
function mailName(state: CaseState | undefined, message: MessageId): string {
  const at = state?.messages.findIndex((one) => one.message === message) ?? -1
  return at === -1 ? 'A mail' : `Mail ${at + 1}`
}

const branchOf = (event: { readonly branch: string; readonly package?: string }): string =>
  event.package === undefined ? event.branch : `${event.package} in ${event.branch}`

const rangeEnding = (range: string | undefined): LineParts => (range === undefined ? [] : [', ', outside(range)])
