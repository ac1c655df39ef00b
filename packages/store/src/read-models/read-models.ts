import type { StreamId } from '@embargo/core'
import type { CaseQuery, CaseRow, ReadModels } from '@embargo/engine'
import type { Database } from '../database/db.ts'
import type { StreamKeys } from '../keys/stream-keys.ts'
import { isDamage, readable, StoreError } from '../errors.ts'
import { closestInstant } from '../instants.ts'
import { openRow, putRow, sealRow, searchedPerson } from './case-rows.ts'
import { rebuild } from './rebuild.ts'

export type ReadModelParts = { readonly database: Database; readonly streamKeys: StreamKeys }

/** A query as a filter of the database. It must select the same rows as `fitsQuery`. */
function filterOf({ open, stage, severity, owner, openedBefore, overdueAt, person }: CaseQuery) {
  return {
    ...(open === undefined ? {} : { open }),
    ...(stage === undefined ? {} : { stage }),
    ...(severity === undefined ? {} : { severity }),
    ...(owner === undefined ? {} : { owner }),
    ...(openedBefore === undefined ? {} : { openedAt: { lt: BigInt(openedBefore) } }),
    ...(overdueAt === undefined ? {} : { dueAt: { lt: BigInt(overdueAt) } }),
    ...(person === undefined ? {} : { people: { contains: searchedPerson(person) } }),
  }
}

/** The read model, stored through Prisma. */
export function readModels({ database, streamKeys }: ReadModelParts): ReadModels {
  const { reader, writer } = database
  const opened = async (row: Parameters<typeof openRow>[1]): Promise<CaseRow> => {
    try {
      return openRow(await streamKeys.get(row.stream), row)
    } catch (cause) {
      if (!isDamage(cause)) throw cause
      throw new StoreError(
        'damaged',
        `The line of ${row.stream} in the list of cases cannot be read: somebody wrote into the database. "embargo audit rebuild" builds the list again from the log, and "embargo audit verify" says whether the log is intact.`,
        { cause },
      )
    }
  }

  return {
    async cases({ limit, offset, ...query }) {
      const rows = await reader.caseRow.findMany({
        where: filterOf(query),
        orderBy: [{ urgency: 'asc' }, { stream: 'asc' }],
        take: limit + 1,
        skip: offset ?? 0,
      })
      const page = rows.slice(0, limit)
      const read = await readable(page, opened)
      const damaged = page
        .map(({ stream }) => stream as StreamId)
        .filter((each) => !read.some((row) => row.stream === each))
      return { rows: read, more: rows.length > limit, ...(damaged.length > 0 && { damaged }) }
    },

    async row(stream) {
      const row = await reader.caseRow.findUnique({ where: { stream } })
      return row ? opened(row) : undefined
    },

    async byChannel(platform, channel) {
      const row = await reader.channel.findUnique({ where: { platform_channel: { platform, channel } } })
      return row ? (row.stream as StreamId) : undefined
    },

    async byKeyMarks(marks, limit) {
      if (marks.length === 0) return []
      // This query is written in SQL, because it runs several times for each encrypted mail. A mark has only
      // hexadecimal digits, so it contains no wildcard of LIKE.
      const rows = await database.rows({
        sql: `SELECT "stream" FROM "CaseRow"
          WHERE "keyMarks" > '' AND (${marks.map((_, index) => `"keyMarks" LIKE $${index + 1}`).join(' OR ')})
          ORDER BY "openedAt" DESC, "stream" DESC LIMIT $${marks.length + 1}`,
        values: [...marks.map((mark) => `%|${mark}|%`), limit],
      })
      return rows.map(([stream]) => stream as StreamId)
    },

    count: (query) => reader.caseRow.count({ where: filterOf(query) }),

    async due(now) {
      const rows = await reader.caseRow.findMany({
        where: { nextDue: { lte: BigInt(now) } },
        orderBy: [{ nextDue: 'asc' }, { stream: 'asc' }],
        select: { stream: true },
      })
      return rows.map(({ stream }) => stream as StreamId)
    },

    async nextDue() {
      const first = await reader.caseRow.findFirst({
        where: { nextDue: { not: null } },
        orderBy: { nextDue: 'asc' },
        select: { nextDue: true },
      })
      const due = first?.nextDue ?? undefined
      return due === undefined ? undefined : closestInstant(due)
    },

    async outdated(version, limit, after) {
      const rows = await reader.caseRow.findMany({
        where: { projection: { not: version }, ...(after === undefined ? {} : { stream: { gt: after } }) },
        orderBy: { stream: 'asc' },
        take: limit,
        select: { stream: true },
      })
      return rows.map(({ stream }) => stream as StreamId)
    },

    async replace(row) {
      const sealed = sealRow(await streamKeys.ensure(row.stream), row)
      // If a command comes in while this row is computed again from the log, the command's row is newer and is kept.
      await writer.run('other', (db) => putRow(db, row, { sealed, channelsStand: false }))
    },

    rebuild: rebuild({ database, streamKeys }),
  }
}
