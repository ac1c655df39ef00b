import { expect, it } from 'vitest'
import type { MailboxReport } from '../control/mailbox-states.ts'
import { lineOf } from './checks.ts'
import { mailboxChecks } from './doctor-mailbox.ts'

const BOX = { mailbox: 'security@imap.example', unread: [] }
const READ = {
  ...BOX,
  folders: [
    { path: 'INBOX', spam: false },
    { path: 'Junk', spam: true },
  ],
}
const lines = (report: MailboxReport): string => mailboxChecks(report).map(lineOf).join('\n')

it.each<[string, MailboxReport, string]>([
  ['was read', READ, 'ok       The mailbox security@imap.example is read (INBOX, Junk)'],
  ['was not read yet', BOX, 'warning  The mailbox security@imap.example is read\n         It has not been read'],
  [
    'has a folder that the server refuses to open',
    { ...BOX, trouble: 'The server refuses to open the spam folder (Junk\u001B[2J).' },
    'wrong    The mailbox security@imap.example is read\n         The server refuses to open the spam folder (Junk[2J).',
  ],
  [
    'has no spam folder',
    { ...BOX, folders: [{ path: 'INBOX', spam: false }] },
    'warning  The mailbox security@imap.example is read\n         Only INBOX is read',
  ],
])('says whether a mailbox is read, and what to do: it %s', (_, report, expected) => {
  expect(lines(report)).toContain(expected)
})

it('names the first mails that could not be taken in, with the reason', () => {
  const uids = Array.from({ length: 12 }, (_, index) => index + 1)
  const unread = [
    { folder: 'INBOX', because: 'no-bytes' as const, uids },
    { folder: 'Junk', because: 'too-large' as const, uids: [7] },
  ]
  expect(
    lines({ ...READ, unread })
      .split('\n')
      .slice(1),
  ).toEqual([
    'warning  Every mail in security@imap.example, INBOX is taken in',
    '         UID 1, 2, 3, 4, 5, 6, 7, 8, 9, 10 and 2 more: the server delivers no text; Embargo tries again every hour. "embargo read mails" shows when they came.',
    'warning  Every mail in security@imap.example, Junk is taken in',
    '         UID 7: larger than 25 MB, so it stays in the mailbox. "embargo read mails" shows when they came.',
  ])
})
