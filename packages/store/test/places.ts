import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import { PrismaPg } from '@prisma/adapter-pg'
import { startPostgres } from '@embargo/testkit'

/** Direct access to the database, for tests that read or damage rows as an attacker would. */
export type Raw = AsyncDisposable & {
  execute(sql: string): Promise<void>
  rows(sql: string): Promise<readonly (readonly unknown[])[]>
  columns(table: string): Promise<readonly string[]>
}

/**
 * Makes the databases of a test suite. Disposing the place removes its databases, unless they are on a server that
 * other test files use too.
 */
export type Place = AsyncDisposable & {
  readonly dialect: 'sqlite' | 'postgresql'
  /** The address of a new, empty database. */
  database(): Promise<string>
  raw(database: string): Promise<Raw>
}

export async function sqlitePlace(): Promise<Place & { readonly folder: string }> {
  const folder = mkdtempSync(join(tmpdir(), 'embargo-store-'))
  let databases = 0
  return {
    dialect: 'sqlite',
    folder,
    database: () => Promise.resolve(`file:${join(folder, `${++databases}.db`)}`),
    raw: async (database) => over(await new PrismaLibSql({ url: database }).connect()),
    [Symbol.asyncDispose]: () => Promise.resolve(rmSync(folder, { recursive: true, force: true })),
  }
}

export async function postgresPlace(): Promise<Place> {
  const postgres = await startPostgres()
  return {
    dialect: 'postgresql',
    database: () => postgres.database(),
    raw: async (database) => over(await new PrismaPg(database).connect()),
    [Symbol.asyncDispose]: () => postgres[Symbol.asyncDispose](),
  }
}

type Connection = Pick<Awaited<ReturnType<PrismaPg['connect']>>, 'executeRaw' | 'queryRaw' | 'dispose'>

const over = (connection: Connection): Raw => ({
  execute: async (sql) => {
    await connection.executeRaw({ sql, args: [], argTypes: [] })
  },
  rows: async (sql) => (await connection.queryRaw({ sql, args: [], argTypes: [] })).rows,
  columns: async (table) =>
    (await connection.queryRaw({ sql: `SELECT * FROM "${table}" LIMIT 0`, args: [], argTypes: [] })).columnNames,
  [Symbol.asyncDispose]: () => connection.dispose(),
})
