import { describe, expect, it } from 'vitest'
import type { BlobId, MessageId, ReporterId, StreamId } from '@embargo/core'
import { caseNumber, type LogVerdict } from '@embargo/engine'
import { openStore, type Store } from '../open-store.ts'
import { acknowledged, AT, commitOf, effectId, MASTER_KEY, newCase, post, reported, rowOf, silent } from './samples.ts'
import { arriving } from './spool.ts'
import type { Suite } from './suite.ts'

/** A case with a row in every table. */
type Sample = { readonly stream: StreamId; readonly waiting: MessageId; readonly blob: BlobId }

type Row = { readonly table: string; readonly where: (of: Sample) => string }

const byStream = (table: string): Row => ({ table, where: ({ stream }) => `"stream" = '${stream}'` })
const FIRST_EVENT: Row = { table: 'Event', where: ({ stream }) => `"stream" = '${stream}' AND "version" = 1` }
const COMMAND: Row = { table: 'Command', where: ({ stream }) => `"id" = 'open ${stream}'` }
const PENDING: Row = { table: 'Effect', where: ({ stream }) => `"id" = '${stream}/pending'` }
const DONE: Row = { table: 'Effect', where: ({ stream }) => `"id" = '${stream}/done'` }
const WAITING: Row = { table: 'Mail', where: ({ waiting }) => `"id" = '${waiting}'` }
const MAIL_BYTES: Row = { ...WAITING, table: 'MailBytes' }
const REPORTER: Row = { table: 'ReporterKey', where: ({ stream }) => `"reporter" = '${stream}/reporter'` }
const BLOB: Row = { table: 'Blob', where: ({ blob }) => `"id" = '${blob}'` }

const BYTES: readonly { readonly column: string; readonly row: Row }[] = [
  { column: 'head', row: byStream('Stream') },
  { column: 'mac', row: byStream('Stream') },
  { column: 'sealed', row: FIRST_EVENT },
  { column: 'hash', row: FIRST_EVENT },
  { column: 'sealed', row: PENDING },
  { column: 'rendered', row: PENDING },
  { column: 'evidence', row: DONE },
  { column: 'sealed', row: byStream('CaseRow') },
  { column: 'key', row: WAITING },
  { column: 'envelope', row: WAITING },
  { column: 'raw', row: MAIL_BYTES },
  { column: 'sealed', row: BLOB },
  { column: 'key', row: byStream('StreamKey') },
  { column: 'key', row: REPORTER },
  // This must come last, because it damages the log as a whole.
  { column: 'answer', row: COMMAND },
]

/** Values of a wrong type. SQLite accepts them in a column of numbers or text. */
const PLAIN: readonly { readonly column: string; readonly row: Row; readonly value: string }[] = [
  { column: 'version', row: byStream('Stream'), value: `'many'` },
  { column: 'version', row: FIRST_EVENT, value: `'many'` },
  { column: 'at', row: FIRST_EVENT, value: `'noon'` },
  { column: 'schema', row: FIRST_EVENT, value: `x'ff'` },
  { column: 'stream', row: FIRST_EVENT, value: `CAST(x'ff00' AS TEXT)` },
  { column: 'id', row: COMMAND, value: `CAST(x'fffe' AS TEXT)` },
  { column: 'at', row: COMMAND, value: `'noon'` },
  { column: 'seq', row: PENDING, value: `'last'` },
  { column: 'attempts', row: PENDING, value: `'often'` },
  { column: 'lane', row: PENDING, value: `CAST(x'fffe' AS TEXT)` },
  { column: 'state', row: PENDING, value: `x'fffe'` },
  { column: 'version', row: byStream('CaseRow'), value: `'many'` },
  { column: 'urgency', row: byStream('CaseRow'), value: `'very'` },
  { column: 'stage', row: byStream('CaseRow'), value: `CAST(x'fffe' AS TEXT)` },
  { column: 'nextDue', row: byStream('CaseRow'), value: `'soon'` },
  { column: 'receivedAt', row: WAITING, value: `'noon'` },
  { column: 'state', row: WAITING, value: `CAST(x'fffe' AS TEXT)` },
  { column: 'stream', row: WAITING, value: `CAST(x'fffe' AS TEXT)` },
  { column: 'stream', row: BLOB, value: `CAST(x'fffe' AS TEXT)` },
  { column: 'channel', row: byStream('Channel'), value: `CAST(x'fffe' AS TEXT)` },
  { column: 'stream', row: REPORTER, value: `x'fffe'` },
]

