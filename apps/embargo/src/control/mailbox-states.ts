import type { MailboxCursor, UnreadReason } from '@embargo/engine'
import type { ProgramParts } from '../program/program.ts'

/** What `embargo doctor mail` says about one mailbox. */
export type MailboxReport = {
  readonly mailbox: string
  /** Why the mailbox or one of its folders could not be read at the last attempt. */
  readonly trouble?: string
  /** The folders that were read at the last attempt. Absent if that attempt failed, or if there was none yet. */
  readonly folders?: readonly { readonly path: string; readonly spam: boolean }[]
  /** The mails that are still in the mailbox and are not stored. */
  readonly unread: readonly UnreadGroup[]
}

type UnreadGroup = { readonly folder: string; readonly because: UnreadReason; readonly uids: readonly number[] }

export async function mailboxReports({ store, mailboxes }: ProgramParts): Promise<readonly MailboxReport[]> {
  const cursors = await store.mailboxCursors.list()
  return [...(mailboxes?.() ?? [])].map(([mailbox, state]) => ({
    mailbox,
    ...(state !== undefined && ('trouble' in state ? { trouble: state.trouble.why } : { folders: state.folders })),
    unread: cursors.filter((one) => one.mailbox === mailbox).flatMap(groupsOf),
  }))
}

function groupsOf({ folder, unread }: MailboxCursor): readonly UnreadGroup[] {
  const reasons = [...new Set(unread.map(({ because }) => because))]
  return reasons.map((because) => ({
    folder,
    because,
    uids: unread.filter((mail) => mail.because === because).map(({ uid }) => uid),
  }))
}
