import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { StreamId } from '@embargo/core'
import { postgresPlace, type Place } from '../test/places.ts'
import {
  acknowledged,
  commitOf,
  effectId,
  mailTo,
  MASTER_KEY,
  newCase,
  post,
  rowOf,
  silent,
} from './contract/samples.ts'
import { arriving } from './contract/spool.ts'
import { openStore, type Store } from './open-store.ts'

const NOT_YET = { notBeforeMs: 0, because: 'not yet', counts: true, inDoubt: false } as const

describe('several processes on one PostgreSQL', () => {
  const open = new AsyncDisposableStack()
  let place: Place | undefined
  let [one, two]: [Store | undefined, Store | undefined] = [undefined, undefined]
  const both = (): readonly [Store, Store] => {
    if (one === undefined || two === undefined) throw new Error('not open')
    return [one, two]
  }
  beforeAll(async () => {
    place = open.use(await postgresPlace())
    const database = await place.database()
    one = open.use(await openStore({ database, masterKey: MASTER_KEY, log: silent }))
    two = open.use(await openStore({ database, masterKey: MASTER_KEY, log: silent }))
  })
  afterAll(() => open.disposeAsync())

  const step = (store: Store, stream: StreamId, expectedVersion: number, channel: string) =>
    store.events.commit(
      commitOf(stream, {
        expectedVersion,
        events: [acknowledged(`after ${expectedVersion}`)],
        effects: [post(stream, `${expectedVersion}/a`), post(stream, `${expectedVersion}/b`)],
        rows: [rowOf(stream, { version: expectedVersion + 1, channels: [{ platform: 'slack', channel }] })],
      }),
    )

  it('keeps the chain, the order of effects and the channels correct when two processes take turns on a case', async () => {
    const [a, b] = both()
    const stream = newCase()
    const writers = [a, a, a, b, b, a, a, b, a]
    for (const [version, store] of writers.entries()) {
      // One process moves the case to another channel, and the other process moves it back.
      const channel = `C-${stream}${version < 3 || version > 6 ? '' : '-2'}`
      expect(await step(store, stream, version, channel)).toEqual({ is: 'committed' })
      expect(await b.readModels.byChannel('slack', channel)).toBe(stream)
    }
    expect(await a.readModels.byChannel('slack', `C-${stream}-2`)).toBeUndefined()
    expect(await b.events.verify(stream)).toMatchObject({ ok: true, events: writers.length })
    const order = writers.flatMap((_, version) => [`${stream}/${version}/a`, `${stream}/${version}/b`])
    expect((await a.outbox.ofStream(stream)).map(({ effect }) => effect.id)).toEqual(order)
  })

  it('honours each machine’s lease on the other machine, even if their clocks are two minutes apart', async () => {
    const database = await place?.database()
    if (database === undefined) throw new Error('not open')
    const fast = 120_000
    const own = (): number => performance.timeOrigin + performance.now()
    await using behind = await openStore({ database, masterKey: MASTER_KEY, log: silent, ownTimeMs: own })
    await using ahead = await openStore({ database, masterKey: MASTER_KEY, log: silent, ownTimeMs: () => own() + fast })
    const cases = Array.from({ length: 12 }, newCase)
    for (const stream of cases)
      await behind.events.commit(
        commitOf(stream, { events: [acknowledged('x')], effects: [mailTo(stream, 'receipt')] }),
      )
    const claim = (store: Store, worker: string) =>
      store.outbox.claim({ capabilities: ['mail'], worker, nowMs: store.leaseTimeMs(), leaseMs: 30_000, limit: 12 })
    expect((await claim(behind, 'behind')).length).toBe(12)
    expect(await claim(ahead, 'ahead')).toEqual([])
    for (const stream of cases) await behind.outbox.putBack(effectId(`${stream}/receipt`), 'behind', NOT_YET)
    expect((await claim(ahead, 'ahead')).length).toBe(12)
    expect(await claim(behind, 'behind')).toEqual([])
  })

  it('places each of a hundred mails in only one of two processes, so that each gets one number', async () => {
    const both = [one, two]
    const ids: string[] = []
    for (let n = 0; n < 100; n += 1) {
      const stored = await one?.spool.store(arriving())
      if (stored?.is !== 'stored') throw new Error('not stored')
      ids.push(stored.id)
    }
    const taken: string[] = []
    const intake = async (store: Store | undefined): Promise<void> => {
      for (;;) {
        const mails = (await store?.spool.waiting(4)) ?? []
        if (mails.length === 0) return
        for (const { id } of mails) {
          if ((await store?.spool.open(id)) === undefined) continue
          taken.push(id)
          await store?.events.nextNumber('MAIL', 2026)
          await store?.spool.setAside(id, 'taken in')
        }
      }
    }
    await Promise.all(both.map(intake))
    expect(taken.toSorted()).toEqual(ids.toSorted())
    expect(await one?.events.nextNumber('MAIL', 2026)).toBe(101)
  })

  it('commits the command of only one of two processes, and nothing of the other', async () => {
    const [a, b] = both()
    const stream = newCase()
    await step(a, stream, 0, 'C')
    await step(a, stream, 1, 'C')
    await step(b, stream, 2, 'C')
    // The last version that `a` has seen is 2, but `b` has already written version 3.
    expect(await step(a, stream, 2, 'C')).toEqual({ is: 'conflict', stream })
    const results = await Promise.all([step(a, stream, 3, 'C'), step(b, stream, 3, 'C')])
    expect(results.map(({ is }) => is).sort()).toEqual(['committed', 'conflict'])
    expect(await a.events.verify(stream)).toMatchObject({ ok: true, events: 4 })
    expect(await a.outbox.ofStream(stream)).toHaveLength(8)
  })

  it('records the commands of another process, so that their removal is noticed', async () => {
    if (place === undefined) throw new Error('not open')
    const database = await place.database()
    const options = { database, masterKey: MASTER_KEY, log: silent }
    await using a = await openStore(options)
    const [here, there] = [newCase(), newCase()]
    const commit = commitOf(here, { events: [acknowledged('mine')] })
    await a.events.commit(commit)
    await using b = await openStore(options)
    await step(b, there, 0, 'C')
    expect(await a.events.verifyLog()).toMatchObject({ streams: [{ ok: true }, { ok: true }], whole: { ok: true } })
    await using raw = await place.raw(database)
    for (const table of ['Stream', 'Event']) await raw.execute(`DELETE FROM "${table}" WHERE "stream" = '${here}'`)
    await raw.execute(`DELETE FROM "Command" WHERE "id" = '${commit.commandId}'`)
    expect(await b.events.verifyLog()).toMatchObject({ streams: [{ stream: there, ok: true }], whole: { ok: false } })
  })

  it('loses no row that one process commits while the other rebuilds', async () => {
    const [a, b] = both()
    const streams = Array.from({ length: 4 }, newCase)
    for (const [index, stream] of streams.entries()) await step(b, stream, 0, `C-${index}`)
    const rowsAt = async (heads: ReadonlyMap<StreamId, number>) =>
      [...heads].map(([stream, version]) => rowOf(stream, { version, stage: 'rebuilt' }))
    const writing = Promise.all(
      streams.map(async (stream, index) => {
        for (let version = 1; version < 6; version++) await step(b, stream, version, `C-${index}`)
      }),
    )
    for (let times = 0; times < 5; times++) await a.readModels.rebuild(rowsAt)
    await writing
    for (const stream of streams) expect(await a.readModels.row(stream)).toMatchObject({ version: 6 })
    expect(await a.readModels.rebuild(rowsAt)).toMatchObject({ added: [], removed: [] })
  })

  it('gives the earlier answer to a command that another process has handled, even if it now names another case', async () => {
    const [a, b] = both()
    const [here, there] = [newCase(), newCase()]
    await step(a, here, 0, 'C')
    await step(b, there, 0, 'D')
    const commit = commitOf(here, { expectedVersion: 1, events: [acknowledged('once')] })
    const same = commitOf(there, { commandId: commit.commandId, expectedVersion: 1, events: [acknowledged('once')] })
    const results = await Promise.all([a.events.commit(commit), b.events.commit(same)])
    expect(results.map(({ is }) => is).sort()).toEqual(['committed', 'known'])
    expect((await a.events.version(here)) + (await a.events.version(there))).toBe(3)
  })
})
