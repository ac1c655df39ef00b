import type { CaseState, Chat, MailTrust, MessageId, ReportId } from '@embargo/core'
import type { Card, MailForReading } from '@embargo/engine'
import { buildCard, notificationOf } from './card.ts'
import { faint, line, outside, strong } from './spans.ts'
import { fromLine, mayShow, notShown } from './shown-in-chat.ts'
import { TRUST } from './trust.ts'

export type MailRequest = {
  readonly state: CaseState
  readonly message: MessageId
  /** Whose it is, so that the answer goes to nobody else who reported the same. */
  readonly report?: ReportId | undefined
  readonly from: 'reporter' | 'unverified' | 'team'
  readonly trust: MailTrust
  readonly automatic: boolean
  readonly mail: MailForReading | undefined
  /** What may be shown in a channel. */
  readonly chat: Chat
}

const TITLES: Readonly<Record<MailRequest['from'], string>> = {
  reporter: 'the reporter writes',
  unverified: 'UNVERIFIED mail',
  team: 'a team member writes by mail',
}

/** Who wrote, where nobody’s name is shown. */
const ROLES: Readonly<Record<MailRequest['from'], string>> = {
  reporter: 'the reporter',
  unverified: 'somebody who is not known to be the reporter',
  team: 'a team member',
}

/** A mail of the case. Whoever is not known to be the reporter is never shown as the reporter. */
export function mailCard(request: MailRequest): Card {
  const { state, message, report, from, trust, automatic, mail: whole, chat } = request
  const mail = mayShow(whole, chat)
  return buildCard({
    kind: 'mail',
    title: `${state.id} · ${TITLES[from]}`,
    fields: [
      ...(whole === undefined ? [] : [{ label: 'From', value: fromLine(whole, chat, ROLES[from]) }]),
      ...(mail === undefined ? [] : [{ label: 'Subject', value: line(outside(mail.subject)) }]),
      { label: 'Checks', value: line(TRUST[trust]) },
    ],
    lines: [
      ...(from === 'unverified'
        ? [
            line(
              strong(
                'It carries this case’s address, but does not come from the reporter’s. Do not take it for their word.',
              ),
            ),
          ]
        : []),
      ...(automatic ? [line(faint('It looks like an automatic answer.'))] : []),
      ...notShown(whole, chat),
    ],
    ...(mail === undefined ? {} : { quote: { label: 'The mail', text: mail.text } }),
    attachments: mail?.attachments ?? [],
    actions: [
      {
        label: 'Reply',
        verb: 'reply',
        input: { case: state.id, ...(report === undefined ? {} : { report }) },
        form: true,
      },
      { label: 'Log the answer', verb: 'log-answer', input: { case: state.id, message }, form: true },
    ],
    notification: notificationOf(state),
  })
}
