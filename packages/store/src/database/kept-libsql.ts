import { fileURLToPath } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import Libsql from 'libsql'
import type { Statement } from './db.ts'
import { PreparedStatements } from './prepared-statements.ts'

type Client = ReturnType<PrismaLibSql['createClient']>
type Transaction = Awaited<ReturnType<Client['transaction']>>
export type Connection = Awaited<ReturnType<PrismaLibSql['connect']>>
/** Each as `Table.column`. */
type BytesColumns = ReadonlySet<string>
/** Runs a statement without Prisma; how many rows it wrote. */
export type Execute = (statement: Statement) => Promise<number>

/**
 * libSQL's client gives its connection away to each transaction and opens another one afterwards, which loses every
 * PRAGMA. Here one connection stays, and a transaction that Prisma asks for inside ours becomes a savepoint.
 */
export class KeptLibSql extends PrismaLibSql {
  #connection: Promise<Connection> | undefined
  #statements: PreparedStatements | undefined
  #bytes: BytesColumns = new Set()

  /** From here on these columns are read as bytes, whatever type a cell has. */
  castToBytes(columns: BytesColumns): void {
    this.#bytes = columns
  }

  override connect(): Promise<Connection> {
    this.#connection ??= super.connect()
    return this.#connection
  }

  /** On the connection that stays, so that the statement is part of the open transaction. */
  async execute({ sql, values }: Statement): Promise<number> {
    await this.connect()
    if (this.#statements === undefined) throw new Error('The database connection has no client.')
    return this.#statements.execute(sql, values).rowsAffected
  }

  override createClient({ url, timeout }: Parameters<PrismaLibSql['createClient']>[0]): Client {
    const db = new Libsql(fileURLToPath(url), { timeout })
    const statements = new PreparedStatements(db, (sql) => castToBytes(sql, this.#bytes))
    this.#statements = statements
    let closed = true
    const execute: Client['execute'] = async (statement) =>
      typeof statement === 'string'
        ? statements.execute(statement, [])
        : statements.execute(statement.sql, Array.isArray(statement.args) ? statement.args : await notUsed())
    const transaction = async (): Promise<Transaction> => {
      await execute('SAVEPOINT inner_work')
      closed = false
      const end = async (...ending: readonly string[]): Promise<void> => {
        closed = true
        for (const statement of ending) await execute(statement)
      }
      return {
        execute,
        batch: notUsed,
        executeMultiple: notUsed,
        commit: () => end('RELEASE inner_work'),
        rollback: () => end('ROLLBACK TO inner_work', 'RELEASE inner_work'),
        close: () => undefined,
        get closed() {
          return closed
        },
      }
    }
    return {
      execute,
      transaction,
      executeMultiple: notUsed,
      close: () => statements.close(),
      batch: notUsed,
      migrate: notUsed,
      sync: notUsed,
      reconnect() {
        throw new Error('not used by Prisma')
      },
      closed: false,
      protocol: 'file',
    }
  }
}

const notUsed = (): Promise<never> => Promise.reject(new Error('not used by Prisma'))

const SELECTED = /^SELECT .*? FROM /s
const COLUMN = /`main`\.`(\w+)`\.`(\w+)`/g

/**
 * Somebody may write text or a number where bytes belong. The driver aborts the whole process at text that is not UTF-8,
 * and Prisma fails a query for one odd cell. As bytes the cell does not open, which is damage of its row alone.
 */
const castToBytes = (sql: string, columns: BytesColumns): string =>
  sql.replace(SELECTED, (selected) =>
    selected.replaceAll(COLUMN, (column, table, name) =>
      columns.has(`${table}.${name}`) ? `CAST(${column} AS BLOB) AS \`${name}\`` : column,
    ),
  )

/** The columns of an open database that are declared as bytes. */
export async function bytesColumns(connection: Connection): Promise<BytesColumns> {
  const { rows } = await connection.queryRaw({
    sql: `SELECT "m"."name" || '.' || "p"."name" FROM "sqlite_master" AS "m" JOIN pragma_table_info("m"."name") AS "p"
      WHERE "m"."type" = 'table' AND "p"."type" = 'BLOB'`,
    args: [],
    argTypes: [],
  })
  return new Set(rows.map(([column]) => String(column)))
}

/** Runs one statement. Not by `executeScript`, which rolls an open transaction back when it returns. */
export const run = async (connection: Connection, sql: string): Promise<void> => {
  await connection.executeRaw({ sql, args: [], argTypes: [] })
}
