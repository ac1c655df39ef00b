import type { Db, Statement } from '../database/db.ts'
import { StoreError } from '../errors.ts'
import type { Bytes, Key } from '../sealing/seal.ts'
import { openRaw } from './mail-rows.ts'

/**
 * Stores the bytes of a mail. If there are bytes of a mail whose row is gone, they are replaced: nobody has the key
 * under which they are sealed.
 */
export const putBytes = (id: string, sealed: Bytes): Statement => ({
  sql: `INSERT INTO "MailBytes" ("id", "raw") VALUES ($1, $2) ON CONFLICT ("id") DO UPDATE SET "raw" = excluded."raw"`,
  values: [id, sealed],
})

/**
 * The mail as it came.
 *
 * @throws StoreError `damaged` when its bytes are gone or do not open
 */
export async function readBytes(db: Db, id: string, key: Key): Promise<Uint8Array> {
  const row = await db.mailBytes.findUnique({ where: { id }, select: { raw: true } })
  if (!row) throw new StoreError('damaged', 'The bytes of this mail are gone. Restore the database from a backup.')
  return openRaw(key, id, row.raw)
}
