import { DAY } from '@embargo/core'
import type { ReceivedMail } from '@embargo/emulator-smtp'
import { armoredPublicKey, createKey } from '@embargo/mail'
import { BOUNCING, REPORTER, SECOND_REPORTER, SECURITY, START, THIRD_REPORTER } from './house.ts'

/** A mail to us, and the protocol by which it comes. `from`: the sender of the envelope, empty for a bounce. */
export type Mail = {
  readonly by: 'smtp' | 'lmtp' | 'imap'
  readonly messageId: string
  readonly from: string
  readonly to: readonly string[]
  readonly raw: string
}

type MailParts = Omit<Mail, 'raw'> & { readonly header: readonly string[]; readonly body: readonly string[] }

const written = ({ header, body, ...mail }: MailParts): Mail => ({
  ...mail,
  raw: [
    ...header,
    `Message-ID: ${mail.messageId}`,
    `Date: ${new Date(START).toUTCString().replace('GMT', '+0000')}`,
    'MIME-Version: 1.0',
    ...body,
    '',
  ].join('\r\n'),
})

const report = (by: Mail['by'], from: string, subject: string, body: readonly string[]): Mail =>
  written({
    by,
    messageId: `<first-${from}>`,
    from,
    to: [SECURITY],
    header: [`From: <${from}>`, `To: <${SECURITY}>`, `Subject: ${subject}`],
    body,
  })

const TEXT = ['Content-Type: text/plain', '', 'A template named ../../etc/passwd is read and shown.']

/** The key of the first reporter. Every mail to this reporter is encrypted to this key. */
const key = await createKey({
  name: 'Robin Example',
  address: REPORTER,
  at: START - DAY,
  expiresAt: START + 365 * DAY,
})

const withKey = [
  'Content-Type: multipart/mixed; boundary="part"',
  '',
  '--part',
  ...TEXT,
  '--part',
  'Content-Type: application/pgp-keys; name="key.asc"',
  'Content-Disposition: attachment; filename="key.asc"',
  '',
  ...(await armoredPublicKey(key)).trimEnd().split(/\r?\n/u),
  '--part--',
]

/** The mails of three people who report three vulnerabilities on the same morning. */
export const firstMails: readonly Mail[] = [
  report('smtp', REPORTER, 'A template can read any file', withKey),
  report('smtp', SECOND_REPORTER, 'The upload form takes any size', TEXT),
  report('imap', THIRD_REPORTER, 'The session never ends', TEXT),
]

/**
 * The reporter's answer to the verification request, in the same thread. It goes to the reply address of the request,
 * and a copy goes to the security address. With two recipients, LMTP gives two replies for the mail.
 */
export const replyTo = (mail: ReceivedMail): Mail => {
  const address = /<([^<>]+)>/u.exec(mail.header('reply-to'))?.[1] ?? mail.header('reply-to')
  return written({
    by: 'lmtp',
    messageId: `<verified-${REPORTER}>`,
    from: REPORTER,
    to: [address, SECURITY],
    header: [
      `From: <${REPORTER}>`,
      `To: <${address}>`,
      `Cc: <${SECURITY}>`,
      `Subject: Re: ${mail.header('subject')}`,
      `In-Reply-To: ${mail.header('message-id')}`,
      `References: ${mail.header('message-id')}`,
    ],
    body: ['Content-Type: text/plain', '', 'It is fixed.'],
  })
}

/** A mail server's report that the recipient has no mailbox there (RFC 3464). */
export const bounceOf = (mail: ReceivedMail): Mail =>
  written({
    by: 'smtp',
    messageId: `<bounce-${BOUNCING}>`,
    from: '',
    to: [mail.envelopeFrom],
    header: ['From: <mailer-daemon@example.com>', `To: <${mail.envelopeFrom}>`, 'Subject: Undelivered'],
    body: [
      'Content-Type: multipart/report; report-type=delivery-status; boundary="part"',
      '',
      '--part',
      'Content-Type: message/delivery-status',
      '',
      'Reporting-MTA: dns; mx.example.com',
      '',
      `Final-Recipient: rfc822; ${BOUNCING}`,
      'Action: failed',
      'Status: 5.1.1',
      '',
      '--part--',
    ],
  })
