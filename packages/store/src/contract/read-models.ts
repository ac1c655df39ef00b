import { describe, expect, it } from 'vitest'
import { instant, type StreamId } from '@embargo/core'
import { fitsQuery } from '@embargo/engine'
import type { CaseQuery, CaseRow } from '@embargo/engine'
import type { Suite } from './suite.ts'
import { acknowledged, AT, commitOf, newCase, rowOf } from './samples.ts'

export function readModelsContract(suite: Suite): void {
  const put = async (row: CaseRow): Promise<void> => {
    const expectedVersion = await suite.store().events.version(row.stream)
    await suite
      .store()
      .events.commit(commitOf(row.stream, { expectedVersion, events: [acknowledged('x')], rows: [row] }))
  }
  const channel = (name: string) => ({ platform: 'slack', channel: name }) as const

  describe('read models', () => {
    it('reads a row back whole', async () => {
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

    it('pages by urgency, and leaves closed cases out when asked', async () => {
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

    it('finds, counts and pages by everything that is asked for, as the query means it', async () => {
      const { readModels } = suite.store()
      const who = `ana-${newCase()}`
      const day = (n: number) => instant(Date.UTC(2026, 0, n))
      const rows = [
        rowOf(newCase(), {
          stage: 'fixing',
          severity: 'high',
          owner: who,
          openedAt: day(1),
          due: day(9),
          people: [who],
        }),
        rowOf(newCase(), { stage: 'fixing', severity: 'low', owner: '', openedAt: day(3), people: [who, 'ben'] }),
        rowOf(newCase(), {
          stage: 'closed',
          severity: 'high',
          owner: who,
          open: false,
          openedAt: day(2),
          people: [who],
        }),
        rowOf(newCase(), {
          stage: 'fixing',
          severity: 'high',
          owner: who,
          openedAt: day(1),
          people: [`${who}x`, `x${who}`],
        }),
        rowOf(newCase(), {
          stage: 'ready',
          severity: 'unrated',
          owner: 'ben',
          openedAt: day(4),
          due: day(20),
          people: ['ben', who],
        }),
      ]
      for (const row of rows) await put(row)
      const QUERIES: readonly CaseQuery[] = [
        {},
        { open: true },
        { stage: 'fixing' },
        { severity: 'high', open: true },
        { owner: '' },
        { owner: who },
        { openedBefore: day(3) },
        { overdueAt: day(9) },
        { overdueAt: day(10) },
        { stage: 'fixing', severity: 'high', owner: who, openedBefore: day(2), overdueAt: day(10), open: true },
      ]
      for (const asked of QUERIES) {
        const query = { ...asked, person: who }
        const wanted = rows.filter((row) => fitsQuery(row, query)).map(({ stream }) => stream)
        const found = await readModels.cases({ ...query, limit: 10 })
        expect(found.rows.map(({ stream }) => stream)).toEqual(wanted)
        expect(await readModels.count(query)).toBe(wanted.length)
      }
      expect(await readModels.cases({ person: who, limit: 2, offset: 1 })).toMatchObject({ more: true })
      expect(await readModels.count({ person: 'a' })).toBe(0)
    })

    it('takes a person for nobody else, whatever their id looks like', async () => {
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

    it('names the lines that another policy or an older program reckoned', async () => {
      const { readModels } = suite.store()
      const [old, other, own] = [newCase(), newCase(), newCase()]
      await put(rowOf(old))
      await put(rowOf(other, { reckoned: 'other' }))
      await put(rowOf(own, { reckoned: 'own' }))
      const all = await readModels.reckonedOtherwise('own', 100_000)
      expect(all).toEqual(expect.arrayContaining([old, other]))
      expect(all).not.toContain(own)
      expect(await readModels.reckonedOtherwise('own', 1, old)).toEqual([other])
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

    it('names what is due, the longest overdue first, and when the next clock rings', async () => {
      const { readModels } = suite.store()
      const [late, later, future] = [newCase(), newCase(), newCase()]
      await put(rowOf(later, { nextDue: instant(20) }))
      await put(rowOf(late, { nextDue: instant(10) }))
      await put(rowOf(future, { nextDue: instant(30) }))
      expect(await readModels.nextDue()).toBe(10)
      expect(await readModels.due(instant(20), 10)).toEqual([late, later])
      expect(await readModels.due(instant(20), 1)).toEqual([late])
      for (const stream of [late, later, future]) await put(rowOf(stream))
      expect(await readModels.due(instant(30), 10)).toEqual([])
    })

    it('replaces a row when the log is folded again, but never a newer one', async () => {
      const { readModels } = suite.store()
      const stream: StreamId = newCase()
      await put(rowOf(stream, { version: 4, stage: 'wrong' }))
      await readModels.replace(rowOf(stream, { version: 4, stage: 'fixing', channels: [channel(`C-${stream}`)] }))
      expect(await readModels.row(stream)).toMatchObject({ stage: 'fixing' })
      expect(await readModels.byChannel('slack', `C-${stream}`)).toBe(stream)
      await readModels.replace(rowOf(stream, { version: 3, stage: 'old' }))
      expect(await readModels.row(stream)).toMatchObject({ stage: 'fixing' })
    })

    it('lets several write the first row of a case at once, and keeps the newest', async () => {
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
