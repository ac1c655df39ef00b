import type { Database, Db, Value } from '../database/db.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import { newKey, place, seal, unseal, type Key } from '../sealing/seal.ts'

const at = (reporter: string): Uint8Array => place('reporter-key', reporter)

/** SQLite stores any type in any column, so the value is cast to bytes. */
const KEY = { postgresql: '"key"', sqlite: 'CAST("key" AS BLOB)' } as const

const places = (reporters: ReadonlySet<string>): string => [...reporters].map((_, index) => `$${index + 1}`).join(', ')

/**
 * One key for each reporter. The keys must not be cached: another process can erase a reporter, and from then on nobody
 * may unseal that reporter's data.
 */
export class ReporterKeys {
  readonly #database: Database
  readonly #master: MasterKeys

  constructor(database: Database, master: MasterKeys) {
    this.#database = database
    this.#master = master
  }

  /** The keys that still exist. */
  async find(reporters: ReadonlySet<string>): Promise<ReadonlyMap<string, Key>> {
    return this.#opened(await this.#rows(reporters))
  }

  /** Like `find`, but also makes keys for reporters who never had one. An erased reporter gets no new key. */
  async ensure(reporters: ReadonlySet<string>, stream: string): Promise<ReadonlyMap<string, Key>> {
    const known = await this.#rows(reporters)
    const missing = [...reporters].filter((reporter) => !known.has(reporter))
    if (missing.length === 0) return this.#opened(known)
    for (const reporter of missing) await this.#make(reporter, stream)
    return this.find(reporters)
  }

  /** The sealed keys. An erased reporter has a row without a key. */
  async #rows(reporters: ReadonlySet<string>): Promise<ReadonlyMap<string, Value | undefined>> {
    if (reporters.size === 0) return new Map()
    const rows = await this.#database.newestRows({
      sql: `SELECT "reporter", ${KEY[this.#database.dialect]} FROM "ReporterKey"
        WHERE "reporter" IN (${places(reporters)})`,
      values: [...reporters],
    })
    return new Map(rows.map(([reporter, key]) => [String(reporter), key]))
  }

  #opened(rows: ReadonlyMap<string, Value | undefined>): ReadonlyMap<string, Key> {
    const keys = new Map<string, Key>()
    for (const [reporter, key] of rows)
      if (key instanceof Uint8Array) keys.set(reporter, unseal(this.#master.reporters, at(reporter), key))
    return keys
  }

  async #make(reporter: string, stream: string): Promise<void> {
    // This write need not wait for the disk: what is sealed under the key is written later, so it never reaches the
    // disk before the key.
    await this.#database.writer.unsynced('other', {
      sql: `INSERT INTO "ReporterKey" ("reporter", "stream", "key") VALUES ($1, $2, $3) ON CONFLICT ("reporter") DO NOTHING`,
      values: [reporter, stream, seal(this.#master.reporters, at(reporter), newKey())],
    })
  }

  /** Destroys the key. Returns the stream to which the reporter belongs, if they ever had a key. */
  async erase(db: Db, reporter: string): Promise<string | undefined> {
    const row = await db.reporterKey.findUnique({ where: { reporter }, select: { stream: true } })
    if (!row) {
      await db.reporterKey.create({ data: { reporter, stream: '', key: null } })
      return undefined
    }
    await db.reporterKey.update({ where: { reporter }, data: { key: null } })
    return row.stream
  }
}
