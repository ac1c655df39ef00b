import { mail } from './samples.ts'

/** The Message-ID and the header of our mail, as servers return them. */
export const RETURNED_ID = '<original@example.org>'
const HEADER = [
  'Received: from example.org by mx.example',
  `Message-ID: ${RETURNED_ID}`,
  'Subject: x',
  'From: security@example.org',
]
const WHOLE = [...HEADER, '', 'text']

const report = (action: string, status: string, ...more: readonly string[]): readonly string[] => [
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mx.example',
  '',
  'Final-Recipient: rfc822; rae@reporter.example',
  `Action: ${action}`,
  `Status: ${status}`,
  ...more,
  '',
]
const parts = (...all: readonly (readonly string[])[]): readonly string[] => [
  '',
  ...all.flatMap((part) => ['--b', ...part]),
  '--b--',
]
const words = ['Content-Type: text/plain', '', 'It did not work.']

/** A bounce as a server writes it, with its return path and what the program should read from it. */
export type Sample = {
  readonly raw: Uint8Array
  readonly from: string
  /** The action that the bounce names, if it has the standard form. Undefined if only its text says what happened. */
  readonly action?: string
  readonly status: string
}

/** Invented bounces, each in the form of a present or former mail server. */
export const BOUNCES: Readonly<Record<string, Sample>> = {
  'Postfix, failed': {
    from: '',
    action: 'failed',
    status: '5.1.1',
    raw: mail(
      'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
      'Auto-Submitted: auto-replied',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      ...parts(words, report('failed', '5.1.1'), ['Content-Type: message/rfc822', '', ...WHOLE]),
    ),
  },
  'Postfix, delayed': {
    from: '',
    action: 'delayed',
    status: '4.4.1',
    raw: mail(
      'From: MAILER-DAEMON@mx.example (Mail Delivery System)',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      ...parts(words, report('delayed', '4.4.1', 'Will-Retry-Until: Fri, 5 Jun 2026'), [
        'Content-Type: text/rfc822-headers',
        '',
        ...HEADER,
      ]),
    ),
  },
  'Microsoft 365, with a vague status and the code in the reply': {
    from: '',
    action: 'failed',
    status: '5.1.10',
    raw: mail(
      'From: postmaster@reporter.example',
      'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
      ...parts(
        ['Content-Type: text/html', '', '<p>It could not be delivered.</p>'],
        report('failed', '5.0.0', 'Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound'),
        ['Content-Type: message/rfc822', '', ...WHOLE],
      ),
    ),
  },
  'a server that leaves out the action': {
    from: '',
    action: 'failed',
    status: '5.2.2',
    raw: mail(
      'From: postmaster@mx.example',
      'Content-Type: multipart/report; boundary=b',
      ...parts(
        words,
        [
          'Content-Type: message/delivery-status',
          '',
          'Final-Recipient: rfc822; rae@reporter.example',
          'Status: 5.2.2',
          '',
        ],
        ['Content-Type: message/rfc822', '', ...WHOLE],
      ),
    ),
  },
  'Zoho and James, a status without the wrapping': {
    from: '',
    action: 'failed',
    status: '5.1.1',
    raw: mail(
      'From: mailer-daemon@mail.example',
      'Content-Type: multipart/mixed; boundary=b',
      ...parts(words, report('failed', '5.1.1'), ['Content-Type: text/rfc822-headers', '', ...HEADER]),
    ),
  },
  'an old Exim, and the old Gmail': {
    from: '',
    status: '5.1.1',
    raw: mail(
      'From: Mail Delivery System <Mailer-Daemon@mx.example>',
      'X-Failed-Recipients: rae@reporter.example',
      'Auto-Submitted: auto-replied',
      '',
      'A message that you sent could not be delivered. This is a permanent error.',
      '  rae@reporter.example',
      '    host mx.example [192.0.2.5]: 550 5.1.1 unknown user',
      '------ This is a copy of the message, including all the headers. ------',
      ...WHOLE,
    ),
  },
  'qmail, and the old Yahoo': {
    from: '',
    status: '5.1.1',
    raw: mail(
      'From: MAILER-DAEMON@mx.example',
      '',
      'Hi. This is the program at mx.example (192.0.2.5).',
      '<rae@reporter.example>:',
      'Sorry, no mailbox here by that name. (#5.1.1)',
      '',
      '--- Below this line is a copy of the message.',
      '',
      'Return-Path: <security@example.org>',
      ...WHOLE,
    ),
  },
  'an old sendmail, from its own mailbox': {
    from: 'MAILER-DAEMON@mx.example',
    status: '',
    raw: mail(
      'From: Mail Delivery Subsystem <MAILER-DAEMON@mx.example>',
      '',
      '   ----- Transcript of session follows -----',
      '550 rae@reporter.example... User unknown',
      '   ----- Unsent message follows -----',
      ...WHOLE,
    ),
  },
  'Exchange 5.5, from its postmaster': {
    from: 'postmaster@reporter.example',
    status: '',
    raw: mail(
      'From: postmaster@reporter.example',
      'X-MS-Embedded-Report: ',
      'Content-Type: multipart/mixed; boundary=b',
      ...parts(words, ['Content-Type: message/rfc822', '', ...WHOLE]),
    ),
  },
  'an old Domino, which sets the returned header in': {
    from: '',
    status: '',
    raw: mail(
      'From: Postmaster@reporter.example',
      '',
      'was not delivered to:',
      '',
      ...HEADER.map((line) => `  ${line}`),
    ),
  },
  'a server without an address in From': {
    from: '',
    status: '4.4.1',
    raw: mail(
      'From: MAILER-DAEMON <>',
      '',
      'rae@reporter.example: 4.4.1 no answer',
      '',
      ...WHOLE.map((line) => `> ${line}`),
    ),
  },
}