/** Numbers that the database accepts, but that are out of range for a time or for the order of the outbox (`seq`). */
const BEYOND: readonly { readonly column: string; readonly row: Row; readonly values: readonly string[] }[] = [
  { column: 'receivedAt', row: WAITING, values: ['9000000000000000', '1152921504606846976', '-1152921504606846976'] },
  { column: 'seq', row: PENDING, values: ['9223372036854775807', '9223372036854775806'] },
  { column: 'notBefore', row: PENDING, values: ['9000000000000000', '4611686018427387904'] },
  { column: 'at', row: FIRST_EVENT, values: ['1152921504606846976'] },
  { column: 'nextDue', row: byStream('CaseRow'), values: ['9000000000000000', '-4611686018427387904'] },
  { column: 'openedAt', row: byStream('CaseRow'), values: ['4611686018427387904'] },
  { column: 'dueAt', row: byStream('CaseRow'), values: ['4611686018427387904'] },
]

/** Text that is not UTF-8. */
const NO_TEXT = `CAST(x'fffe00c3' AS TEXT)`

const CLAIM = { capabilities: ['slack'], leaseMs: 1 } as const

/**
 * The time of the last claim. Each claim moves it forward by more than a lease lasts, so all earlier leases have ended.
 */
let nowMs = 2 ** 50

const open = (database: string): Promise<Store> => openStore({ database, masterKey: MASTER_KEY, log: silent })

const written = async (store: Store): Promise<Sample> => {
  const stream = caseNumber('DMG', 2026, await store.events.nextNumber('DMG', 2026))
  const [waiting, taken] = [await store.spool.store(arriving()), await store.spool.store(arriving())]
  if (waiting.is === 'full' || taken.is === 'full') throw new Error('unreachable')
  const reporter = `${stream}/reporter` as ReporterId
  const { blob } = await store.blobs.put(stream, new TextEncoder().encode(`patch of ${stream}`))
  await store.events.commit(
    commitOf(stream, {
      commandId: `open ${stream}` as never,
      events: [reported(stream, reporter, { name: 'Ada', address: 'ada@reporter.example' }), acknowledged('one')],
      effects: [post(stream, 'done', { lane: `done/${stream}` }), post(stream, 'pending')],
      rows: [rowOf(stream, { channels: [{ platform: 'slack', channel: `C-${stream}` }] })],
      mail: { message: taken.id, stream, reporter },
    }),
  )
  await store.outbox.claim({ ...CLAIM, nowMs: (nowMs += 10), worker: 'first', limit: 1_000 })
  await store.outbox.done(effectId(`${stream}/done`), 'first', 'posted')
  await store.outbox.keepRendered(
    effectId(`${stream}/pending`),
    'first',
    new TextEncoder().encode(`letter of ${stream}`),
  )
  const again = { notBeforeMs: 0, because: 'not yet', counts: true, inDoubt: false }
  await store.outbox.putBack(effectId(`${stream}/pending`), 'first', again)
  return { stream, waiting: waiting.id, blob }
}

