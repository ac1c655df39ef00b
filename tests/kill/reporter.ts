import type { MailToSend, ReceivedMail } from '@embargo/emulator-smtp'
import { REPORTER, SECOND_REPORTER, SECURITY, START } from './house.ts'

export type Mail = MailToSend

const mail = (from: string, name: string, subject: string): Mail => ({
  from: { name, address: from },
  to: SECURITY,
  subject,
  text: `A template named ../../etc/passwd is read and shown.\n\n${name}\n`,
  messageId: `<first-${from}>`,
  date: new Date(START),
})

/** The mails of two people who report two vulnerabilities on the same morning. */
export const firstMails: readonly Mail[] = [
  mail(REPORTER, 'Robin Example', 'A template can read any file'),
  mail(SECOND_REPORTER, 'Alex Example', 'The upload form takes any size'),
]

/** The reporter's answer to the verification request, in its thread and to the address that it names. */
export const replyTo = (mail: ReceivedMail): Mail => ({
  from: { name: 'Robin Example', address: REPORTER },
  to: /<([^<>]+)>/u.exec(mail.header('reply-to'))?.[1] ?? mail.header('reply-to'),
  subject: `Re: ${mail.header('subject')}`,
  text: 'It is fixed.\n',
  messageId: `<verified-${REPORTER}>`,
  date: new Date(START),
  inReplyTo: mail.header('message-id'),
  references: [mail.header('message-id')],
})
