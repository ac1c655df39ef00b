import { reporterName } from '@embargo/core'
import type { CaseState, Instant, TakenIn } from '@embargo/core'
import type { Card, ReadableMail } from '@embargo/engine'
import { time } from '../text/times.ts'
import { buildCard, notificationOf } from './card.ts'
import { code, joined, line, outside, strong } from './spans.ts'
import { checksInWords } from './trust.ts'

/** The role of a mail's sender in the case, in words. */
const FROM: Readonly<Record<TakenIn['from'], string>> = {
  reporter: 'the reporter',
  recipient: 'a recipient',
  vendor: 'another vendor',
  unverified: 'UNVERIFIED sender',
  team: 'the address of a team member',
}

/** The role of somebody who has a reply address of their own: the CNA of the case, or another vendor. */
export const vendorRole = ({ cna }: Pick<CaseState, 'cna'>, vendor: string): string =>
  cna === vendor ? 'the CNA' : FROM.vendor

/**
 * Names the sender: `the recipient distros/north`. If a mail came to a recipient's reply address but not from that
 * recipient, the text says so.
 */
export function fromInWords(
  { from, recipient, vendor, report }: Pick<TakenIn, 'from' | 'recipient' | 'vendor' | 'report'>,
  state: Pick<CaseState, 'reports' | 'cna'>,
): string {
  if (vendor !== undefined) {
    const role = vendorRole(state, vendor)
    return from === 'vendor' ? role : `${FROM[from]}, to the reply address of ${role}`
  }
  if (recipient === undefined) return from === 'reporter' ? reporterName(state, report) : FROM[from]
  const name = `${recipient.list}/${recipient.recipient}`
  return from === 'recipient' ? `the recipient ${name}` : `${FROM[from]}, to the reply address of the recipient ${name}`
}

/** The mails that came in, with the numbers that `log-answer` accepts. */
export function mailListCard({ state, at }: { state: CaseState; at: Instant }): Card {
  return buildCard({
    kind: 'mail',
    title: `${state.id} · mails`,
    lines:
      state.messages.length === 0
        ? [line('No mail has come in yet.')]
        : state.messages.map((taken, index) =>
            line(
              strong(`${index + 1}`),
              ` · ${fromInWords(taken, state)} · `,
              time(taken.at, at),
              ' · ',
              ...joined(checksInWords(taken, 'name-and-address'), ' '),
            ),
          ),
    notification: notificationOf(state),
  })
}

/** The list of mails shows this many characters of a mail's id. */
const NAME = 12

/** One complete mail, as the command `read` shows it in the terminal. */
export function messageCard(request: {
  state: CaseState
  taken: TakenIn
  number: number
  mail: ReadableMail | undefined
}): Card {
  const { state, taken, number, mail } = request
  return buildCard({
    kind: 'mail',
    title: `${state.id} · mail ${number}, from ${fromInWords(taken, state)}`,
    fields: [
      ...(mail === undefined
        ? []
        : [
            { label: 'From', value: line(outside(mail.from)) },
            { label: 'Subject', value: line(outside(mail.subject)) },
          ]),
      { label: 'Checks', value: line(...joined(checksInWords(taken, 'name-and-address'), ' ')) },
    ],
    lines:
      mail === undefined
        ? [line('The text cannot be read; the original mail is stored.')]
        : mail.attachments.length === 0
          ? []
          : [line('To fetch the files: ', code(`embargo read mails ${taken.message.slice(0, NAME)} --files FOLDER`))],
    ...(mail === undefined
      ? {}
      : { quote: { label: 'The mail', text: mail.quoted === '' ? mail.text : `${mail.text}\n\n${mail.quoted}` } }),
    attachments: mail?.attachments ?? [],
    notification: notificationOf(state),
  })
}
