import { listAnd, maybeSpam } from '@embargo/core'
import type {
  CaseState,
  Visibility,
  Instant,
  MailChecks,
  MailFrom,
  MailTrust,
  ReleaseState,
  Report,
} from '@embargo/core'
import type { Card, Line, ReadableMail } from '@embargo/engine'
import { time } from '../text/times.ts'
import { advisoryLink } from './advisory-link.ts'
import { askAgain } from './ask-again.ts'
import { buildCard, notificationOf } from './card.ts'
import { getFiles } from './get-files.ts'
import type { LineParts } from './spans.ts'
import { code, faint, joined, line, outside, plain } from './spans.ts'
import { visibleMail, NOT_SHOWN_HERE, hiddenTextLines } from './chat-visibility.ts'
import { pinKey } from './pin-key.ts'
import { checksInWords } from './trust.ts'
import { patchButton } from './patch-button.ts'

export type ReportRequest = {
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  readonly report: Report
  readonly from: MailFrom
  readonly trust: MailTrust
  readonly automatic: boolean
  readonly checks?: MailChecks | undefined
  readonly mail: ReadableMail | undefined
  readonly at: Instant
  /** Which parts of the report a channel may show. */
  readonly chat: Visibility
  /** Set if the report can be read but stays out of chat, because it came encrypted. */
  readonly encryptedOut?: boolean
  /** The warning that too few people are left for a rule that needs two, because the report's sender is on the team. */
  readonly tooFew?: LineParts
}

/** A new report: its sender, how it arrived, what proves the sender, its text, and the names of its attachments. */
export function reportCard(request: ReportRequest): Card {
  const { state, release, report, from, trust, automatic, checks } = request
  const { mail: whole, chat, encryptedOut = false, tooFew = [] } = request
  const mail = visibleMail(whole, chat)
  return buildCard({
    kind: 'report',
    title: `${state.id} · a report arrived`,
    fields: [
      { label: 'From', value: senderLine(report, whole, chat) },
      {
        label: 'Came',
        value: line(report.advisory === undefined ? 'by mail, ' : 'as a private report, ', time(report.receivedAt)),
      },
      { label: 'Checks', value: line(...joined(checksInWords({ trust, checks }, chat.sender), ' ')) },
      ...(mail === undefined ? [] : [{ label: 'Subject', value: line(outside(mail.subject)) }]),
    ],
    lines: [
      ...(encryptedOut ? [ENCRYPTED_OUT] : []),
      ...hiddenTextLines(whole, chat),
      ...earlierLine(report),
      ...reachOf(report),
      ...(report.person === undefined ? [] : [line(IN_THEIR_NAME)]),
      ...(tooFew.length === 0 ? [] : [line(...tooFew)]),
    ],
    ...(mail === undefined ? {} : { quote: { label: 'The report', text: mail.text } }),
    attachments: mail?.attachments ?? [],
    actions: [
      ...askAgain(state, report.message),
      ...patchButton({ state, release, message: report.message, from, trust, automatic, mail }),
      ...(state.rm === 'received' && state.acknowledgedAt === undefined
        ? [{ label: 'Acknowledge', verb: 'ack', input: { case: state.id }, style: 'primary' as const }]
        : []),
      ...(maybeSpam(state)
        ? [
            {
              label: 'Spam',
              verb: 'triage',
              input: { case: state.id, disposition: 'spam' },
              style: 'danger' as const,
              confirm: 'Close this case as spam, without an answer?',
            },
          ]
        : []),
      ...pinKey(state, report.message),
      ...getFiles({ id: state.id, message: report.message, mail: whole, chat }),
      ...(report.person === undefined
        ? []
        : [
            {
              label: 'Not from them',
              verb: 'people.not-reporter',
              input: { case: state.id, person: report.person },
              confirm: ASKED,
            },
          ]),
    ],
    notification: notificationOf(state),
  })
}

const ENCRYPTED_OUT = line(
  'It came encrypted, so chat does not show what it says. To change that, write ',
  code('encrypted: full'),
  ' under ',
  code('chat'),
  ' in the policy.',
)
const IN_THEIR_NAME =
  'It came in the name of a team member, who is therefore kept off this case. A From line alone proves nothing: ask them, and press the button if they did not write it.'
const ASKED = 'Did you ask them in another way than by mail? They will see this case and can work on it.'

/** Shows only the case numbers, because only people on those cases may see their content. */
const earlierLine = ({ earlier = [] }: Report): readonly Line[] =>
  earlier.length === 0 ? [] : [line(`The same address has opened ${listAnd(earlier)} before.`)]

function reachOf({ through, answerable, receipt, advisory }: Report): readonly Line[] {
  if (advisory !== undefined)
    return [
      line('Reported in private: ', advisoryLink(advisory)),
      ...(answerable
        ? [line('Letters go to the address that the report names. Embargo does not read comments on the advisory.')]
        : [
            line(
              'It names no address, so no letter can be mailed. Embargo shows you each letter: paste it into the advisory as a comment.',
            ),
          ]),
    ]

  if (through === 'list') {
    return [
      line('It came through a mailing list, so no receipt was sent: Embargo never answers a list.'),
      line(
        answerable
          ? 'Letters of this case go to the sender’s own address. Others on the list may have read the report.'
          : 'The list replaced the sender’s address with its own, so no letter can be sent. Others on the list may have read the report.',
      ),
    ]
  }
  if (answerable && receipt === 'left-out')
    return [
      line('No receipt was sent, because this address got several within a day. You can still write to the sender.'),
    ]
  return answerable ? [] : [line('No receipt was sent, and no letter goes out: the sender cannot be answered safely.')]
}

/** Shown in place of the sender where names are hidden. */
const REPORTER = 'a reporter'

function senderLine(report: Report, mail: ReadableMail | undefined, { sender }: Visibility): Line {
  const name = report.identity.value
  if (name === null) return line(faint('erased'))
  if (sender === 'nothing' || (sender === 'name' && name.name === undefined)) return line(faint(NOT_SHOWN_HERE))
  if (sender === 'name') return line(outside(name.name ?? '', REPORTER))
  if (name.name !== undefined)
    return line(outside(name.name, REPORTER), plain(' '), outside(`<${name.address}>`, REPORTER))
  return line(outside(name.address === '' ? (mail?.from ?? 'unknown') : name.address, REPORTER))
}
