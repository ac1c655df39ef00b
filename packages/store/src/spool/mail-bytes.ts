import type { Database, Value } from '../database/db.ts'
import { StoreError } from '../errors.ts'
import type { Key } from '../sealing/seal.ts'
import { openRaw } from './mail-rows.ts'

/**
 * The value is cast to bytes, because SQLite stores any type in any column, and its driver aborts the process if a text
 * is not UTF-8.
 */
const RAW = { postgresql: '"raw"', sqlite: 'CAST("raw" AS BLOB)' } as const

/**
 * Reads the bytes of a mail as it came.
 *
 * @throws StoreError `damaged` when the bytes are gone or cannot be unsealed
 */
export async function readBytes(
  database: Pick<Database, 'rows' | 'dialect'>,
  id: string,
  key: Key,
): Promise<Uint8Array> {
  const [row] = await database.rows({
    sql: `SELECT ${RAW[database.dialect]} FROM "MailBytes" WHERE "id" = $1`,
    values: [id],
  })
  return openBytes(id, key, row?.[0])
}

/** Unseals the value in the column of a mail's bytes. @throws as `readBytes` does */
export function openBytes(id: string, key: Key, sealed: Value | undefined): Uint8Array {
  if (!(sealed instanceof Uint8Array))
    throw new StoreError('damaged', 'The bytes of this mail are gone. Restore the database from a backup.')
  return openRaw(key, id, sealed)
}
