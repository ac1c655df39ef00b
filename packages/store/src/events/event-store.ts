import type { CommandId, StreamId } from '@embargo/core'
import { caseNumber } from '@embargo/engine'
import type { Commit, CommitResult, EventStore, HandledCommand, Log } from '@embargo/engine'
import type { Database } from '../database/db.ts'
import { batchQuery } from '../database/batch-query.ts'
import { StoreError } from '../errors.ts'
import type { Listeners } from '../listeners.ts'
import { putOrderRight } from '../outbox/order.ts'
import { openAnswer } from './answers.ts'
import { drawNumber, drawnNumber } from './case-numbers.ts'
import { commitStatements } from './commit-statements.ts'
import { draft, type Draft, type Sealers } from './draft.ts'
import { StreamCache } from './stream-cache.ts'
import { openEvents } from './seal-events.ts'
import { LogHeads } from './log-heads.ts'
import { verifyLog } from './verify-log.ts'
import { verifyStream } from './verify.ts'
import { fitsOneStatement, plain, writeAtOnce, type PlainDraft } from './write-at-once.ts'
import { KNOWN, write, type WriteResult } from './write.ts'

/** Streams are listed in pages of this many. */
const PAGE = 500

export type EventStoreParts = Sealers & { readonly database: Database; readonly appended: Listeners; readonly log: Log }

/** SQLite stores any type in any column, so the value is cast to bytes. */
const ANSWER = { postgresql: '"answer"', sqlite: 'CAST("answer" AS BLOB)' } as const

const placesOf = (values: readonly unknown[]): string => values.map((_, at) => `$${at + 1}`).join(', ')

type StreamPosition = { readonly stream: string; readonly version: number }

/** The log, stored through Prisma. */
export function eventStore(parts: EventStoreParts): EventStore {
  const { database, master, streamKeys, reporterKeys, appended, log } = parts
  const { reader, writer } = database
  const streamCache = new StreamCache()
  const logHeads = new LogHeads(database, master)
  const context = { chainKey: master.chain, streamCache }

  const writtenAtOnce = async (whole: PlainDraft): Promise<boolean> => {
    if (database.dialect === 'sqlite') return (await writer.direct('commit', ...commitStatements(whole))) > 0
    return fitsOneStatement(whole) && writer.single('commit', (db) => writeAtOnce(db, whole))
  }

  const written = async (sealed: Draft): Promise<WriteResult> => {
    const whole = plain(sealed, context)
    if (whole && (await writtenAtOnce(whole))) {
      return { is: 'committed', heads: new Map(whole.appends.map(({ stream, next }) => [stream, next])) }
    }
    // This also runs if the fast statements wrote nothing. It then finds out whether the command is already known, or
    // whether a stream has changed in the meantime.
    return writer.run('commit', (db) => write(db, sealed, context))
  }

  const answerOf = batchQuery(async (ids: readonly CommandId[]) => {
    const rows = await database.rows({
      sql: `SELECT "id", ${ANSWER[database.dialect]} FROM "Command" WHERE "id" IN (${placesOf(ids)})`,
      values: ids,
    })
    const found = new Map(rows.map(([id, answer]) => [id, answer]))
    return ids.map((id) => found.get(id))
  })
  const isHandled = batchQuery(async (ids: readonly CommandId[]) => {
    const rows = await database.newestRows({
      sql: `SELECT "id" FROM "Command" WHERE "id" IN (${placesOf(ids)})`,
      values: ids,
    })
    const found = new Set(rows.map(([id]) => id))
    return ids.map((id) => found.has(id))
  })
  const handled = async (commandId: CommandId): Promise<HandledCommand | undefined> => {
    // Reading an answer waits for the disk, so first look whether the command was handled at all.
    const answer = (await isHandled(commandId)) ? await answerOf(commandId) : undefined
    return answer instanceof Uint8Array ? openAnswer(master.answers, commandId, answer) : undefined
  }

  const newer = batchQuery(async (positions: readonly StreamPosition[]) => {
    const rows = await reader.event.findMany({
      where: { OR: positions.map(({ stream, version }) => ({ stream, version: { gt: version } })) },
      orderBy: { version: 'asc' },
    })
    return positions.map((after) =>
      rows.filter(({ stream, version }) => stream === after.stream && version > after.version),
    )
  })
  const rowsOf = ({ stream, version }: StreamPosition) =>
    version > 0 ? newer({ stream, version }) : reader.event.findMany({ where: { stream }, orderBy: { version: 'asc' } })

  const committed = async (sealed: Draft): Promise<CommitResult> => {
    const { commit } = sealed
    const result = await written(sealed).catch(async (error: unknown) => {
      if (!(await writer.run('other', putOrderRight))) throw error
      log.error('the counter of the outbox was set back, and was corrected: somebody wrote into the database', {})
      return written(sealed)
    })
    if (result === KNOWN) {
      const known = await handled(commit.commandId)
      if (known) return { is: 'known', ...known }
      throw new StoreError(
        'damaged',
        'A command is marked as handled, but its answer is gone. Restore the database from a backup.',
      )
    }
    if (commit.settles) streamKeys.finished(commit.settles.effect)
    if (result.is !== 'committed') return result
    logHeads.keep(commit.commandId, sealed.after)
    streamCache.keep(sealed, result.heads)
    if (commit.effects.length > 0 || commit.revives !== undefined) appended.tell()
    return { is: 'committed' }
  }

  return {
    handled,

    async commit(whole: Commit): Promise<CommitResult> {
      const changed =
        database.dialect !== 'sqlite' ? whole.rows : whole.rows.filter((row) => !streamCache.rowStands(row, whole))
      const commit = { ...whole, rows: changed }
      const sealed = await draft(commit, parts, await logHeads.toName()).catch(async (error: unknown) => {
        // A repeated command may name something that no longer exists, so first check whether the command was handled
        // before.
        const known = await handled(commit.commandId)
        if (known) return known
        throw error
      })
      if (!('appends' in sealed)) return { is: 'known', ...sealed }
      return committed(sealed)
    },

    async read(stream, afterVersion = 0) {
      // Only this process writes the SQLite file, so it knows the last version of each stream that it read or wrote.
      if (database.dialect === 'sqlite' && streamCache.isLast(stream, afterVersion)) return []
      const rows = await rowsOf({ stream, version: afterVersion })
      streamCache.saw(stream, rows.at(-1)?.version ?? afterVersion)
      if (rows.length === 0) return []
      return openEvents(rows, await streamKeys.get(stream), (reporters) => reporterKeys.find(reporters))
    },

    async version(stream) {
      const head = await reader.stream.findUnique({ where: { stream }, select: { version: true } })
      return head?.version ?? 0
    },

    async nextNumber(prefix, year) {
      const series = { prefix, year }
      const drawn = await drawnNumber(database, series)
      if (drawn === undefined) return writer.run('other', (db) => drawNumber(db, series))
      // No table names a case with this number, so the stream has no events yet.
      streamCache.saw(caseNumber(prefix, year, drawn), 0)
      return drawn
    },

    async *streams() {
      let last = ''
      for (;;) {
        const rows = await reader.stream.findMany({
          where: { stream: { gt: last } },
          orderBy: { stream: 'asc' },
          take: PAGE,
          select: { stream: true },
        })
        for (const row of rows) yield row.stream as StreamId
        if (rows.length < PAGE) return
        last = rows.at(-1)?.stream ?? last
      }
    },

    verify: (stream) => verifyStream(reader, stream, { chainKey: master.chain }),
    verifyLog: (since) => verifyLog(parts, since),
  }
}
