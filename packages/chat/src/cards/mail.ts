import { reporterName } from '@embargo/core'
import type {
  CaseState,
  Visibility,
  MailFrom,
  MailChecks,
  MailTrust,
  MessageId,
  PrenotifiedRecipient,
  RecipientName,
  ReleaseState,
  ReportId,
} from '@embargo/core'
import type { Action, Card, Line, ReadableMail } from '@embargo/engine'
import { letterInWords } from './letters.ts'
import { askAgain } from './ask-again.ts'
import { buildCard, notificationOf } from './card.ts'
import { getFiles } from './get-files.ts'
import { faint, line, outside, strong } from './spans.ts'
import { vendorRole } from './message.ts'
import { fromLine, visibleMail, hiddenTextLines } from './chat-visibility.ts'
import { pinKey } from './pin-key.ts'
import { checksInWords } from './trust.ts'
import { patchButton } from './patch-button.ts'

export type MailRequest = {
  readonly state: CaseState
  readonly message: MessageId
  /** The report that the mail belongs to. The answer must go to no other reporter of the case. */
  readonly report?: ReportId | undefined
  /** The recipient whose reply address the mail came to. */
  readonly recipient?: RecipientName | undefined
  /** The other vendor whose reply address the mail came to. */
  readonly vendor?: string | undefined
  /** The name of the vendor whose reply address the mail came to, if the policy names this vendor. */
  readonly party?: string | undefined
  readonly release: ReleaseState | undefined
  /** What the release has recorded about the recipient whose reply address the mail came to. */
  readonly told?: PrenotifiedRecipient | undefined
  readonly from: MailFrom
  readonly trust: MailTrust
  readonly checks?: MailChecks | undefined
  readonly automatic: boolean
  /** The name of the public letter, if the mail claims to be a bounce of such a letter. */
  readonly returned?: string | undefined
  readonly mail: ReadableMail | undefined
  /** Which parts of the mail a channel may show. */
  readonly chat: Visibility
}

/** The sender's role, which is shown where names are not. */
const ROLES: Readonly<Record<MailFrom, string>> = {
  reporter: 'the reporter',
  recipient: 'a recipient',
  vendor: 'another vendor',
  unverified: 'somebody who is not known to be the reporter',
  team: 'a team member',
}

/** A mail in the case. A sender who is not known to be the reporter is never shown as the reporter. */
export function mailCard(request: MailRequest): Card {
  const { state, from, automatic, returned, mail: whole, chat } = request
  const mail = visibleMail(whole, chat)
  return buildCard({
    kind: 'mail',
    title: `${state.id} · ${titleOf(request)}${numberOf(request)}`,
    // The sender's own words are shown only behind a label, so that no subject can look like something that we checked.
    fields: [
      ...(whole === undefined ? [] : [{ label: 'From', value: fromLine(whole, chat, ROLES[from]) }]),
      ...(mail === undefined ? [] : [{ label: 'Subject', value: line(outside(mail.subject)) }]),
    ],
    lines: [
      ...checksInWords(request, chat.sender).map((words) => line(...words)),
      ...(returned === undefined
        ? [
            ...(from === 'unverified' ? [notTheirs(request)] : []),
            ...(automatic ? [line(faint('It looks like an automatic answer.'))] : []),
          ]
        : [line(RETURNED)]),
      ...hiddenTextLines(whole, chat),
    ],
    ...(mail === undefined ? {} : { quote: { label: 'The mail', text: mail.text } }),
    attachments: mail?.attachments ?? [],
    actions: actionsOf(request),
    notification: notificationOf(state),
  })
}

/** The mail's number, which names it in the terminal and in `log-answer`. */
function numberOf({ state, message }: MailRequest): string {
  const at = state.messages.findIndex((one) => one.message === message)
  return at === -1 ? '' : ` · mail ${at + 1}`
}

/** The recipient's name as it is typed after `--to`. */
const typedName = ({ list, recipient }: RecipientName): string => `${list}/${recipient}`

const RETURNED =
  'Anyone can write such a mail, so nothing was changed. Check whether the text is in the archive of the list. If it is not, send it there again from your own mailbox.'

