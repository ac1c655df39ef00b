import { randomUUID } from 'node:crypto'
import { NOW_MS } from '../database/database-clock.ts'
import type { Sql } from '../database/sql-connection.ts'
import { sealEntry } from '../events/answers.ts'
import { digestOfSealed, type Entry } from '../events/entries.ts'
import { StoreError } from '../errors.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'

/** The migration with which commands began to account for the streams. */
export const BEGINS_WITH = '0003_log_as_a_whole'

/**
 * An entry that names every stream as it stands, for a database whose commands have kept none so far. The next command
 * names it, so it cannot be taken away or made anew. Its id is random: one that is written again later is another one.
 */
export async function callTheRoll(sql: Sql, dialect: 'sqlite' | 'postgresql', master: MasterKeys): Promise<void> {
  const rows = await sql.rows(
    `SELECT "Stream"."stream", "Stream"."version", "Event"."sealed" FROM "Stream"
     JOIN "Event" ON "Event"."stream" = "Stream"."stream" AND "Event"."version" = "Stream"."version"`,
  )
  if (rows.length === 0) return
  const moved: Record<string, Entry['moved'][string]> = {}
  for (const [stream, version, sealed] of rows) {
    if (typeof stream !== 'string' || !(sealed instanceof Uint8Array))
      throw new StoreError('damaged', 'An event of the log cannot be read. Restore the database from a backup.')
    moved[stream] = [Number(version), digestOfSealed(sealed)]
  }
  const id = `roll-call/${randomUUID()}`
  await sql.execute(`INSERT INTO "Command" ("id", "at", "answer") VALUES ($1, ${NOW_MS[dialect]}, $2)`, [
    id,
    sealEntry(master.answers, id, { moved, after: [] }),
  ])
}