/** Intact cases are not affected by damage to others. */
const expectUnharmed = async (store: Store, { stream, waiting, blob }: Sample): Promise<void> => {
  expect(await store.events.read(stream)).toHaveLength(2)
  expect((await store.readModels.cases({ limit: 1_000 })).rows.map((row) => row.stream)).toContain(stream)
  expect((await store.spool.waiting(1_000)).map(({ id }) => id)).toContain(waiting)
  expect((await store.spool.list({ limit: 1_000 })).map(({ id }) => id)).toContain(waiting)
  expect((await store.spool.usage(AT)).unread).toBeLessThan(1_000_000)
  await store.readModels.nextDue()
  expect(await store.outbox.nextAt(['slack'])).toBeLessThan(nowMs)
  expect(new TextDecoder().decode(await store.blobs.get(blob))).toBe(`patch of ${stream}`)
  const claimed = await store.outbox.claim({ ...CLAIM, nowMs: (nowMs += 10), worker: 'second', limit: 1_000 })
  expect(claimed.map(({ effect }) => effect.id)).toContain(`${stream}/pending`)
  const next = newCase()
  const fresh = commitOf(next, { events: [acknowledged('x')], effects: [post(next, '1')], rows: [rowOf(next)] })
  expect(await store.events.commit(fresh)).toEqual({ is: 'committed' })
  expect((await store.events.verifyLog()).streams.find((one) => one.stream === stream)).toMatchObject({ ok: true })
}

const isNamed = ({ streams, whole, damaged }: LogVerdict, { stream, waiting, blob }: Sample): boolean => {
  const isOf = (row: string): boolean => row.includes(stream) || row === waiting || row === blob
  return streams.some((one) => one.stream === stream && !one.ok) || damaged.some(({ row }) => isOf(row)) || !whole.ok
}

