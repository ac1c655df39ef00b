import type { MessageId } from '@embargo/core'
import type { ArrivingMail } from '@embargo/engine'
import type { Statement } from '../database/db.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import { newKey } from '../sealing/seal.ts'
import type { MailKeys } from './mail-keys.ts'
import { mailId, sealEnvelope, sealRaw } from './mail-rows.ts'

export type NewMailParts = { readonly master: MasterKeys; readonly mailKeys: MailKeys }

export type NewMail = { readonly id: MessageId; readonly row: Statement; readonly bytes: () => Statement }

/**
 * A mail's row and its bytes, sealed under a key of its own, to be written in one transaction. The bytes are sealed
 * when it is their turn, because many large mails may wait at the same time. If the mail is stored already, neither
 * statement changes anything, because bytes must be stored only together with the row that has their key. If bytes of
 * an earlier copy are left and their row is gone, they are overwritten, because their key no longer exists.
 */
export function newMail({ master, mailKeys }: NewMailParts, mail: ArrivingMail): NewMail {
  const id = mailId(master.mailIds, mail)
  const key = newKey()
  const wrapped = mailKeys.wrap(id, key)
  return {
    id,
    row: {
      sql: `INSERT INTO "Mail" ("id", "receivedAt", "state", "bytes", "key", "envelope")
          VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT ("id") DO NOTHING`,
      values: [
        id,
        BigInt(mail.receivedAt),
        mail.privateReport?.held === true ? 'held' : 'waiting',
        mail.raw.length,
        wrapped,
        sealEnvelope(key, id, mail),
      ],
    },
    bytes: () => ({
      sql: `INSERT INTO "MailBytes" ("id", "raw") SELECT $1, $2 WHERE EXISTS
          (SELECT 1 FROM "Mail" WHERE "id" = $1 AND "key" = $3)
          ON CONFLICT ("id") DO UPDATE SET "raw" = excluded."raw"`,
      values: [id, sealRaw(key, id, mail.raw), wrapped],
    }),
  }
}
