import type { NextAction } from '@embargo/core'
import type { MailBacklog, UnsentMail } from '@embargo/engine'
import { counted } from './dates.ts'

/**
 * Words for the addressees of a mail. They contain no names, because they are also shown where content is kept out of
 * chat.
 */
const TO: Readonly<Record<UnsentMail['to'][number], string | undefined>> = {
  report: 'the reporter',
  former: 'the reporter',
  recipient: 'recipients',
  vendor: 'the other vendor',
  cna: 'the CNA',
  public: 'the list',
  person: undefined,
}

/**
 * The sentence about a requested mail that cannot leave because no relay is set. Until a relay is set, no other text
 * may claim that somebody is told.
 */
export function unsentMailSentence({ setting, to }: UnsentMail): string {
  const names = [...new Set(to.flatMap((kind) => TO[kind] ?? []))]
  const addressees = names.length === 0 ? '' : ` to ${names.join(' and ')}`
  return `The mail${addressees} is kept here until a relay is set (${setting}).`
}

/**
 * A sentence for previews that say who is told. It says that the mail to the reporter is kept here until a relay is
 * set. Empty if a relay is set.
 */
export const unsentReporterMail = (relayMissing: string | undefined): readonly string[] =>
  relayMissing === undefined ? [] : [unsentMailSentence({ setting: relayMissing, to: ['report'] })]

/** `2 mails are kept here until a relay is set (…)`: a line of the case’s card. */
export const mailBacklogLine = ({ setting, letters }: MailBacklog): string =>
  `${counted(letters.length, 'mail')} kept here until a relay is set (${setting})`

/**
 * Returns `not mailed yet` if the mail has not left. Otherwise returns `otherText`, which says when somebody was asked
 * by mail.
 */
export const askedByMail = (
  letter: MailBacklog['letters'][number],
  kept: MailBacklog | undefined,
  otherText: string,
): string => (kept?.letters.includes(letter) === true ? 'not mailed yet' : otherText)

/** If we wait for an answer to a mail that has not left, the next step is to set the relay. */
export const waitingForRelay = (next: NextAction | undefined, kept: MailBacklog | undefined): NextAction | undefined =>
  next?.verb === 'log-answer' &&
  next.owner === 'the reporter' &&
  kept?.letters.includes('verification-request') === true
    ? { action: `${next.action}: first set ${kept.setting}`, owner: next.owner }
    : next