export function damageContract(suite: Suite): void {
  describe('damage', () => {
    /**
     * The tests of the columns in `BYTES` share this database, because one for each column would cost minutes. They can
     * share it because damage in one place does not stop work in another.
     */
    let shared: string | undefined

    it('is not reported in a database that nobody changed', async () => {
      await using store = await open(await suite.place().database())
      const cases = [await written(store), await written(store)]
      const { streams, whole, damaged } = await store.events.verifyLog()
      expect([streams.filter(({ ok }) => !ok), whole.ok, damaged]).toEqual([[], true, []])
      for (const one of cases) await expectUnharmed(store, one)
    })

    it.each(BYTES.map((one) => ({ ...one, name: `${one.row.table}.${one.column}` })))(
      'of $name is reported and affects nothing else',
      async ({ column, row: { table, where } }) => {
        const database = (shared ??= await suite.place().database())
        const isSqlite = suite.place().dialect === 'sqlite'
        const kinds: Readonly<Record<string, string>> = {
          empty: isSqlite ? `x''` : `''::bytea`,
          'other bytes': isSqlite ? `x'010203'` : `'\\x010203'::bytea`,
          'bytes that were those of another row': `(SELECT "${column}" FROM "Kept")`,
          ...(isSqlite && { text: `'text'`, 'text that is no text': NO_TEXT }),
        }
        const damaged: Sample[] = []
        let whole: Sample
        {
          await using store = await open(database)
          whole = await written(store)
          for (const _ of Object.keys(kinds)) damaged.push(await written(store))
        }
        {
          await using raw = await suite.place().raw(database)
          await raw.execute(`CREATE TABLE "Kept" AS SELECT "${column}" FROM "${table}" WHERE ${where(whole)}`)
          for (const [index, value] of Object.values(kinds).entries())
            await raw.execute(`UPDATE "${table}" SET "${column}" = ${value} WHERE ${where(damaged[index] ?? whole)}`)
          await raw.execute('DROP TABLE "Kept"')
        }
        await using store = await open(database)
        await expectUnharmed(store, whole)
        const verdict = await store.events.verifyLog()
        expect(damaged.filter((one) => !isNamed(verdict, one))).toEqual([])
      },
    )

    it.each([
      { table: 'Mail', named: { table: 'MailBytes', because: 'the mail that these bytes belong to is gone' } },
      { table: 'MailBytes', named: { table: 'Mail', because: 'its bytes are gone' } },
    ])('by the removal of a row from $table is reported and affects nothing else', async ({ table, named }) => {
      const database = await suite.place().database()
      await using store = await open(database)
      const [whole, damaged] = [await written(store), await written(store)]
      {
        await using raw = await suite.place().raw(database)
        await raw.execute(`DELETE FROM "${table}" WHERE ${WAITING.where(damaged)}`)
      }
      expect((await store.events.verifyLog()).damaged).toEqual([{ ...named, row: damaged.waiting }])
      await expectUnharmed(store, whole)
    })

    it.each(BEYOND.map((one) => ({ ...one, name: `${one.row.table}.${one.column}` })))(
      'by an out-of-range number in $name is reported and affects nothing else',
      async ({ column, row: { table, where }, values }) => {
        const database = await suite.place().database()
        const damaged: Sample[] = []
        {
          await using store = await open(database)
          await using raw = await suite.place().raw(database)
          for (const value of values) {
            const one = await written(store)
            damaged.push(one)
            await raw.execute(`UPDATE "${table}" SET "${column}" = ${value} WHERE ${where(one)}`)
          }
          const verdict = await store.events.verifyLog()
          expect(damaged.filter((one) => !isNamed(verdict, one))).toEqual([])
          await expectUnharmed(store, await written(store))
        }
        await using store = await open(database)
        await expectUnharmed(store, await written(store))
      },
    )

    it.each(['9223372036854775807', '9000000000000000', '-4611686018427387904'])(
      'of the counters, which stand at %s, is named and put right',
      async (value) => {
        const database = await suite.place().database()
        await using store = await open(database)
        await written(store)
        await using raw = await suite.place().raw(database)
        await raw.execute(`UPDATE "Counter" SET "value" = ${value}`)
        expect((await store.events.verifyLog()).damaged.map(({ table, row }) => `${table} ${row}`)).toEqual([
          'Counter number/DMG/2026',
          'Counter outbox',
        ])
        expect(await written(store)).toMatchObject({ stream: 'DMG-2026-0002' })
        expect(await written(store)).toMatchObject({ stream: 'DMG-2026-0003' })
        expect((await store.events.verifyLog()).damaged).toEqual([])
      },
    )

    it('of the counters is reported and corrected', async () => {
      const database = await suite.place().database()
      {
        await using store = await open(database)
        await written(store)
      }
      await using store = await open(database)
      {
        await using raw = await suite.place().raw(database)
        await raw.execute(`UPDATE "Counter" SET "value" = 0`)
      }
      expect((await store.events.verifyLog()).damaged).toMatchObject([
        { table: 'Counter', row: 'number/DMG/2026', because: 'its value is 0, but there is DMG-2026-0001' },
        { table: 'Counter', row: 'outbox' },
      ])
      expect(await written(store)).toMatchObject({ stream: 'DMG-2026-0002' })
      {
        await using raw = await suite.place().raw(database)
        await raw.execute(`DELETE FROM "Counter"`)
      }
      expect(await written(store)).toMatchObject({ stream: 'DMG-2026-0003' })
      expect((await store.events.verifyLog()).damaged).toEqual([])
    })

    it('by emptying the log is reported because of the rows that remain', async () => {
      const database = await suite.place().database()
      let whole: Sample
      {
        await using store = await open(database)
        whole = await written(store)
      }
      {
        await using raw = await suite.place().raw(database)
        for (const table of ['Event', 'Stream', 'Command', 'StreamKey', 'Counter'])
          await raw.execute(`DELETE FROM "${table}"`)
      }
      await using store = await open(database)
      const { damaged } = await store.events.verifyLog()
      expect(new Set(damaged.map(({ table }) => table))).toEqual(
        new Set(['Effect', 'CaseRow', 'Channel', 'Mail', 'MailBytes', 'Blob', 'Counter']),
      )
      expect(damaged.find(({ table }) => table === 'Channel')?.because).toBe(`the log has nothing of ${whole.stream}`)
    })
  })
}