function titleOf({ state, from, trust, report, recipient, vendor, party, returned }: MailRequest): string {
  if (returned !== undefined) return `the ${letterInWords(returned)} may not have arrived`
  if (from === 'team')
    return trust === 'nothing-proven'
      ? 'somebody unknown writes from the address of a team member'
      : 'a team member writes by mail'
  if (vendor !== undefined)
    return from === 'vendor'
      ? `${party ?? vendor}, ${vendorRole(state, vendor)}, writes`
      : `somebody unknown uses the reply address of ${party ?? vendor}, ${vendorRole(state, vendor)}`
  if (recipient === undefined)
    return from === 'reporter' ? `${reporterName(state, report)} writes` : 'somebody unknown writes'
  const name = `${recipient.recipient} (${recipient.list})`
  return from === 'recipient' ? `${name} writes` : `somebody unknown uses the reply address of ${name}`
}

const notTheirs = ({ state, recipient, vendor }: MailRequest): Line =>
  line(
    strong(
      vendor !== undefined && vendor === state.cna
        ? 'It was sent to the reply address that we gave the CNA, but not from the CNA’s address. Ask the CNA before you rely on it.'
        : vendor !== undefined
          ? 'It was sent to the reply address that we gave the vendor, but not from the vendor’s address. Ask the vendor before you rely on it.'
          : recipient === undefined
            ? 'It was sent to this case’s address, but not from the reporter’s address. Do not take it for the reporter’s word.'
            : `It was sent to the reply address that we gave ${recipient.recipient}, but not from the address that the list ${recipient.list} has for them. Ask them before you rely on it.`,
    ),
  )

/**
 * The button that answers a mail. The answer goes to the sender. If we cannot tell who sent the mail, the answer goes
 * to the person whom we wrote to, and the button says so.
 */
export function answerAction({
  state,
  from,
  report,
  recipient,
  vendor,
}: Pick<MailRequest, 'state' | 'from' | 'report' | 'recipient' | 'vendor'>): Action {
  const reply = { verb: 'reply', form: true } as const
  if (vendor !== undefined)
    return {
      ...reply,
      label: from === 'vendor' ? 'Reply' : `Write to ${state.cna === vendor ? 'the CNA' : 'the vendor'}`,
      input: { case: state.id, to: vendor },
    }
  if (recipient !== undefined)
    return {
      ...reply,
      label: from === 'recipient' ? 'Reply' : `Write to ${recipient.recipient}`,
      input: { case: state.id, to: typedName(recipient) },
    }
  return {
    ...reply,
    label: from === 'reporter' ? 'Reply' : 'Write to the reporter',
    input: { case: state.id, ...(report === undefined ? {} : { report }) },
  }
}

/** Whether a mail can be answered: it came from a recipient, or mail can reach a reporter of the case. */
export const canBeAnswered = ({ state, recipient }: Pick<MailRequest, 'state' | 'recipient'>): boolean =>
  recipient !== undefined || state.reports.some(({ answerable, advisory }) => answerable || advisory !== undefined)

function actionsOf(request: MailRequest): readonly Action[] {
  const { state, message, recipient, vendor, from } = request
  if (recipient !== undefined) return forRecipient(request, recipient)
  if (from === 'team' || request.returned !== undefined) return []
  if (vendor !== undefined) return [answerAction(request)]
  return [
    ...askAgain(state, message),
    ...(canBeAnswered(request) ? [answerAction(request)] : []),
    ...(isAnAnswer(request)
      ? [{ label: 'Log the answer', verb: 'log-answer', input: { case: state.id, message }, form: true }]
      : []),
    ...patchButton(request),
    ...pinKey(state, message),
    ...getFiles({ id: state.id, message, mail: request.mail, chat: request.chat }),
  ]
}

/** Only a mail that could be from the reporter can be logged as their answer. */
const isAnAnswer = ({ from, trust, automatic }: MailRequest): boolean =>
  from === 'reporter' && trust !== 'failed' && !automatic

function forRecipient(request: MailRequest, recipient: RecipientName): readonly Action[] {
  const { state, message, automatic, told, from, trust } = request
  const isTheirs = from === 'recipient' && trust !== 'failed' && !automatic
  const waits = isTheirs && told !== undefined && told.acknowledgedAt === undefined && told.suspendedAt === undefined
  return [
    answerAction(request),
    ...(waits
      ? [
          {
            label: 'They have it',
            verb: 'log-answer',
            input: { case: state.id, message, recipient: 'has-it', name: typedName(recipient) },
          },
        ]
      : []),
    ...getFiles({ id: state.id, message, mail: request.mail, chat: request.chat }),
  ]
}
