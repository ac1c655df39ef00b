import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { MASTER_KEY } from '../contract/samples.ts'
import { defaultMigrationsFolder } from '../migrate/folder.ts'
import { prepare } from '../migrate/prepare.ts'
import { masterKeys } from '../sealing/master-keys.ts'
import { Undo, type Database, type Db } from './db.ts'
import { GroupWriter } from './group-writer.ts'
import { openSqlite } from './open-sqlite.ts'

describe('group writer', () => {
  let folder: string
  let database: Database
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'embargo-writer-'))
    const preparation = {
      dialect: 'sqlite',
      migrationsFolder: defaultMigrationsFolder(),
      master: masterKeys(MASTER_KEY),
      applied: () => undefined,
      straightened: () => undefined,
    } as const
    database = await openSqlite(`file:${join(folder, 'writer.db')}`, {
      prepare: (connection) => prepare(connection, preparation),
    })
  })
  afterEach(async () => {
    await database.close()
    rmSync(folder, { recursive: true, force: true })
  })
  const put = (name: string) => (db: Db) => db.counter.create({ data: { name, value: 1n } })
  const names = async (): Promise<string[]> =>
    (await database.reader.counter.findMany({ orderBy: { name: 'asc' } })).map(({ name }) => name)

  it('commits waiting jobs together, and rolls back only the job that failed', async () => {
    const results = await Promise.allSettled([
      database.writer.run('commit', put('a')),
      database.writer.run('commit', async (db) => {
        await put('b')(db)
        throw new Error('changed my mind')
      }),
      database.writer.run('outbox', async (db) => {
        await put('c')(db)
        throw new Undo('an answer')
      }),
      database.writer.run('spool', put('d')),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(results[2]).toMatchObject({ value: 'an answer' })
    expect(await names()).toEqual(['a', 'd', 'outbox'])
  })

  it('rolls back a statement whose key is taken, and keeps the others of the group', async () => {
    await database.writer.single('spool', put('taken'))
    const results = await Promise.allSettled([
      database.writer.single('spool', put('a')),
      database.writer.single('spool', put('taken')),
      database.writer.run('commit', put('b')),
      database.writer.single('outbox', put('c')),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled'])
    expect(await names()).toEqual(['a', 'b', 'c', 'outbox', 'taken'])
  })

  it('runs each statement alone after one of them broke the transaction, and commits none of them twice', async () => {
    const add = (db: Db) => db.counter.update({ where: { name: 'sum' }, data: { value: { increment: 1 } } })
    await database.writer.single('other', (db) => db.counter.create({ data: { name: 'sum', value: 0n } }))
    const results = await Promise.allSettled([
      database.writer.single('outbox', add),
      database.writer.single('outbox', async (db) => {
        await db.$executeRawUnsafe('ROLLBACK')
        throw new Error('SQLite gave up')
      }),
      database.writer.single('outbox', add),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(await database.reader.counter.findUnique({ where: { name: 'sum' } })).toMatchObject({ value: 2n })
  })

  it('runs each job alone after their transaction broke', async () => {
    let attempts = 0
    const results = await Promise.allSettled([
      database.writer.run('commit', put('a')),
      database.writer.run('commit', async (db) => {
        attempts++
        await db.$executeRawUnsafe('ROLLBACK')
        throw new Error('SQLite gave up')
      }),
      database.writer.run('commit', put('b')),
    ])
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    expect(attempts).toBe(2)
    expect(await names()).toEqual(['a', 'b', 'outbox'])
  })

  it('shows nothing before it is committed', async () => {
    const seen: string[][] = []
    await database.writer.run('commit', async (db) => {
      await put('later')(db)
      seen.push(await names())
    })
    expect(seen).toEqual([['outbox']])
    expect(await names()).toEqual(['later', 'outbox'])
  })

  /** A writer on a disk whose fsync ends only when the test says so. */
  function onSlowDisk() {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const statements: string[] = []
    const execute = async ({ sql }: { readonly sql: string }): Promise<number> => {
      statements.push(sql)
      return 1
    }
    const rows = async (statement: { readonly sql: string }): Promise<[]> => {
      await execute(statement)
      return []
    }
    const writer = new GroupWriter(database.reader, { execute, rows }, () => promise)
    const write = (sql: string): Promise<number> => writer.direct('commit', { sql, values: [] })
    return { writer, statements, write, confirm: resolve, fail: reject }
  }
  /** Waits for two turns of the event loop. A group begins in the first turn, so its statements have run by then. */
  const turns = async (): Promise<void> => {
    await new Promise(setImmediate)
    await new Promise(setImmediate)
  }

  it('announces no commit that is not on the disk', async () => {
    const { writer, statements, write, confirm } = onSlowDisk()
    const told: string[] = []
    const first = write('INSERT 1').then(() => told.push('written'))
    await turns()
    const read = writer.synced().then(() => told.push('read'))
    const second = write('INSERT 2')
    await turns()
    expect(statements).toEqual(['BEGIN IMMEDIATE', 'INSERT 1', 'COMMIT'])
    expect(told).toEqual([])
    confirm()
    await Promise.all([first, read, second])
    expect(told.toSorted()).toEqual(['read', 'written'])
    expect(statements.slice(3)).toEqual(['BEGIN IMMEDIATE', 'INSERT 2', 'COMMIT'])
  })

  it('waits for no disk with a write that need not survive a power cut, unless another write is in its group', async () => {
    const { writer, statements, write, confirm } = onSlowDisk()
    const count = async (sql: string): Promise<unknown> => writer.unsynced('spool', { sql, values: [] })
    await Promise.all([count('UPDATE 1'), count('UPDATE 2')])
    expect(statements).toEqual(['BEGIN IMMEDIATE', 'UPDATE 1', 'UPDATE 2', 'COMMIT'])
    await writer.synced()
    const told: string[] = []
    const insert = write('INSERT').then(() => told.push('inserted'))
    await count('UPDATE 3')
    expect(told).toEqual([])
    confirm()
    await insert
    expect(told).toEqual(['inserted'])
  })

  it('writes nothing more after the disk failed to confirm a commit', async () => {
    const { writer, statements, write, fail } = onSlowDisk()
    const refused = { name: 'StoreError', code: 'not-durable' }
    const first = write('INSERT 1')
    await turns()
    fail(new Error('EIO'))
    await expect(first).rejects.toMatchObject(refused)
    await expect(writer.synced()).rejects.toMatchObject(refused)
    const later = await Promise.allSettled([write('INSERT 2'), write('INSERT 3')])
    expect(later).toMatchObject([{ reason: refused }, { reason: refused }])
    expect(statements).not.toContain('INSERT 2')
  })
})
