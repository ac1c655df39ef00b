import type { DamagedRow } from '@embargo/engine'
import type { Database, Db } from '../database/db.ts'
import { isDamage } from '../errors.ts'
import type { ReporterKeys } from '../keys/reporter-keys.ts'
import type { StreamKeys } from '../keys/stream-keys.ts'
import { NEVER } from '../outbox/claimable.ts'
import { PLACES } from '../outbox/order.ts'
import { openEffect, openEvidence, openRendered } from '../outbox/effect-rows.ts'
import { openRow } from '../read-models/case-rows.ts'
import type { MasterKeys } from '../sealing/master-keys.ts'
import { place, unseal } from '../sealing/seal.ts'
import type { MailKeys } from '../spool/mail-keys.ts'
import { readBytes } from '../spool/mail-bytes.ts'
import { openListed } from '../spool/mail-rows.ts'
import { wrongCounters } from './wrong-counters.ts'

/** How many rows are in memory at the same time. The bytes of mails, letters and blobs are read one by one. */
const PAGE = 500

const CLOSED = 'it cannot be opened: it or its key was altered'

export type VerifyParts = {
  readonly database: Database
  readonly master: MasterKeys
  readonly streamKeys: StreamKeys
  readonly reporterKeys: ReporterKeys
  readonly mailKeys: MailKeys
}

type RowCheck = {
  readonly row: string
  readonly stream?: string | null
  readonly open: () => Promise<string | undefined>
}

/**
 * Finds damage outside the log: each row of the other tables must unseal and belong to a stream of the log. So if
 * somebody empties the log, these rows reveal it. This check can run while a program writes.
 */
export async function damagedRows(parts: VerifyParts, streams: ReadonlySet<string>): Promise<readonly DamagedRow[]> {
  const db = parts.database.reader
  const tables = {
    StreamKey: streamKeyRows(parts),
    ReporterKey: reporterKeyRows(parts),
    Effect: effectRows(parts),
    CaseRow: caseRows(parts),
    Channel: channelRows(parts),
    Mail: mailRows(parts),
    MailBytes: mailBytesRows(parts),
    Blob: blobRows(parts),
  }
  const found: DamagedRow[] = []
  for (const [table, rows] of Object.entries(tables))
    for await (const { row, stream, open } of rows) {
      const because = (await opened(open)) ?? (await unknownStream(db, streams, stream))
      if (because !== undefined) found.push({ table, row, because })
    }
  return [...found, ...(await missingKeys(db, streams)), ...(await wrongCounters(db, streams))]
}

async function opened(open: RowCheck['open']): Promise<string | undefined> {
  try {
    return await open()
  } catch (error) {
    if (isDamage(error)) return CLOSED
    throw error
  }
}

/**
 * Reports a row whose stream is not in the log. The rows that are checked here are written together with events of
 * their stream, or later.
 */
async function unknownStream(
  db: Db,
  streams: ReadonlySet<string>,
  stream: string | null | undefined,
): Promise<string | undefined> {
  if (stream === null || stream === undefined || streams.has(stream)) return undefined
  // The stream may have been added after the log was read.
  const now = await db.stream.findUnique({ where: { stream }, select: { stream: true } })
  return now === null ? `the log has nothing of ${stream}` : undefined
}

/** Reads all rows page by page, in the order of their key. `read` returns the page after a given row. */
async function* paged<Row>(read: (after: Row | undefined) => Promise<readonly Row[]>): AsyncIterable<Row> {
  for (let after: Row | undefined; ;) {
    const rows = await read(after)
    yield* rows
    if (rows.length < PAGE) return
    after = rows.at(-1)
  }
}

const page = { take: PAGE } as const

/** Reads only the id of each row. Used for tables whose rows are large. */
const idsAfter = (after: { readonly id: string } | undefined) =>
  ({ ...page, where: { id: { gt: after?.id ?? '' } }, orderBy: { id: 'asc' }, select: { id: true } }) as const

/**
 * A key without a stream is not damage: the key is made before the stream's first commit, and that commit may never
 * come.
 */
async function* streamKeyRows({ database: { reader }, master }: VerifyParts): AsyncIterable<RowCheck> {
  const rows = paged((after: { stream: string; key: Uint8Array } | undefined) =>
    reader.streamKey.findMany({ ...page, where: { stream: { gt: after?.stream ?? '' } }, orderBy: { stream: 'asc' } }),
  )
  for await (const { stream, key } of rows)
    yield { row: stream, open: async () => void unseal(master.streams, place('stream-key', stream), key) }
}

async function* reporterKeyRows({ database: { reader }, master }: VerifyParts): AsyncIterable<RowCheck> {
  const rows = paged((after: { reporter: string; key: Uint8Array | null } | undefined) =>
    reader.reporterKey.findMany({
      ...page,
      where: { reporter: { gt: after?.reporter ?? '' } },
      orderBy: { reporter: 'asc' },
      select: { reporter: true, key: true },
    }),
  )
  for await (const { reporter, key } of rows)
    yield {
      row: reporter,
      open: async () => void (key && unseal(master.reporters, place('reporter-key', reporter), key)),
    }
}

