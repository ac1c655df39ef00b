import { isDeepStrictEqual } from 'node:util'
import type { StreamId } from '@embargo/core'
import { fitsQuery } from '../../src/ports/case-query.ts'
import type { CaseQuery } from '../../src/ports/case-query.ts'
import type { CaseRow } from '../../src/ports/event-store.ts'
import type { ReadModels } from '../../src/ports/read-models.ts'
import type { Memory } from './memory-log.ts'

export function createMemoryReadModels(memory: Memory): ReadModels {
  const matching = (query: CaseQuery): CaseRow[] => [...memory.rows.values()].filter((row) => fitsQuery(row, query))
  const running = (): (CaseRow & { nextDue: NonNullable<CaseRow['nextDue']> })[] =>
    [...memory.rows.values()]
      .flatMap((row) => (row.nextDue === undefined ? [] : [{ ...row, nextDue: row.nextDue }]))
      .toSorted((a, b) => a.nextDue - b.nextDue)
  return {
    async cases({ limit, offset = 0, ...query }) {
      const rows = matching(query).toSorted((a, b) => a.urgency - b.urgency)
      return { rows: rows.slice(offset, offset + limit), more: rows.length > offset + limit }
    },
    row: async (stream) => memory.rows.get(stream),
    async byChannel(platform, channel) {
      return [...memory.rows.values()].find((row) =>
        row.channels.some((each) => each.platform === platform && each.channel === channel),
      )?.stream
    },
    async byKeyMarks(marks, limit) {
      return [...memory.rows.values()]
        .filter(({ keyMarks = [] }) => keyMarks.some((mark) => marks.includes(mark)))
        .toSorted((a, b) => b.openedAt - a.openedAt || (a.stream < b.stream ? 1 : -1))
        .slice(0, limit)
        .map(({ stream }) => stream)
    },
    count: async (query) => matching(query).length,
    async due(now) {
      return running()
        .filter((row) => row.nextDue <= now)
        .map((row) => row.stream)
    },
    nextDue: async () => running()[0]?.nextDue,
    async outdated(version, limit, after = '' as StreamId) {
      return [...memory.rows.values()]
        .filter(({ projection, stream }) => projection !== version && stream > after)
        .map(({ stream }) => stream)
        .toSorted((a, b) => (a < b ? -1 : 1))
        .slice(0, limit)
    },
    async replace(row) {
      memory.rows.set(row.stream, row)
    },
    async rebuild(rowsAt) {
      const heads = new Map([...memory.streams].map(([stream, events]) => [stream, events.length]))
      const rows = (await rowsAt(heads)) ?? []
      const before = new Map(memory.rows)
      memory.rows.clear()
      for (const row of rows) memory.rows.set(row.stream, row)
      const streams = rows.map(({ stream }) => stream)
      return {
        lines: rows.length,
        added: streams.filter((stream) => !before.has(stream)),
        removed: [...before.keys()].filter((stream) => !memory.rows.has(stream)),
        changed: rows
          .filter((row) => before.has(row.stream) && !isDeepStrictEqual(before.get(row.stream), row))
          .map(({ stream }) => stream),
        older: [],
      }
    },
  }
}
