import { spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { acknowledged, commitOf, MASTER_KEY, newCase, post, reported, silent } from './contract/samples.ts'
import { arriving } from './contract/spool.ts'
import { openStore, type Store } from './open-store.ts'

describe('a store in an SQLite file', () => {
  let folder: string
  let database: string
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'embargo-sqlite-'))
    database = `file:${join(folder, 'embargo.db')}`
  })
  afterEach(() => rmSync(folder, { recursive: true, force: true }))
  const open = (over: Partial<Parameters<typeof openStore>[0]> = {}): Promise<Store> =>
    openStore({ database, masterKey: MASTER_KEY, log: silent, ...over })

  it('makes the database and the other files in its folder readable by their owner only, whatever the database’s mode was before', async () => {
    await (await open())[Symbol.asyncDispose]()
    chmodSync(join(folder, 'embargo.db'), 0o644)
    await using store = await open()
    await store.events.commit(commitOf(newCase(), { events: [acknowledged('x')] }))
    const files = readdirSync(folder)
    expect(files).toContain('embargo.db-wal')
    for (const file of files) expect([file, statSync(join(folder, file)).mode & 0o777]).toEqual([file, 0o600])
  })

  it('has no planted word in any byte of any file', async () => {
    const word = 'marzipan-escalation'
    const store = await open()
    const stream = newCase()
    await store.spool.store(
      arriving({ raw: new TextEncoder().encode(`Subject: ${word}`), envelopeFrom: `${word}@reporter.example` }),
    )
    await store.events.commit(
      commitOf(stream, {
        events: [
          reported(stream, `${stream}/p`, { name: word, address: `${word}@reporter.example` }),
          acknowledged(word),
        ],
        effects: [post(stream, '1')],
      }),
    )
    await store.blobs.put(stream, new TextEncoder().encode(word))
    // Another process reads the files. If this process closed one of them, SQLite would lose its locks on that file.
    const whileOpen = await output(
      'cat',
      readdirSync(folder).map((file) => join(folder, file)),
    )
    await store[Symbol.asyncDispose]()
    expect(whileOpen.includes(stream)).toBe(true)
    expect(whileOpen.includes(word)).toBe(false)
    for (const file of readdirSync(folder)) expect(readFileSync(join(folder, file)).includes(word)).toBe(false)
  })

  it('leaves nothing of an erased key in the file', async () => {
    const store = await open()
    const stream = newCase()
    const reporter = `${stream}/reporter`
    await store.events.commit(
      commitOf(stream, { events: [reported(stream, reporter, { name: 'Ada', address: 'ada@reporter.example' })] }),
    )
    await store[Symbol.asyncDispose]()
    const wrapped = await keyOf(database, reporter)
    expect(wrapped.byteLength).toBeGreaterThan(32)
    expect(readFileSync(join(folder, 'embargo.db')).includes(wrapped)).toBe(true)
    await using again = await open()
    await again.keys.eraseReporter(reporter as never)
    const bytes = await output(
      'cat',
      readdirSync(folder).map((file) => join(folder, file)),
    )
    expect(bytes.includes(wrapped)).toBe(false)
  })

  it('cannot be opened twice in one process, but can be opened again after it was closed', async () => {
    const first = await open()
    await expect(open()).rejects.toMatchObject({ name: 'StoreError', code: 'in-use' })
    await first[Symbol.asyncDispose]()
    await (await open())[Symbol.asyncDispose]()
  })

  it('refuses a second process, loses nothing when the first is killed, and frees its leases at once', async () => {
    const holder = spawn(
      process.execPath,
      ['--conditions=@embargo/source', fileURLToPath(new URL('../test/holder.ts', import.meta.url)), database],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    )
    const exited = new Promise((resolve) => holder.once('exit', resolve))
    const [stream] = await new Promise<string[]>((resolve) =>
      holder.stdout.once('data', (data: Buffer) => resolve(data.toString().trim().split(' '))),
    )
    await expect(open()).rejects.toMatchObject({ name: 'StoreError', code: 'in-use' })
    holder.kill('SIGKILL')
    await exited
    await using store = await open()
    expect(await store.events.verify(stream as never)).toMatchObject({ ok: true, events: 1 })
    const claimed = await store.outbox.claim({
      capabilities: ['slack'],
      worker: 'next',
      nowMs: 1,
      leaseMs: 10,
      limit: 10,
    })
    expect(claimed.map(({ attempt, inDoubt }) => [attempt, inDoubt])).toEqual([
      [2, true],
      [2, false],
    ])
  })

  it('answers that it is full instead of failing, and stores mail again when there is room', async () => {
    const store = await open({ maxPages: 80 })
    const big = (): ReturnType<typeof arriving> =>
      arriving({ raw: new Uint8Array(200_000).map(() => Math.floor(Math.random() * 256)) })
    const results = [await store.spool.store(big()), await store.spool.store(big()), await store.spool.store(big())]
    expect(results.map(({ is }) => is)).toContain('full')
    const kept = results.filter(({ is }) => is === 'stored').length
    const stream = newCase()
    const both = await Promise.allSettled([store.spool.store(big()), store.events.version(stream)])
    expect(both).toMatchObject([
      { status: 'fulfilled', value: { is: 'full' } },
      { status: 'fulfilled', value: 0 },
    ])
    await store[Symbol.asyncDispose]()
    await using roomy = await open()
    expect(await roomy.spool.store(big())).toMatchObject({ is: 'stored' })
    expect(await roomy.spool.list({ limit: 10 })).toHaveLength(kept + 1)
  })

  it('writes the bytes of a mail only once, not again at each step of its intake', async () => {
    await using store = await open()
    const stored = await store.spool.store(arriving({ raw: new Uint8Array(2_000_000) }))
    if (stored.is === 'full') throw new Error('unreachable')
    const { id } = stored
    const stream = newCase()
    const steps: Readonly<Record<string, () => Promise<unknown>>> = {
      attempt: () => store.spool.attempt(id),
      survived: () => store.spool.survived(id),
      hold: () => store.spool.hold(id),
      decide: () => store.spool.decide(id, 'let-in', 'ana'),
      'in-case': () =>
        store.events.commit(commitOf(stream, { events: [acknowledged('x')], mail: { message: id, stream } })),
    }
    const wrote: Record<string, boolean> = {}
    for (const [step, take] of Object.entries(steps)) {
      await emptyJournal(database)
      await take()
      const { size } = statSync(join(folder, 'embargo.db-wal'))
      wrote[step] = size > 0 && size < 200_000
    }
    expect(wrote).toEqual(Object.fromEntries(Object.keys(steps).map((step) => [step, true])))
  })

  it('refuses an address that it cannot read', async () => {
    await expect(open({ database: 'mysql://db.example/x' })).rejects.toMatchObject({ code: 'bad-address' })
  })
})

function output(command: string, args: readonly string[]): Promise<Buffer> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: ['ignore', 'pipe', 'inherit'] })
    const chunks: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk))
    child.once('close', () => resolve(Buffer.concat(chunks)))
  })
}

async function emptyJournal(database: string): Promise<void> {
  const { PrismaLibSql } = await import('@prisma/adapter-libsql')
  const connection = await new PrismaLibSql({ url: database }).connect()
  await connection.queryRaw({ sql: 'PRAGMA wal_checkpoint(TRUNCATE)', args: [], argTypes: [] })
  await connection.dispose()
}

async function keyOf(database: string, reporter: string): Promise<Buffer> {
  const { PrismaLibSql } = await import('@prisma/adapter-libsql')
  const connection = await new PrismaLibSql({ url: database }).connect()
  const { rows } = await connection.queryRaw({
    sql: `SELECT "key" FROM "ReporterKey" WHERE "reporter" = '${reporter}'`,
    args: [],
    argTypes: [],
  })
  await connection.dispose()
  const key = rows[0]?.[0]
  return Buffer.from(key instanceof Uint8Array ? key : [])
}
