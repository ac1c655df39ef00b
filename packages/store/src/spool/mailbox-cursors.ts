import { instant } from '@embargo/core'
import { EngineError } from '@embargo/engine'
import type { MailboxCursor, MailboxCursors } from '@embargo/engine'
import { z } from 'zod'
import type { Database, Statement } from '../database/db.ts'
import { isDamage, StoreError } from '../errors.ts'
import { Listeners } from '../listeners.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import { place, sealJson, unsealJson } from '../sealing/seal.ts'
import { newMail } from './new-mail.ts'
import type { NewMailParts } from './new-mail.ts'

export type CursorParts = NewMailParts & {
  readonly database: Database
  readonly master: MasterKeys
  readonly stored: Listeners
}

const InstantFromNumber = z.number().transform(instant)
const SealedCursor = z.object({
  uidValidity: z.number(),
  uid: z.number(),
  newest: InstantFromNumber,
  backlog: z.object({ below: z.number(), from: InstantFromNumber }).exactOptional(),
  unread: z.array(
    z.object({
      uid: z.number(),
      bytes: z.number(),
      because: z.enum(['no-bytes', 'too-large', 'no-room']),
      receivedAt: InstantFromNumber,
    }),
  ),
})

type Row = { readonly mailbox: string; readonly folder: string; readonly version: number; readonly sealed: Uint8Array }

/** How far each mailbox was read, stored through Prisma. */
export function mailboxCursors({ database, master, mailKeys, stored }: CursorParts): MailboxCursors {
  const { reader, writer } = database
  const unread = new Listeners()
  // A sealed cursor can be opened only with the place for which it was sealed. The version is part of the place, so an
  // old cursor cannot be opened as a newer version.
  const at = ({ mailbox, folder, version }: Omit<Row, 'sealed'>): Uint8Array =>
    place('mailbox-cursor', mailbox, folder, version)

  function open(row: Row): MailboxCursor {
    try {
      const { mailbox, folder, version } = row
      return { mailbox, folder, version, ...SealedCursor.parse(unsealJson(master.mailboxCursors, at(row), row.sealed)) }
    } catch (cause) {
      throw new StoreError(
        'damaged',
        'The record of how far a mailbox was read cannot be opened: somebody wrote into the database. Restore it from a backup.',
        { cause },
      )
    }
  }

  function moved({ mailbox, folder, version, ...cursor }: MailboxCursor): Statement {
    const next = { mailbox, folder, version: version + 1 }
    const sealed = sealJson(master.mailboxCursors, at(next), cursor)
    if (version === 0)
      return {
        sql: `INSERT INTO "MailboxCursor" ("mailbox", "folder", "version", "sealed") VALUES ($1, $2, $3, $4)
          ON CONFLICT ("mailbox", "folder") DO NOTHING`,
        values: [mailbox, folder, next.version, sealed],
      }
    return {
      sql: `UPDATE "MailboxCursor" SET "version" = $1, "sealed" = $2
        WHERE "mailbox" = $3 AND "folder" = $4 AND "version" = $5`,
      values: [next.version, sealed, mailbox, folder, version],
    }
  }

  return {
    async find(mailbox, folder) {
      const row = await reader.mailboxCursor.findUnique({ where: { mailbox_folder: { mailbox, folder } } })
      return row === null ? undefined : open(row)
    },

    async list() {
      const rows = await reader.mailboxCursor.findMany({ orderBy: [{ mailbox: 'asc' }, { folder: 'asc' }] })
      // A damaged cursor is left out here. The code that reads this mailbox stops at the damaged cursor and reports it.
      return rows.flatMap((row) => {
        try {
          return [open(row)]
        } catch (error) {
          if (!isDamage(error)) throw error
          return []
        }
      })
    },

    async advance(cursor, mails) {
      const statements = mails.flatMap((mail) => {
        const { row, bytes } = newMail({ master, mailKeys }, mail)
        return [row, bytes]
      })
      try {
        if ((await writer.direct('spool', moved(cursor), ...statements)) === 0) return 'moved'
      } catch (error) {
        if (!(error instanceof EngineError && error.code === 'full')) throw error
        return 'full'
      }
      if (mails.length > 0) stored.tell()
      unread.tell()
      return 'stored'
    },

    onUnread: (listener) => unread.add(listener),
  }
}
