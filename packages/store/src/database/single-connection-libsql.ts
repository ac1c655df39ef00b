import { fileURLToPath } from 'node:url'
import { PrismaLibSql } from '@prisma/adapter-libsql'
import Libsql from 'libsql'
import type { Rows, Statement } from './db.ts'
import { MAX, PreparedStatements } from './prepared-statements.ts'

type Client = ReturnType<PrismaLibSql['createClient']>
type Transaction = Awaited<ReturnType<Client['transaction']>>
export type Connection = Awaited<ReturnType<PrismaLibSql['connect']>>
/** The declared type of each `Table.column`. */
type ColumnTypes = ReadonlyMap<string, string>

/**
 * An adapter that keeps one connection. libSQL's own client opens another connection after each transaction, which
 * loses every PRAGMA. A transaction that Prisma begins becomes a savepoint, because it can be inside a transaction of
 * `GroupWriter`.
 */
export class SingleConnectionLibSql extends PrismaLibSql {
  #connection: Promise<Connection> | undefined
  #statements: PreparedStatements | undefined
  #types: ColumnTypes = new Map()
  readonly #settled: () => Promise<void>

  /** @param settled is awaited after each statement, before its result is used */
  constructor(
    config: ConstructorParameters<typeof PrismaLibSql>[0],
    settled: () => Promise<void> = async () => undefined,
  ) {
    super(config)
    this.#settled = settled
  }

  /**
   * From now on, each cell is read as the declared type of its column, even if a value of another type was written into
   * it.
   */
  readAs(types: ColumnTypes): void {
    this.#types = types
  }

  override connect(): Promise<Connection> {
    this.#connection ??= super.connect()
    return this.#connection
  }

  /** Runs a statement on the permanent connection, so it is part of the open transaction. */
  async execute(statement: Statement): Promise<number> {
    return (await this.#result(statement)).rowsAffected
  }

  async rows(statement: Statement): Promise<Rows> {
    const { rows } = await this.#result(statement)
    return rows.map((row) => Array.from(row, (cell) => (cell instanceof ArrayBuffer ? new Uint8Array(cell) : cell)))
  }

  async #result({ sql, values }: Statement): Promise<ReturnType<PreparedStatements['execute']>> {
    await this.connect()
    if (this.#statements === undefined) throw new Error('The database connection has no client.')
    return this.#statements.execute(sql, values)
  }

  override createClient({ url, timeout }: Parameters<PrismaLibSql['createClient']>[0]): Client {
    const db = new Libsql(fileURLToPath(url), { timeout })
    const statements = new PreparedStatements(db, (sql) => readAs(sql, this.#types))
    this.#statements = statements
    let closed = true
    const execute: Client['execute'] = async (statement) => {
      const result =
        typeof statement === 'string'
          ? statements.execute(statement, [])
          : statements.execute(statement.sql, Array.isArray(statement.args) ? statement.args : await notUsed())
      await this.#settled()
      return result
    }
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

const SELECTED = /SELECT .*? FROM /gs
const COLUMN = /`main`\.`(\w+)`\.`(\w+)`/g

const MAX_INT = 2 ** 31 - 1

/**
 * SQL that limits an integer to the range from `least` to `most`. Nulls stay null, and anything else becomes
 * `otherwise`.
 */
const within = (cell: string, least: number, most: number, otherwise: number): string =>
  `CASE WHEN typeof(${cell}) IN ('integer', 'null') THEN max(${least}, min(${most}, ${cell})) ELSE ${otherwise} END`

const READ: Readonly<Record<string, (cell: string) => string>> = {
  BLOB: (cell) => `CAST(${cell} AS BLOB)`,
  REAL: (cell) => `CAST(${cell} AS REAL)`,
  BOOLEAN: (cell) => within(cell, 0, 1, 0),
  INTEGER: (cell) => within(cell, -MAX_INT, MAX_INT, 0),
  BIGINT: (cell) => within(cell, -MAX, MAX, -MAX),
}

/**
 * Makes a query return the declared type of each column, because somebody may have written another type into it.
 * Without this, text that is not UTF-8 would make the driver abort the whole process, and any other wrong type would
 * make Prisma fail the whole query. A converted cell has no valid content, so only its row counts as damaged.
 */
const readAs = (sql: string, types: ColumnTypes): string =>
  sql.replaceAll(SELECTED, (selected) =>
    selected.replaceAll(COLUMN, (column, table, name) => {
      const read = READ[types.get(`${table}.${name}`) ?? '']
      return read === undefined ? column : `${read(column)} AS \`${name}\``
    }),
  )

export async function columnTypes(connection: Connection): Promise<ColumnTypes> {
  const { rows } = await connection.queryRaw({
    sql: `SELECT "m"."name" || '.' || "p"."name", "p"."type" FROM "sqlite_master" AS "m"
      JOIN pragma_table_info("m"."name") AS "p" WHERE "m"."type" = 'table'`,
    args: [],
    argTypes: [],
  })
  return new Map(rows.map(([column, type]) => [String(column), String(type)]))
}

/** Runs one statement. `executeScript` must not be used, because it rolls an open transaction back when it returns. */
export const run = async (connection: Connection, sql: string): Promise<void> => {
  await connection.executeRaw({ sql, args: [], argTypes: [] })
}