/** Only SQLite stores any type in any column. */
export function oddTypesContract(suite: Suite): void {
  describe('a value whose type does not match its column', () => {
    const bytes = [...BYTES, { column: 'because', row: WAITING }]

    it.each(bytes.map((one) => ({ ...one, name: `${one.row.table}.${one.column}` })))(
      'written into $name while the program runs is reported and affects nothing else',
      async ({ column, row: { table, where } }) => {
        const database = await suite.place().database()
        await using store = await open(database)
        await using raw = await suite.place().raw(database)
        const write = async (value: string): Promise<Sample> => {
          const damaged = await written(store)
          await raw.execute(`UPDATE "${table}" SET "${column}" = ${value} WHERE ${where(damaged)}`)
          return damaged
        }
        const damaged = [await write(`'text'`), await write('12'), await write('1.5'), await write(NO_TEXT)]
        const nullable = ['rendered', 'evidence', 'because'].includes(column) || table === 'ReporterKey'
        if (nullable) await write('NULL')
        const verdict = await store.events.verifyLog()
        expect(damaged.filter((one) => !isNamed(verdict, one))).toEqual([])
        await expectUnharmed(store, await written(store))
      },
    )

    it('that makes two rows of a unique column equal does not prevent the program from starting', async () => {
      const database = await suite.place().database()
      const damaged: Sample[] = []
      {
        await using store = await open(database)
        damaged.push(await written(store), await written(store))
      }
      {
        await using raw = await suite.place().raw(database)
        for (const one of damaged)
          await raw.execute(`UPDATE "Effect" SET "seq" = '${one.stream}' WHERE ${PENDING.where(one)}`)
      }
      await using store = await open(database)
      const whole = await written(store)
      await expectUnharmed(store, whole)
      expect((await store.readModels.row(whole.stream))?.version).toBe(1)
    })

    const numbers = PLAIN.filter(({ value }) => value.startsWith("'"))

    it.each(numbers.map((one) => ({ ...one, name: `${one.row.table}.${one.column}` })))(
      'written into $name while the program runs affects nothing else',
      async ({ column, row: { table, where } }) => {
        const database = await suite.place().database()
        await using store = await open(database)
        await using raw = await suite.place().raw(database)
        for (const value of [`'text'`, '1.5', '4611686018427387904']) {
          const damaged = await written(store)
          await raw.execute(`UPDATE "${table}" SET "${column}" = ${value} WHERE ${where(damaged)}`)
        }
        const whole = await written(store)
        await expectUnharmed(store, whole)
        expect((await store.readModels.row(whole.stream))?.version).toBe(1)
      },
    )

    it('written into a setting while the program runs makes the setting count as missing', async () => {
      const database = await suite.place().database()
      await using store = await open(database)
      await using raw = await suite.place().raw(database)
      for (const value of [`'text'`, '12', '1.5', NO_TEXT]) {
        await store.settings.write('outages/slack', { since: 1 })
        await raw.execute(`UPDATE "Setting" SET "value" = ${value} WHERE "name" = 'kept/outages/slack'`)
        expect(await store.settings.read('outages/slack')).toBe(undefined)
      }
    })

    it.each(PLAIN.map((one) => ({ ...one, name: `${one.row.table}.${one.column}` })))(
      '$name as $value affects nothing else',
      async ({ column, row: { table, where }, value }) => {
        const database = await suite.place().database()
        let whole: Sample
        let damaged: Sample
        {
          await using store = await open(database)
          whole = await written(store)
          damaged = await written(store)
        }
        {
          await using raw = await suite.place().raw(database)
          await raw.execute(`UPDATE "${table}" SET "${column}" = ${value} WHERE ${where(damaged)}`)
        }
        const messages: string[] = []
        await using store = await openStore({
          database,
          masterKey: MASTER_KEY,
          log: {
            ...silent,
            error: (message, data) => messages.push(`${message} ${data?.['table']}.${data?.['column']}`),
          },
        })
        expect(messages).toEqual([expect.stringContaining(`${table}.${column}`)])
        await expectUnharmed(store, whole)
      },
    )
  })
}
