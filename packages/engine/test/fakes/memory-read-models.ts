import type { CaseRow } from '../../src/ports/event-store.ts'
import type { ReadModels } from '../../src/ports/read-models.ts'
import type { Memory } from './memory-log.ts'

/** The read models in memory. */
export function createMemoryReadModels(memory: Memory): ReadModels {
  const matching = (open: boolean | undefined): CaseRow[] =>
    [...memory.rows.values()].filter((row) => open === undefined || row.open === open)
  const running = (): (CaseRow & { nextDue: NonNullable<CaseRow['nextDue']> })[] =>
    [...memory.rows.values()]
      .flatMap((row) => (row.nextDue === undefined ? [] : [{ ...row, nextDue: row.nextDue }]))
      .toSorted((a, b) => a.nextDue - b.nextDue)
  return {
    async cases({ open, limit, offset = 0 }) {
      const rows = matching(open).toSorted((a, b) => a.urgency - b.urgency)
      return { rows: rows.slice(offset, offset + limit), more: rows.length > offset + limit }
    },
    row: async (stream) => memory.rows.get(stream),
    async byChannel(platform, channel) {
      return [...memory.rows.values()].find((row) =>
        row.channels.some((each) => each.platform === platform && each.channel === channel),
      )?.stream
    },
    count: async ({ open }) => matching(open).length,
    async due(now, limit) {
      return running()
        .filter((row) => row.nextDue <= now)
        .slice(0, limit)
        .map((row) => row.stream)
    },
    nextDue: async () => running()[0]?.nextDue,
    async replace(row) {
      memory.rows.set(row.stream, row)
    },
  }
}
