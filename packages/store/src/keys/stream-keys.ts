import { bytesIn, columnOf, type Database } from '../database/db.ts'
import { StoreError } from '../errors.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import { newKey, place, seal, unseal, type Key } from '../sealing/seal.ts'

const at = (stream: string): Uint8Array => place('stream-key', stream)

/**
 * One random data key for each case and each release, wrapped by the master key. A key never changes, so it is cached
 * in memory.
 */
export class StreamKeys {
  readonly #database: Database
  readonly #master: MasterKeys
  readonly #known = new Map<string, Key>()
  /** The stream of each effect that this process has claimed and not finished, by the id of the effect. */
  readonly #claimed = new Map<string, string>()

  constructor(database: Database, master: MasterKeys) {
    this.#database = database
    this.#master = master
  }

  /** The key of a stream that has rows. @throws StoreError `damaged` if the key is missing */
  async get(stream: string): Promise<Key> {
    const key = await this.find(stream)
    if (key) return key
    throw new StoreError('damaged', `${stream} has rows but no key. Restore the database from a backup.`)
  }

  async find(stream: string): Promise<Key | undefined> {
    const known = this.#known.get(stream)
    if (known) return known
    const { dialect, newestRows } = this.#database
    const [row] = await newestRows({
      sql: `SELECT ${columnOf(dialect, 'StreamKey', 'key')} FROM "StreamKey" WHERE "stream" = $1`,
      values: [stream],
    })
    if (!row) return undefined
    const key = unseal(this.#master.streams, at(stream), bytesIn(row[0]))
    this.#known.set(stream, key)
    return key
  }

  /** Removes the key from the cache, so the next request reads it from the database. */
  forget(stream: string): void {
    this.#known.delete(stream)
  }

  /** Remembers the stream of a claimed effect. That saves a query each time something is sealed for the effect. */
  claimed(effect: string, stream: string): void {
    this.#claimed.set(effect, stream)
  }

  finished(effect: string): void {
    this.#claimed.delete(effect)
  }

  async ofEffect(effect: string): Promise<string | undefined> {
    const claimed = this.#claimed.get(effect)
    if (claimed !== undefined) return claimed
    const row = await this.#database.reader.effect.findUnique({ where: { id: effect }, select: { stream: true } })
    return row?.stream
  }

  /**
   * The key of the stream. If the stream has no key, creates one. If the stream never gets a row, the key does no harm.
   */
  async ensure(stream: string): Promise<Key> {
    const known = await this.find(stream)
    if (known) return known
    const key = newKey()
    // This write need not wait for the disk: what is sealed under the key is written later, so it never reaches the
    // disk before the key.
    const made = await this.#database.writer.unsynced('other', {
      sql: `INSERT INTO "StreamKey" ("stream", "key") VALUES ($1, $2) ON CONFLICT ("stream") DO NOTHING
        RETURNING "stream"`,
      values: [stream, seal(this.#master.streams, at(stream), key)],
    })
    if (made.length === 0) return this.get(stream)
    this.#known.set(stream, key)
    return key
  }
}
