import { safeLine } from '@embargo/chat'
import { z } from 'zod'
import type { MailboxReport } from '../control/mailbox-states.ts'
import type { Check } from './checks.ts'
import { UNREAD } from './mail-words.ts'

export const MailboxReports = z.array(
  z.object({
    mailbox: z.string(),
    trouble: z.string().exactOptional(),
    folders: z.array(z.object({ path: z.string(), spam: z.boolean() })).exactOptional(),
    unread: z.array(
      z.object({
        folder: z.string(),
        because: z.enum(['no-bytes', 'too-large', 'no-room']),
        uids: z.array(z.number()),
      }),
    ),
  }),
)

/** A check names at most this many mails. */
const MAX_NAMED = 10

/** Whether a mailbox and each of its folders can be read, and which mails could not be taken out of it. */
export const mailboxChecks = (report: MailboxReport): readonly Check[] => [
  stateCheck(report),
  ...report.unread.map(({ folder, because, uids }): Check => {
    const more = uids.length > MAX_NAMED ? ` and ${uids.length - MAX_NAMED} more` : ''
    return {
      what: `Every mail in ${safeLine(`${report.mailbox}, ${folder}`)} is taken in`,
      ok: false,
      warning: true,
      todo: `UID ${uids.slice(0, MAX_NAMED).join(', ')}${more}: ${UNREAD[because]}. "embargo read mails" shows when they came.`,
    }
  }),
]

function stateCheck({ mailbox, trouble, folders }: MailboxReport): Check {
  const what = `The mailbox ${safeLine(mailbox)} is read`
  if (trouble !== undefined) return { what, ok: false, todo: safeLine(trouble) }
  if (folders === undefined)
    return { what, ok: false, warning: true, todo: 'It has not been read since the program started. Try again soon.' }
  if (folders.some(({ spam }) => spam))
    return { what, ok: true, note: safeLine(folders.map(({ path }) => path).join(', ')) }
  return {
    what,
    ok: false,
    warning: true,
    todo: 'Only INBOX is read, because no spam folder was found: a report that the server takes for spam is lost to you. Give the folder its usual name, such as "Junk", or switch the spam filter off for the security address.',
  }
}
