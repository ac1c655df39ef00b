import { describe, expect, it } from 'vitest'
import { instant, type ReporterId, type StreamId } from '@embargo/core'
import { fitsQuery } from '@embargo/engine'
import type { CaseQuery, CaseRow } from '@embargo/engine'
import type { Suite } from './suite.ts'
import { openStore, type Store } from '../open-store.ts'
import { acknowledged, AT, commitOf, MASTER_KEY, newCase, reported, rowOf, silent } from './samples.ts'

export function readModelsContract(suite: Suite): void {
  const put = async (row: CaseRow): Promise<void> => {
    const expectedVersion = await suite.store().events.version(row.stream)
    await suite
      .store()
      .events.commit(commitOf(row.stream, { expectedVersion, events: [acknowledged('x')], rows: [row] }))
  }
  const channel = (name: string) => ({ platform: 'slack', channel: name }) as const

  describe('read models', () => {
    it('returns a row complete', async () => {
      const stream = newCase()
      const row = rowOf(stream, {
        nextDue: AT,
        channels: [channel(`C-${stream}`)],
        summary: { title: 'x', stars: 3, hot: true },
      })
      await put(row)
      expect(await suite.store().readModels.row(stream)).toEqual(row)
      expect(await suite.store().readModels.row(newCase())).toBeUndefined()
    })

    it('pages by urgency, and omits closed cases on request', async () => {
      const { readModels } = suite.store()
      const [a, b, c] = [newCase(), newCase(), newCase()]
      await put(rowOf(a, { urgency: -2.5 }))
      await put(rowOf(b, { urgency: -10_000_000_000_000 }))
      await put(rowOf(c, { urgency: -5, open: false }))
      expect((await readModels.cases({ limit: 3 })).rows.map(({ stream }) => stream)).toEqual([b, c, a])
      expect((await readModels.cases({ open: true, limit: 2 })).rows.map(({ stream }) => stream)).toEqual([b, a])
      expect(await readModels.cases({ limit: 1, offset: 1 })).toMatchObject({ rows: [{ stream: c }], more: true })
      const all = await readModels.count({})
      expect(await readModels.count({ open: false })).toBe(all - (await readModels.count({ open: true })))
      expect(await readModels.cases({ limit: all })).toMatchObject({ more: false })
    })

    it('finds the newest cases by the marks of known keys', async () => {
      const { readModels } = suite.store()
      const [a, b, c] = [newCase(), newCase(), newCase()]
      const [one, two, three] = [`aa11${a}`, `bb22${a}`, `cc33${a}`]
      const day = (n: number) => instant(Date.UTC(2026, 0, n))
      await put(rowOf(a, { openedAt: day(1), keyMarks: [one, two] }))
      await put(rowOf(b, { openedAt: day(2), keyMarks: [two] }))
      await put(rowOf(c, { openedAt: day(3) }))
      expect((await readModels.row(a))?.keyMarks).toEqual([one, two])
      expect(await readModels.byKeyMarks([two], 5)).toEqual([b, a])
      expect(await readModels.byKeyMarks([two, one], 1)).toEqual([b])
      expect(await readModels.byKeyMarks([one, three], 5)).toEqual([a])
      expect(await readModels.byKeyMarks([three, one.slice(1)], 5)).toEqual([])
      expect(await readModels.byKeyMarks([], 5)).toEqual([])
    })

    it('finds no case by the key of a reporter who was erased', async () => {
      const { events, keys, readModels } = suite.store()
      const stream = newCase()
      const reporter = `${stream}/reporter` as ReporterId
      const identity = { name: 'Ada Example', address: 'ada@reporter.example' }
      const row = rowOf(stream, { keyMarks: [`dd44${stream}`], projection: '1:now' })
      await events.commit(commitOf(stream, { events: [reported(stream, reporter, identity)], rows: [row] }))
      expect(await readModels.byKeyMarks([`dd44${stream}`], 5)).toEqual([stream])
      await keys.eraseReporter(reporter)
      expect(await readModels.byKeyMarks([`dd44${stream}`], 5)).toEqual([])
      expect(await readModels.outdated('1:now', 1_000)).toContain(stream)
    })

    it('finds, counts and pages by each criterion of a query', async () => {
      const { readModels } = suite.store()
      const person = `ana-${newCase()}`
      const day = (n: number) => instant(Date.UTC(2026, 0, n))
      const rows = [
        rowOf(newCase(), {
          stage: 'fixing',
          severity: 'high',
          owner: person,
          openedAt: day(1),
          due: day(9),
          people: [person],
        }),
        rowOf(newCase(), { stage: 'fixing', severity: 'low', owner: '', openedAt: day(3), people: [person, 'ben'] }),
        rowOf(newCase(), {
          stage: 'closed',
          severity: 'high',
          owner: person,
          open: false,
          openedAt: day(2),
          people: [person],
        }),
        rowOf(newCase(), {
          stage: 'fixing',
          severity: 'high',
          owner: person,
          openedAt: day(1),
          people: [`${person}x`, `x${person}`],
        }),
        rowOf(newCase(), {
          stage: 'ready',
          severity: 'unrated',
          owner: 'ben',
          openedAt: day(4),
          due: day(20),
          people: ['ben', person],
        }),
      ]
      for (const row of rows) await put(row)
      const QUERIES: readonly CaseQuery[] = [
        {},
        { open: true },
        { stage: 'fixing' },
        { severity: 'high', open: true },
        { owner: '' },
        { owner: person },
        { openedBefore: day(3) },
        { overdueAt: day(9) },
        { overdueAt: day(10) },
        { stage: 'fixing', severity: 'high', owner: person, openedBefore: day(2), overdueAt: day(10), open: true },
      ]
      for (const filter of QUERIES) {
        const query = { ...filter, person: person }
        const expected = rows.filter((row) => fitsQuery(row, query)).map(({ stream }) => stream)
        const found = await readModels.cases({ ...query, limit: 10 })
        expect(found.rows.map(({ stream }) => stream)).toEqual(expected)
        expect(await readModels.count(query)).toBe(expected.length)
      }
      expect(await readModels.cases({ person: person, limit: 2, offset: 1 })).toMatchObject({ more: true })
      expect(await readModels.count({ person: 'a' })).toBe(0)
    })

    it('never takes one person for another, whatever their ids look like', async () => {
      const { readModels } = suite.store()
      const odd = ['a_b', 'a%b', 'a|b', 'A_B', 'axb', 'ä b']
      const streams = odd.map(() => newCase())
      for (const [index, stream] of streams.entries())
        await put(rowOf(stream, { people: [`${streams[0]}-${odd[index]}`] }))
      for (const [index, stream] of streams.entries()) {
        const found = await readModels.cases({ person: `${streams[0]}-${odd[index]}`, limit: 10 })
        expect(found.rows.map((row) => row.stream)).toEqual([stream])
      }
    })

    it('names the rows that were written under another policy or by an older program', async () => {
      const { readModels } = suite.store()
      const [old, other, own] = [newCase(), newCase(), newCase()]
      await put(rowOf(old))
      await put(rowOf(other, { projection: 'other' }))
      await put(rowOf(own, { projection: 'own' }))
      const all = await readModels.outdated('own', 100_000)
      expect(all).toEqual(expect.arrayContaining([old, other]))
      expect(all).not.toContain(own)
      expect(await readModels.outdated('own', 1, old)).toEqual([other])
    })

    it('finds a case by its channel, and follows a channel that moves', async () => {
      const { readModels } = suite.store()
      const [one, two] = [newCase(), newCase()]
      await put(rowOf(one, { channels: [channel(`C-${one}`), channel(`C-${one}-2`)] }))
      expect(await readModels.byChannel('slack', `C-${one}-2`)).toBe(one)
      expect(await readModels.byChannel('discord', `C-${one}-2`)).toBeUndefined()
      await put(rowOf(one, { channels: [channel(`C-${one}`)] }))
      expect(await readModels.byChannel('slack', `C-${one}-2`)).toBeUndefined()
      await put(rowOf(two, { channels: [channel(`C-${one}`)] }))
      expect(await readModels.byChannel('slack', `C-${one}`)).toBe(two)
    })

    it('names what is due, starting with the longest overdue, and when the next deadline is due', async () => {
      const { readModels } = suite.store()
      const [late, later, future] = [newCase(), newCase(), newCase()]
      await put(rowOf(later, { nextDue: instant(20) }))
      await put(rowOf(late, { nextDue: instant(10) }))
      await put(rowOf(future, { nextDue: instant(30) }))
      expect(await readModels.nextDue()).toBe(10)
      expect(await readModels.due(instant(20))).toEqual([late, later])
      expect(await readModels.due(instant(10))).toEqual([late])
      for (const stream of [late, later, future]) await put(rowOf(stream))
      expect(await readModels.due(instant(30))).toEqual([])
    })

    it('replaces a row that is computed again, but never a newer one', async () => {
      const { readModels } = suite.store()
      const stream: StreamId = newCase()
      await put(rowOf(stream, { version: 4, stage: 'wrong' }))
      await readModels.replace(rowOf(stream, { version: 4, stage: 'fixing', channels: [channel(`C-${stream}`)] }))
      expect(await readModels.row(stream)).toMatchObject({ stage: 'fixing' })
      expect(await readModels.byChannel('slack', `C-${stream}`)).toBe(stream)
      await readModels.replace(rowOf(stream, { version: 3, stage: 'old' }))
      expect(await readModels.row(stream)).toMatchObject({ stage: 'fixing' })
    })

    describe('when they are rebuilt', () => {
      /** Three cases in a new database, each with its row in the list of cases and its channel. */
      const written = async (): Promise<{ store: Store; database: string; rows: readonly CaseRow[] }> => {
        const database = await suite.place().database()
        const store = await openStore({ database, masterKey: MASTER_KEY, log: silent })
        const rows = [newCase(), newCase(), newCase()].map((stream) =>
          rowOf(stream, { channels: [channel(`C-${stream}`)], people: ['ana'], nextDue: AT, projection: '1:now' }),
        )
        for (const row of rows)
          await store.events.commit(commitOf(row.stream, { events: [acknowledged('x')], rows: [row] }))
        return { store, database, rows }
      }
      const snapshot = async ({ readModels }: Store): Promise<unknown> => {
        const { rows } = await readModels.cases({ limit: 10 })
        return Promise.all(
          rows.map(async (row) => [row, await readModels.byChannel('slack', row.channels[0]?.channel ?? '')]),
        )
      }

      it('are reported as equal, and stay equal', async () => {
        const { store: opened, rows } = await written()
        await using store = opened
        const before = await snapshot(store)
        const seen: unknown[] = []
        const rebuilt = await store.readModels.rebuild(async (heads) => {
          seen.push(Object.fromEntries(heads))
          return rows
        })
        expect(rebuilt).toEqual({ lines: 3, added: [], removed: [], changed: [], older: [] })
        expect(seen).toEqual([Object.fromEntries(rows.map(({ stream }) => [stream, 1]))])
        expect(await snapshot(store)).toEqual(before)
      })

      it.each<{
        what: string
        sql: (streams: readonly string[]) => string
        said: (streams: readonly string[]) => object
      }>([
        {
          what: 'a damaged row',
          sql: ([one]) => `UPDATE "CaseRow" SET "sealed" = "people"::bytea WHERE "stream" = '${one}'`,
          said: ([one]) => ({ changed: [one] }),
        },
        {
          what: 'a row that is newer than the log',
          sql: ([one]) => `UPDATE "CaseRow" SET "version" = 16, "stage" = 'deferred' WHERE "stream" = '${one}'`,
          said: ([one]) => ({ changed: [one] }),
        },
        {
          what: 'a row with another plain column',
          sql: ([one, two]) => `UPDATE "CaseRow" SET "open" = false WHERE "stream" IN ('${one}', '${two}')`,
          said: ([one, two]) => ({ changed: [one, two] }),
        },
        {
          what: 'a surplus row that has no key',
          sql: ([one]) =>
            `INSERT INTO "CaseRow" ("stream", "version", "open", "stage", "urgency", "sealed") SELECT 'SEC-1999-0001', 1, "open", "stage", -99, "sealed" FROM "CaseRow" WHERE "stream" = '${one}'`,
          said: () => ({ removed: ['SEC-1999-0001'] }),
        },
        {
          what: 'a missing row',
          sql: ([, two]) => `DELETE FROM "CaseRow" WHERE "stream" = '${two}'`,
          said: ([, two]) => ({ added: [two] }),
        },
        {
          what: 'a channel with another case',
          sql: ([one, two]) => `UPDATE "Channel" SET "stream" = '${one}' WHERE "stream" = '${two}'`,
          said: ([one, two]) => ({ changed: [one, two] }),
        },
        {
          what: 'a channel of no case',
          sql: () => `INSERT INTO "Channel" ("platform", "channel", "stream") VALUES ('slack', 'C9', 'SEC-1999-0001')`,
          said: () => ({ removed: ['SEC-1999-0001'] }),
        },
        {
          what: 'a row of another policy, which is no damage',
          sql: ([one]) => `UPDATE "CaseRow" SET "projection" = '1:then', "stage" = 'x' WHERE "stream" = '${one}'`,
          said: ([one]) => ({ older: [one] }),
        },
      ])('put right $what', async ({ sql, said }) => {
        const { store: opened, database, rows } = await written()
        await using store = opened
        const before = await snapshot(store)
        const streams = rows.map(({ stream }) => stream)
        {
          await using raw = await suite.place().raw(database)
          const statement = sql(streams)
          await raw.execute(
            suite.place().dialect === 'sqlite'
              ? statement.replace('"people"::bytea', 'CAST("people" AS BLOB)')
              : statement.replace('"people"::bytea', `convert_to("people", 'UTF8')`),
          )
        }
        expect(await store.readModels.rebuild(async () => rows)).toEqual({
          lines: 3,
          added: [],
          removed: [],
          changed: [],
          older: [],
          ...said(streams),
        })
        expect(await snapshot(store)).toEqual(before)
        expect(await store.readModels.rebuild(async () => rows)).toMatchObject({ removed: [], changed: [], older: [] })
      })

      it('keep the present rows if they cannot be rebuilt', async () => {
        const { store: opened } = await written()
        await using store = opened
        const before = await snapshot(store)
        await expect(store.readModels.rebuild(() => Promise.reject(new Error('unreadable')))).rejects.toThrow(
          'unreadable',
        )
        await expect(store.readModels.rebuild(async () => undefined)).rejects.toMatchObject({ code: 'damaged' })
        expect(await snapshot(store)).toEqual(before)
      })

      it('lose no row that is committed meanwhile', async () => {
        const { store: opened, rows } = await written()
        await using store = opened
        const stream = rows[0]?.stream ?? newCase()
        const later = rowOf(stream, { version: 2, stage: 'fixing', channels: [channel(`C-${stream}`)] })
        const fresh = rowOf(newCase())
        const commits: Promise<unknown>[] = []
        await store.readModels.rebuild(async () => {
          if (commits.length === 0)
            commits.push(
              store.events.commit(commitOf(stream, { expectedVersion: 1, events: [acknowledged('y')], rows: [later] })),
              store.events.commit(commitOf(fresh.stream, { events: [acknowledged('y')], rows: [fresh] })),
            )
          return rows
        })
        expect(await Promise.all(commits)).toEqual([{ is: 'committed' }, { is: 'committed' }])
        expect(await store.readModels.row(stream)).toMatchObject({ version: 2, stage: 'fixing' })
        expect(await store.readModels.row(fresh.stream)).toMatchObject({ version: 1 })
      })
    })

    it('lets several callers write the first row of a case at once, and keeps the newest row', async () => {
      const { readModels } = suite.store()
      for (const stream of Array.from({ length: 5 }, newCase)) {
        const rows = [2, 4, 1, 3].map((version) =>
          rowOf(stream, { version, stage: `stage-${version}`, channels: [channel(`C-${stream}`)] }),
        )
        await Promise.all(rows.map((row) => readModels.replace(row)))
        expect(await readModels.row(stream)).toMatchObject({ version: 4, stage: 'stage-4' })
        expect(await readModels.byChannel('slack', `C-${stream}`)).toBe(stream)
      }
    })
  })
}
