import type { Commit } from '@embargo/engine'
import { bytesIn, columnOf, type Database, type Value } from '../database/db.ts'
import { StoreError } from '../errors.ts'
import type { ReporterKeys } from '../keys/reporter-keys.ts'
import type { StreamKeys } from '../keys/stream-keys.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import { place, seal, unseal, type Bytes, type Key } from '../sealing/seal.ts'

const spoolPlace = (id: string): Uint8Array => place('mail-key', id)
const reporterPlace = (id: string, reporter: string): Uint8Array => place('mail-key', id, 'reporter', reporter)
const casePlace = (id: string, stream: string): Uint8Array => place('mail-key', id, 'case', stream)

const text = (cell: Value): string | null => (cell === null ? null : String(cell))

export type KeyedMail = {
  readonly id: string
  readonly key: Uint8Array
  readonly stream: string | null
  readonly reporter: string | null
}
export type MailKeyParts = {
  readonly database: Database
  readonly master: MasterKeys
  readonly streamKeys: StreamKeys
  readonly reporterKeys: ReporterKeys
}

/**
 * Each mail has its own key. Until we know to which case the mail belongs, the master key wraps the mail's key. After
 * that, the reporter's key wraps it, and the key of the case wraps the result. So nobody can unseal the mail after the
 * reporter was erased.
 */
export class MailKeys {
  readonly #parts: MailKeyParts

  constructor(parts: MailKeyParts) {
    this.#parts = parts
  }

  wrap(id: string, key: Key): Bytes {
    return seal(this.#parts.master.mails, spoolPlace(id), key)
  }

  /** Undefined when the mail's reporter was erased. */
  async unwrap({ id, key, stream, reporter }: KeyedMail): Promise<Key | undefined> {
    if (stream === null) return unseal(this.#parts.master.mails, spoolPlace(id), key)
    const inner = unseal(await this.#parts.streamKeys.get(stream), casePlace(id, stream), key)
    if (reporter === null) return inner
    const reporterKey = (await this.#parts.reporterKeys.find(new Set([reporter]))).get(reporter)
    return reporterKey ? unseal(reporterKey, reporterPlace(id, reporter), inner) : undefined
  }

  /**
   * The key of a stored mail, wrapped for the case to which the mail belongs.
   *
   * @throws StoreError `unknown-row` when the spool has no such mail, or when the mail's reporter was erased
   */
  async underCase({ message, stream, reporter }: NonNullable<Commit['mail']>): Promise<Bytes> {
    const { dialect, newestRows } = this.#parts.database
    const [row] = await newestRows({
      sql: `SELECT ${columnOf(dialect, 'Mail', 'key')}, "stream", "reporter" FROM "Mail" WHERE "id" = $1`,
      values: [message],
    })
    const [wrapped, home = null, of = null] = row ?? []
    const key =
      row && (await this.unwrap({ id: message, key: bytesIn(wrapped), stream: text(home), reporter: text(of) }))
    if (!key)
      throw new StoreError(
        'unknown-row',
        'The spool has no such mail, or its reporter was erased, so it cannot be put into a case.',
      )
    const inner = reporter === undefined ? key : await this.#underReporter({ message, stream, reporter, key })
    return seal(await this.#parts.streamKeys.ensure(stream), casePlace(message, stream), inner)
  }

  async #underReporter(of: {
    readonly message: string
    readonly stream: string
    readonly reporter: string
    readonly key: Key
  }): Promise<Bytes> {
    const { message, stream, reporter, key } = of
    const reporterKey = (await this.#parts.reporterKeys.ensure(new Set([reporter]), stream)).get(reporter)
    if (!reporterKey)
      throw new StoreError('unknown-row', 'The reporter was erased, so their mail cannot be put into a case.')
    return seal(reporterKey, reporterPlace(message, reporter), key)
  }
}
