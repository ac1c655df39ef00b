import { isDeepStrictEqual } from 'node:util'
import type { StreamId } from '@embargo/core'
import type { CaseRow, ReadModels, RebuildReport } from '@embargo/engine'
import { Undo, type Database, type Db } from '../database/db.ts'
import { StoreError } from '../errors.ts'
import type { StreamKeys } from '../keys/stream-keys.ts'
import { columnsOf, openRow, sealRow } from './case-rows.ts'

/** The most rows in one statement. PostgreSQL takes 65,535 values in a statement, SQLite 32,766. */
const AT_ONCE = 1_000
/** How many times a rebuild is tried. It starts again if a commit interrupts it. */
const MAX_TRIES = 20

type Parts = { readonly database: Database; readonly streamKeys: StreamKeys }
type StoredRow = Parameters<typeof openRow>[1]
type ChannelRow = { readonly platform: string; readonly channel: string; readonly stream: string }

/** Clears the read models and fills them from the log, in one transaction. */
export const rebuild =
  ({ database, streamKeys }: Parts): ReadModels['rebuild'] =>
  async (rowsAt) => {
    for (let tries = 0; tries < MAX_TRIES; tries++) {
      const rebuilt = await database.writer.run('other', async (db) => {
        await holdBack(database, db)
        const heads = await db.stream.findMany({ select: { stream: true, version: true }, orderBy: { stream: 'asc' } })
        const rows = await rowsAt(new Map(heads.map(({ stream, version }) => [stream as StreamId, version])))
        // `rows` is undefined if not all events up to the versions in `heads` could be read. On SQLite, events that
        // were just committed may not be readable yet, so the loop tries the rebuild again.
        if (rows === undefined) throw new Undo<RebuildReport | undefined>(undefined)
        return refill(db, streamKeys, rows)
      })
      if (rebuilt !== undefined) return rebuilt
    }
    throw new StoreError(
      'damaged',
      'Events at the end of the log are missing, so nothing can be rebuilt from it. Nothing was changed. "embargo audit verify" says where they are missing. Restore the database from a backup.',
    )
  }

/**
 * On PostgreSQL, makes commits of other processes wait until the rebuild has written its rows. These commits write
 * their rows afterwards, so no row is lost. Reading does not wait. SQLite needs no lock, because it has one writer.
 */
async function holdBack({ dialect }: Database, db: Db): Promise<void> {
  if (dialect === 'postgresql') await db.$executeRaw`LOCK TABLE "CaseRow", "Channel" IN SHARE ROW EXCLUSIVE MODE`
}

async function refill(db: Db, streamKeys: StreamKeys, rows: readonly CaseRow[]): Promise<RebuildReport> {
  const [caseRows, channels] = [await db.caseRow.findMany(), await db.channel.findMany()]
  const data = await Promise.all(
    rows.map(async (row) => {
      const { stream } = row
      return { stream, ...columnsOf(row), sealed: sealRow(await streamKeys.get(stream), row) }
    }),
  )
  const expected = channelsOf(rows)
  const differences = await compared(streamKeys, { rows: caseRows, channels }, { rows: data, channels: expected })
  await db.caseRow.deleteMany()
  await db.channel.deleteMany()
  for (let from = 0; from < data.length; from += AT_ONCE)
    await db.caseRow.createMany({ data: data.slice(from, from + AT_ONCE) })
  for (let from = 0; from < expected.length; from += AT_ONCE)
    await db.channel.createMany({ data: expected.slice(from, from + AT_ONCE) })
  return differences
}

/** The channels of the rows. The table has a constraint that a channel leads to only one case. */
function channelsOf(rows: readonly CaseRow[]): readonly ChannelRow[] {
  const all = rows.flatMap(({ stream, channels }) =>
    channels.map(({ platform, channel }) => ({ platform, channel, stream })),
  )
  return [...new Map(all.map((each) => [`${each.platform} ${each.channel}`, each])).values()]
}

type Tables = { readonly rows: readonly StoredRow[]; readonly channels: readonly ChannelRow[] }

async function compared(streamKeys: StreamKeys, before: Tables, after: Tables): Promise<RebuildReport> {
  const [was, is] = [await linesOf(streamKeys, before), await linesOf(streamKeys, after)]
  const streams = [...new Set([...was.keys(), ...is.keys()])].sort()
  const differ = streams.filter((stream) => !isDeepStrictEqual(was.get(stream), is.get(stream)))
  const added = differ.filter((stream) => was.get(stream)?.row === undefined && is.has(stream))
  const removed = differ.filter((stream) => !is.has(stream))
  const others = differ.filter((stream) => was.get(stream)?.row !== undefined && is.has(stream))
  const marked = (lines: Lines, stream: string): unknown => {
    const row = lines.get(stream)?.row
    return row === UNREADABLE ? undefined : row?.projection
  }
  const older = others.filter(
    (stream) => was.get(stream)?.row !== UNREADABLE && marked(was, stream) !== marked(is, stream),
  )
  return { lines: after.rows.length, added, removed, changed: others.filter((each) => !older.includes(each)), older }
}

const UNREADABLE = 'unreadable' as const

type Lines = Map<
  string,
  { readonly row: CaseRow | typeof UNREADABLE | undefined; readonly channels: readonly string[] }
>

/** The rows that the tables have for each stream. */
async function linesOf(streamKeys: StreamKeys, { rows, channels }: Tables): Promise<Lines> {
  const lines: Lines = new Map()
  for (const row of rows) lines.set(row.stream, { row: await readable(streamKeys, row), channels: [] })
  for (const { stream, platform, channel } of channels) {
    const line = lines.get(stream)
    lines.set(stream, { row: line?.row, channels: [...(line?.channels ?? []), `${platform} ${channel}`].sort() })
  }
  return lines
}

/** Opens a stored row. A row that is damaged or has no key must not stop the rebuild, so it becomes `UNREADABLE`. */
async function readable(streamKeys: StreamKeys, row: StoredRow): Promise<CaseRow | typeof UNREADABLE> {
  try {
    return openRow(await streamKeys.get(row.stream), row)
  } catch (error) {
    if (error instanceof StoreError || error instanceof SyntaxError) return UNREADABLE
    throw error
  }
}
