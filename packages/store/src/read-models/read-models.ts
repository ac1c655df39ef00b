import { instant, type StreamId } from '@embargo/core'
import type { CaseRow, ReadModels } from '@embargo/engine'
import type { Database } from '../database/db.ts'
import type { StreamKeys } from '../keys/stream-keys.ts'
import { openRow, putRow, sealRow } from './case-rows.ts'

export type ReadModelParts = { readonly database: Database; readonly streamKeys: StreamKeys }

/** The read model on Prisma. */
export function readModels({ database, streamKeys }: ReadModelParts): ReadModels {
  const { reader, writer } = database
  const opened = async (row: Parameters<typeof openRow>[1]): Promise<CaseRow> =>
    openRow(await streamKeys.get(row.stream), row)
  const openOnly = (open: boolean | undefined): { open?: boolean } => (open === undefined ? {} : { open })

  return {
    async cases({ open, limit, offset }) {
      const rows = await reader.caseRow.findMany({
        where: openOnly(open),
        orderBy: [{ urgency: 'asc' }, { stream: 'asc' }],
        take: limit + 1,
        skip: offset ?? 0,
      })
      return { rows: await Promise.all(rows.slice(0, limit).map(opened)), more: rows.length > limit }
    },

    async row(stream) {
      const row = await reader.caseRow.findUnique({ where: { stream } })
      return row ? opened(row) : undefined
    },

    async byChannel(platform, channel) {
      const row = await reader.channel.findUnique({ where: { platform_channel: { platform, channel } } })
      return row ? (row.stream as StreamId) : undefined
    },

    count: ({ open }) => reader.caseRow.count({ where: openOnly(open) }),

    async due(now, limit) {
      const rows = await reader.caseRow.findMany({
        where: { nextDue: { lte: BigInt(now) } },
        orderBy: [{ nextDue: 'asc' }, { stream: 'asc' }],
        take: limit,
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
      return due === undefined ? undefined : instant(Number(due))
    },

    async replace(row) {
      const sealed = sealRow(await streamKeys.ensure(row.stream), row)
      // A command may come in while the log is folded again: its row is newer than ours, and stays.
      await writer.run('other', (db) => putRow(db, row, { sealed, channelsStand: false }))
    },
  }
}
