import { MessageId } from '@embargo/core'
import { SMALL_MAIL_BYTES } from '@embargo/engine'
import type { WaitingMail } from '@embargo/engine'
import { bytesIn, columnOf, type Database, type Value } from '../database/db.ts'
import { TO_TAKE_IN, type Condition } from './mail-claims.ts'
import type { KeyedRow } from './mail-rows.ts'

type Parts = Pick<Database, 'dialect' | 'newestRows'>

const WAITS = `"Mail"."state" IN (${TO_TAKE_IN.map((state) => `'${state}'`).join(', ')})`

/**
 * Lists up to `limit` small mails and, if there are any, at least one large mail, in the order of `MailSpool.waiting`.
 * This function is called after every few mails, so it reads neither the bytes nor the envelopes.
 */
export async function listWaiting(
  { dialect, newestRows }: Parts,
  { limit, except, free }: { readonly limit: number; readonly except: ReadonlySet<string>; readonly free: Condition },
): Promise<readonly WaitingMail[]> {
  const columns = ['id', 'bytes', 'attempts'].map((name) => columnOf(dialect, 'Mail', name)).join(', ')
  const listed = async (size: '<=' | '>', most: number): Promise<readonly WaitingMail[]> => {
    const rows = await newestRows({
      sql: `SELECT ${columns} FROM "Mail" WHERE ${WAITS} AND "bytes" ${size} $1 AND ${free.sql}
        ORDER BY "attempts", "seq" LIMIT $${free.values.length + 2}`,
      values: [SMALL_MAIL_BYTES, ...free.values, most + except.size],
    })
    return rows
      .filter(([id]) => !except.has(String(id)))
      .slice(0, most)
      .map(([id, bytes, attempts]) => ({
        id: MessageId.parse(id),
        bytes: Number(bytes),
        attempts: Number(attempts),
      }))
  }
  const small = await listed('<=', limit)
  const large = await listed('>', Math.max(1, limit - small.length))
  return [...small, ...large].toSorted((one, other) => one.attempts - other.attempts)
}

export type WaitingRow = KeyedRow & { readonly raw: Value | undefined }

/** The row of a waiting mail with its sealed bytes. */
export async function readWaiting(
  { dialect, newestRows }: Parts,
  id: MessageId,
  free: Condition,
): Promise<WaitingRow | undefined> {
  const columns = ['receivedAt', 'state', 'attempts', 'bytes', 'key', 'envelope', 'because'].map((name) =>
    columnOf(dialect, 'Mail', name),
  )
  const [row] = await newestRows({
    sql: `SELECT ${[...columns, columnOf(dialect, 'MailBytes', 'raw')].join(', ')} FROM "Mail"
      LEFT JOIN "MailBytes" ON "MailBytes"."id" = "Mail"."id"
      WHERE "Mail"."id" = $1 AND ${WAITS} AND ${free.sql}`,
    values: [id, ...free.values],
  })
  if (row === undefined) return undefined
  const [receivedAt, state, attempts, bytes, key, envelope, because, raw] = row
  return {
    id,
    receivedAt: Number(receivedAt),
    state: String(state),
    attempts: Number(attempts),
    bytes: Number(bytes),
    // A mail that waits belongs to no case yet.
    stream: null,
    reporter: null,
    key: bytesIn(key),
    envelope: bytesIn(envelope),
    because: because === null ? null : bytesIn(because),
    raw,
  }
}