async function* effectRows({ database: { reader }, streamKeys }: VerifyParts): AsyncIterable<RowCheck> {
  const read = (after: { readonly id: string } | undefined) =>
    reader.effect.findMany({
      ...page,
      where: { id: { gt: after?.id ?? '' } },
      orderBy: { id: 'asc' },
      omit: { rendered: true },
    })
  type Row = Awaited<ReturnType<typeof read>>[number] & { readonly isRendered: boolean }
  const rows = paged(async (after: Row | undefined): Promise<readonly Row[]> => {
    const found = await read(after)
    const rendered = await reader.effect.findMany({
      where: { id: { in: found.map(({ id }) => id) }, rendered: { not: null } },
      select: { id: true },
    })
    const ids = new Set(rendered.map(({ id }) => id))
    return found.map((row) => ({ ...row, isRendered: ids.has(row.id) }))
  })
  for await (const { id, stream, state, lane, capability, kind, sealed, isRendered, evidence, ...at } of rows)
    yield {
      row: id,
      stream,
      open: async () => {
        const key = await streamKeys.get(stream)
        const effect = openEffect(key, id, sealed)
        const kept = isRendered
          ? await reader.effect.findUnique({ where: { id }, select: { rendered: true } })
          : undefined
        if (kept?.rendered) openRendered(key, id, kept.rendered)
        if (at.seq < 0n || at.seq > PLACES) return 'its place in the outbox was never assigned'
        if (at.notBefore < 0n || at.notBefore > NEVER) return 'the time that it waits for is not a valid time'
        const ended = evidence ? openEvidence(key, id, evidence).ended : undefined
        if (
          effect.stream !== stream ||
          effect.lane !== lane ||
          effect.capability !== capability ||
          effect.kind !== kind
        )
          return 'its unencrypted columns do not match its encrypted effect'
        return ended !== undefined && ended !== state
          ? `it ended as "${ended}", but its state is "${state}"`
          : undefined
      },
    }
}

async function* caseRows({ database: { reader }, streamKeys }: VerifyParts): AsyncIterable<RowCheck> {
  type Row = Awaited<ReturnType<typeof reader.caseRow.findMany>>[number]
  const rows = paged((after: Row | undefined) =>
    reader.caseRow.findMany({ ...page, where: { stream: { gt: after?.stream ?? '' } }, orderBy: { stream: 'asc' } }),
  )
  for await (const row of rows)
    yield {
      row: row.stream,
      stream: row.stream,
      open: async () => void openRow(await streamKeys.get(row.stream), row),
    }
}

async function* channelRows({ database: { reader } }: VerifyParts): AsyncIterable<RowCheck> {
  for (const { platform, channel, stream } of await reader.channel.findMany())
    yield { row: `${platform}/${channel}`, stream, open: async () => undefined }
}

async function* mailRows({ database: { reader }, mailKeys }: VerifyParts): AsyncIterable<RowCheck> {
  const rows = paged((after: { seq: number; id: string; stream: string | null } | undefined) =>
    reader.mail.findMany({
      ...page,
      where: { seq: { gt: after?.seq ?? -1 } },
      orderBy: { seq: 'asc' },
      select: { seq: true, id: true, stream: true },
    }),
  )
  for await (const { id, stream } of rows)
    yield {
      row: id,
      stream,
      open: async () => {
        const mail = await reader.mail.findUnique({ where: { id } })
        const key = mail ? await mailKeys.unwrap(mail) : undefined
        // The reporter was erased, and so was this mail.
        if (!mail || !key) return undefined
        openListed(mail, key)
        return (await reader.mailBytes.count({ where: { id } })) === 0 ? 'its bytes are gone' : undefined
      },
    }
}

async function* mailBytesRows({ database, mailKeys }: VerifyParts): AsyncIterable<RowCheck> {
  const { reader } = database
  const rows = paged((after: { id: string } | undefined) => reader.mailBytes.findMany(idsAfter(after)))
  for await (const { id } of rows)
    yield {
      row: id,
      open: async () => {
        const mail = await reader.mail.findUnique({ where: { id } })
        if (!mail) return 'the mail that these bytes belong to is gone'
        const key = await mailKeys.unwrap(mail)
        if (key) await readBytes(database, id, key)
        return undefined
      },
    }
}

/**
 * A blob that no event names is not damage: a blob is stored before the command that names it, and that command may
 * never run.
 */
async function* blobRows({ database: { reader }, streamKeys }: VerifyParts): AsyncIterable<RowCheck> {
  const rows = paged((after: { id: string } | undefined) => reader.blob.findMany(idsAfter(after)))
  for await (const { id } of rows)
    yield {
      row: id,
      open: async () => {
        const blob = await reader.blob.findUnique({ where: { id } })
        if (blob) unseal(await streamKeys.get(blob.stream), place('blob', id), blob.sealed)
        return undefined
      },
    }
}

async function missingKeys(db: Db, streams: ReadonlySet<string>): Promise<readonly DamagedRow[]> {
  const kept = new Set((await db.streamKey.findMany({ select: { stream: true } })).map(({ stream }) => stream))
  return [...streams]
    .filter((stream) => !kept.has(stream))
    .map((stream) => ({ table: 'StreamKey', row: stream, because: 'it is gone, although the log has the case' }))
}
