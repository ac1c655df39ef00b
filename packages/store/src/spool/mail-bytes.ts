import type { Db } from '../database/db.ts'
import { StoreError } from '../errors.ts'
import type { Key } from '../sealing/seal.ts'
import { openRaw } from './mail-rows.ts'

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
