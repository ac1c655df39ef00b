import { describe, expect, it } from 'vitest'
import type { StreamId } from '@embargo/core'
import { openStore, type Store } from '../open-store.ts'
import type { Suite } from './suite.ts'
import { acknowledged, commandId, commitOf, MASTER_KEY, newCase, silent } from './samples.ts'

export function tamperingContract(suite: Suite): void {
  const written = async (): Promise<StreamId> => {
    const stream = newCase()
    await suite
      .store()
      .events.commit(commitOf(stream, { events: [acknowledged('one'), acknowledged('two'), acknowledged('three')] }))
    return stream
  }
  const vandal = async (sql: string): Promise<void> => {
    await using raw = await suite.raw()
    await raw.execute(sql)
  }
  /** Flips the last bit of a column of bytes. */
  const flipped = (column: string): string =>
    suite.place().dialect === 'postgresql'
      ? `set_bit("${column}", 8 * length("${column}") - 8, 1 - get_bit("${column}", 8 * length("${column}") - 8))`
      : `CAST(substr("${column}", 1, length("${column}") - 1) || (CASE WHEN substr("${column}", -1) = x'00' THEN x'01' ELSE x'00' END) AS BLOB)`

  describe('hash chain', () => {
    it('verifies an untouched log and names its head', async () => {
      const stream = await written()
      const verdict = await suite.store().events.verify(stream)
      expect(verdict).toMatchObject({ ok: true, events: 3 })
      expect(verdict.ok && verdict.head).toMatch(/^[0-9a-f]{64}$/)
    })

    it.each([
      [
        'a flipped bit in the sealed payload',
        (stream: string) =>
          `UPDATE "Event" SET "sealed" = ${flipped('sealed')} WHERE "stream" = '${stream}' AND "version" = 2`,
        2,
      ],
      [
        'a flipped bit in a hash',
        (stream: string) =>
          `UPDATE "Event" SET "hash" = ${flipped('hash')} WHERE "stream" = '${stream}' AND "version" = 2`,
        2,
      ],
      [
        'another time',
        (stream: string) => `UPDATE "Event" SET "at" = "at" + 1 WHERE "stream" = '${stream}' AND "version" = 1`,
        1,
      ],
      ['a missing event', (stream: string) => `DELETE FROM "Event" WHERE "stream" = '${stream}' AND "version" = 2`, 2],
      ['a log cut short', (stream: string) => `DELETE FROM "Event" WHERE "stream" = '${stream}' AND "version" = 3`, 3],
      [
        'a head put back',
        (stream: string) =>
          `UPDATE "Stream" SET "version" = 2, "head" = (SELECT "hash" FROM "Event" WHERE "stream" = '${stream}' AND "version" = 2) WHERE "stream" = '${stream}'`,
        2,
      ],
      ['a missing head', (stream: string) => `DELETE FROM "Stream" WHERE "stream" = '${stream}'`, 3],
    ])('notices %s', async (_, sql, version) => {
      const stream = await written()
      await vandal(sql(stream))
      expect(await suite.store().events.verify(stream)).toMatchObject({ ok: false, version })
    })

    it('opens neither an altered event nor one that was copied over another', async () => {
      const stream = await written()
      await vandal(
        `UPDATE "Event" SET "sealed" = (SELECT "sealed" FROM "Event" WHERE "stream" = '${stream}' AND "version" = 1) WHERE "stream" = '${stream}' AND "version" = 2`,
      )
      await expect(suite.store().events.read(stream)).rejects.toMatchObject({ name: 'StoreError', code: 'damaged' })
    })
  })

  describe('log as a whole', () => {
    const open = (database: string): Promise<Store> => openStore({ database, masterKey: MASTER_KEY, log: silent })
    const step = (store: Store, stream: StreamId, expectedVersion: number): Promise<unknown> =>
      store.events.commit(
        commitOf(stream, {
          expectedVersion,
          events: [acknowledged(`after ${expectedVersion}`)],
          commandId: commandId(`${stream}/${expectedVersion}`),
        }),
      )
    /** Two cases whose events alternate in the log. The last event belongs to `one`. */
    const written = async (): Promise<{ database: string; one: StreamId; two: StreamId }> => {
      const database = await suite.place().database()
      const [one, two] = [newCase(), newCase()]
      await using store = await open(database)
      for (const version of [0, 1, 2]) for (const stream of [two, one]) await step(store, stream, version)
      return { database, one, two }
    }
    const vandal = async (database: string, ...statements: readonly string[]): Promise<void> => {
      await using raw = await suite.place().raw(database)
      for (const sql of statements) await raw.execute(sql)
    }
    const verdict = async (database: string, since?: readonly string[]) => {
      await using store = await open(database)
      return await store.events.verifyLog(since)
    }
    const keep = (table: string): string => `CREATE TABLE "Kept${table}" AS SELECT * FROM "${table}"`
    const putBack = (table: string, of = ''): readonly string[] => [
      `DELETE FROM "${table}" ${of}`,
      `INSERT INTO "${table}" SELECT * FROM "Kept${table}" ${of}`,
    ]
    const of = (stream: string): string => `WHERE "stream" = '${stream}'`
    const commandsOf = (stream: string, from: number): string =>
      `DELETE FROM "Command" WHERE ${[0, 1, 2]
        .filter((version) => version >= from)
        .map((version) => `"id" = '${stream}/${version}'`)
        .join(' OR ')}`
    const deletions = (stream: string): readonly string[] =>
      ['Event', 'Stream', 'StreamKey'].map((table) => `DELETE FROM "${table}" ${of(stream)}`)

    it('verifies every case, and returns marks that a later check can find', async () => {
      const { database, one, two } = await written()
      await using store = await open(database)
      const { streams, whole } = await store.events.verifyLog()
      expect(streams.map(({ stream, ok }) => [stream, ok])).toEqual([one, two].map((stream) => [stream, true]))
      if (!whole.ok) throw new Error(whole.because)
      expect(whole.commands).toBe(6)
      expect(whole.marks).toEqual([expect.stringMatching(/^[0-9a-f]{16}$/)])
      await step(store, newCase(), 0)
      expect((await store.events.verifyLog(whole.marks)).whole).toMatchObject({ ok: true, commands: 7 })
      expect((await store.events.verifyLog(['0123456789abcdef'])).whole).toMatchObject({ ok: false })
    })

    it('notices that a case was deleted', async () => {
      const { database, one, two } = await written()
      await vandal(database, ...deletions(one))
      expect((await verdict(database)).streams).toMatchObject([
        { stream: one, ok: false, version: 1, because: expect.stringContaining('the whole stream is gone') },
        { stream: two, ok: true },
      ])
    })

    it('notices that a case was restored to an earlier state, even if no other case changed afterwards', async () => {
      const { database, one } = await written()
      await vandal(database, keep('Stream'))
      {
        await using store = await open(database)
        await step(store, one, 3)
      }
      await vandal(database, ...putBack('Stream', of(one)), `DELETE FROM "Event" ${of(one)} AND "version" > 3`)
      const [first] = (await verdict(database)).streams
      expect(first).toMatchObject({ stream: one, ok: false, version: 4 })
    })

    it('notices that a case and all of its commands are gone', async () => {
      const { database, two } = await written()
      await vandal(database, ...deletions(two), commandsOf(two, 0))
      const { streams, whole } = await verdict(database)
      expect(streams.map(({ stream }) => stream)).not.toContain(two)
      expect(whole).toEqual({
        ok: false,
        because: '3 answered commands are gone, although later commands refer to them',
      })
    })

    it('notices that commands were deleted, or that one was altered', async () => {
      const { database, one } = await written()
      await vandal(database, commandsOf(one, 2))
      expect((await verdict(database)).streams[0]).toMatchObject({ stream: one, ok: false, version: 3 })
      await vandal(database, `UPDATE "Command" SET "answer" = ${flipped('answer')} WHERE "id" = '${one}/1'`)
      expect((await verdict(database)).whole).toMatchObject({ ok: false, because: expect.stringContaining('altered') })
    })

    it('notices that a case was rolled back and then continued', async () => {
      const { database, one } = await written()
      await vandal(database, keep('Stream'))
      for (const round of ['first', 'second']) {
        await using store = await open(database)
        await store.events.commit(
          commitOf(one, { expectedVersion: 3, events: [acknowledged(round)], commandId: commandId(round) }),
        )
        await store[Symbol.asyncDispose]()
        if (round === 'first')
          await vandal(database, ...putBack('Stream', of(one)), `DELETE FROM "Event" ${of(one)} AND "version" > 3`)
      }
      expect((await verdict(database)).streams[0]).toMatchObject({
        ok: false,
        version: 4,
        because: expect.stringContaining('another event'),
      })
    })

    it('notices an older copy of the whole database only by means of a later mark', async () => {
      const { database, one } = await written()
      const tables = ['Stream', 'Event', 'Command']
      await vandal(database, ...tables.map(keep))
      {
        await using store = await open(database)
        await step(store, one, 3)
      }
      const { whole } = await verdict(database)
      await vandal(database, ...tables.flatMap((table) => putBack(table)))
      expect((await verdict(database)).whole).toMatchObject({ ok: true })
      expect((await verdict(database, whole.ok ? whole.marks : [])).whole).toMatchObject({
        ok: false,
        because: expect.stringContaining('an older copy'),
      })
    })

    it('reports no damage while a program writes', async () => {
      const database = await suite.place().database()
      await using store = await open(database)
      const cases = Array.from({ length: 8 }, newCase)
      const writing = Promise.all(
        cases.map(async (stream) => {
          for (let version = 0; version < 12; version++) await step(store, stream, version)
        }),
      )
      const { streams, whole } = await store.events.verifyLog()
      expect([whole.ok, ...streams.filter(({ ok }) => !ok)]).toEqual([true])
      await writing
      expect((await store.events.verifyLog()).whole).toMatchObject({ ok: true, commands: 96 })
    })
  })
}
