import type { PrismaClient } from '../generated/sqlite/client.ts'

/**
 * The tables, on SQLite or on PostgreSQL. The clients for both databases have SQLite's types (see
 * scripts/derive-sqlite.ts), so code that uses a feature of PostgreSQL that SQLite lacks does not compile.
 */
export type Db = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>

/**
 * The kinds of work that wait for the writer. They take turns, so a burst of commands does not starve the dispatcher.
 */
export type Turn = 'commit' | 'outbox' | 'spool' | 'other'

/** One SQL statement with its values. In the SQL, `$1` stands for the first value, `$2` for the second, and so on. */
export type Statement = { readonly sql: string; readonly values: readonly Value[] }
/**
 * A statement, or a function that builds the statement only when it is about to run. With a function, large values are
 * in memory no longer than needed.
 */
export type LateStatement = Statement | (() => Statement)
export type Value = string | number | bigint | boolean | Uint8Array | null
/** Rows as the driver gives them: PostgreSQL gives a `bigint` as text, SQLite gives a boolean as 0 or 1. */
export type Rows = readonly (readonly Value[])[]

/**
 * The only way to write to the database. The caller passes its work as a function. This function must do nothing but
 * change rows, because it can run more than once: it runs again if its transaction was rolled back for a reason outside
 * this work, such as a failure of other work.
 */
export type Writer = {
  /**
   * Runs the work in one transaction, which is durable when the promise resolves. If the work throws, the transaction
   * is rolled back. If the work throws an `Undo`, the promise still resolves, to the answer in the `Undo`.
   */
  run<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T>
  /** As `run`, for work that is a single statement and so needs no transaction of its own. */
  single<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T>
  /**
   * Passes statements directly to the driver, and returns how many rows the first statement wrote. Use it for large
   * bytes and for frequent writes: Prisma takes several times as long as SQLite itself, turns bytes into base64, and
   * keeps the values of the last hundred calls in memory.
   *
   * @param dependents run in the same transaction, if the first statement wrote a row
   */
  direct(turn: Turn, statement: Statement, ...dependents: readonly LateStatement[]): Promise<number>
  /** As `direct`, for one statement that returns rows. */
  returning(turn: Turn, statement: Statement): Promise<Rows>
  /**
   * As `returning`, but on SQLite the promise does not wait for the disk, so a power cut can undo the statement. Use it
   * only for a count that may be lost, or if only later writes depend on the result. Later writes never reach the disk
   * before this statement.
   */
  unsynced(turn: Turn, statement: Statement): Promise<Rows>
}

/** A query as a statement for the driver. */
export const statementOf = ({
  text,
  values,
}: {
  readonly text: string
  readonly values: readonly unknown[]
}): Statement => ({
  sql: text,
  values: values.map(valueOf),
})

function valueOf(value: unknown): Value {
  if (value === null || value instanceof Uint8Array) return value
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'bigint') return value
  if (typeof value === 'boolean') return value
  throw new TypeError('A statement has a value that no database takes.')
}

/**
 * The name of a column in a query of `rows` or `newestRows`. SQLite stores any type in any column. If a query uses this
 * name, the driver converts each value to the declared type of the column.
 */
export const columnOf = (dialect: Database['dialect'], table: string, name: string): string =>
  dialect === 'sqlite' ? `\`main\`.\`${table}\`.\`${name}\`` : `"${table}"."${name}"`

/**
 * Replaces a value that should be bytes but has another type, because somebody has altered the database. Empty bytes
 * cannot be unsealed, so the row counts as damaged.
 */
const NO_BYTES = new Uint8Array()

export const bytesIn = (cell: Value | undefined): Uint8Array => (cell instanceof Uint8Array ? cell : NO_BYTES)

export const resolveStatement = (statement: LateStatement): Statement =>
  typeof statement === 'function' ? statement() : statement

/** The work throws this to roll back everything that it did. `run` then resolves to `answer`. */
export class Undo<T> extends Error {
  override readonly name = 'Undo'
  readonly answer: T
  constructor(answer: T) {
    super('undo')
    this.answer = answer
  }
}

export type Database = {
  readonly dialect: 'sqlite' | 'postgresql'
  /** A client for reading. It sees only committed data. */
  readonly reader: Db
  /**
   * Reads rows directly from the driver. Use it for large bytes and for frequent reads: Prisma turns bytes into base64
   * and back, and takes several times as long as SQLite itself. On SQLite, name the columns with `columnOf`, or cast
   * them to their types.
   */
  rows(statement: Statement): Promise<Rows>
  /**
   * As `rows`, but does not wait until the rows that it reads are on the disk. Use the result only for further writes,
   * which become durable after these rows. Nobody may see the result before those writes are durable.
   */
  newestRows(statement: Statement): Promise<Rows>
  readonly writer: Writer
  /** Free bytes on the disk, if the database is a file on this machine. */
  free(): Promise<number | undefined>
  /** Overwrites deleted data, if the database can. */
  scrub(): Promise<void>
  close(): Promise<void>
}
