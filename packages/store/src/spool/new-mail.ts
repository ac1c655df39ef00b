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
 * The statements that store a mail's row and its bytes in one transaction, sealed under a new key for this mail. The
 * bytes are sealed only when their statement runs, because many large mails may wait at the same time. If the mail is
 * already stored, nothing changes. If the table of bytes still has old bytes of this mail, although its row in the
 * table of mails is gone, the new bytes replace the old ones. The key of the old bytes was in that row, so it is gone
 * too.
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
