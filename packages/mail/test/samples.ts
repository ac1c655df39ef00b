import { createHmac } from 'node:crypto'
import type { Mac } from '../src/mac.ts'

export const OWN = ['security@example.org']
export const macOf =
  (key: string): Mac =>
  (text) =>
    new Uint8Array(createHmac('sha256', key).update(text).digest())
export const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)

/** Joins lines to a mail with the line ends that SMTP uses. */
export const mail = (...lines: string[]): Uint8Array => bytes(`${lines.join('\r\n')}\r\n`)

export const plain = mail(
  'From: Rae <rae@reporter.example>',
  'To: security@example.org',
  'Subject: =?utf-8?q?Pr=C3=BCfung?= of lengths',
  'Message-ID: <1@reporter.example>',
  'Date: Tue, 02 Jun 2026 14:00:00 +0000',
  '',
  'A long header overflows.',
)

export const withPatch = mail(
  'From: Rae <rae@reporter.example>',
  'Subject: with a patch',
  'Content-Type: multipart/mixed; boundary="b 1"',
  '',
  'preamble',
  '--b 1',
  'Content-Type: multipart/alternative; boundary=b2',
  '',
  '--b2',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'caf=E9',
  '--b2',
  'Content-Type: text/html',
  '',
  '<p>caf&eacute;</p>',
  '--b2--',
  '--b 1',
  'Content-Type: text/x-patch; name="=?utf-8?q?fix=2Epatch?="',
  'Content-Disposition: attachment; filename="../../fix.patch"',
  'Content-Transfer-Encoding: base64',
  '',
  'LS0tIGEKKysrIGIK',
  '--b 1--',
)

export const htmlOnly = mail(
  'From: rae@reporter.example',
  'Subject: html',
  'Content-Type: text/html; charset=utf-8',
  '',
  '<style>p{}</style><h1>Title</h1><p>See <a href="https://evil.example/">https://bank.example/</a></p><img src="https://tracker.example/x.png"><script>alert(1)</script>',
)

export const bounce = mail(
  'From: MAILER-DAEMON@mx.example',
  'To: security+b@example.org',
  'Subject: Undelivered',
  'Content-Type: multipart/report; report-type=delivery-status; boundary=r',
  '',
  '--r',
  '',
  'It did not work.',
  '--r',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mx.example',
  '',
  'Final-Recipient: rfc822; rae@reporter.example',
  'Action: failed',
  'Status: 5.1.1 (no such user)',
  'Diagnostic-Code: smtp; 550 5.1.1',
  '  unknown',
  '',
  '--r',
  'Content-Type: message/rfc822',
  '',
  'From: security@example.org',
  'Message-ID: <original@example.org>',
  'Subject: x',
  '',
  'text',
  '--r--',
)
