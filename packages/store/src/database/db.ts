import type { PrismaClient } from '../generated/sqlite/client.ts'

/**
 * The tables of either database. Both clients come from one schema and have SQLite's types (see
 * scripts/derive-sqlite.ts), so code that uses features of PostgreSQL alone does not compile.
 */
export type Db = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>

/**
 * The kinds of work that wait for the writer. They take turns, so a burst of commands does not starve the dispatcher.
 */
export type Turn = 'commit' | 'outbox' | 'spool' | 'other'

/** One SQL statement with its values. In the SQL, `$1` stands for the first value, `$2` for the second, and so on. */
export type Statement = { readonly sql: string; readonly values: readonly Value[] }
/** A statement that is built only when its turn comes, so copied bytes are in memory no longer than needed. */
export type LateStatement = Statement | (() => Statement)
export type Value = string | number | bigint | boolean | Uint8Array | null
/** Rows as the driver gives them: PostgreSQL gives a `bigint` as text, SQLite gives a boolean as 0 or 1. */
export type Rows = readonly (readonly Value[])[]

/**
 * The only way to write to the database. The work must do nothing but change rows, because it runs again after a
 * rollback that it did not cause.
 */
export type Writer = {
  /**
   * Runs the work in one transaction, which is durable when the promise resolves. If the work throws, the transaction
   * is rolled back. For a thrown `Undo`, the promise then resolves to the answer in it.
   */
  run<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T>
  /** Work that is a single statement and needs no transaction of its own. */
  single<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T>
  /**
   * Passes statements directly to the driver, and returns how many rows the first statement wrote. To be used for large
   * bytes and for frequent writes. Prisma takes several times as long as SQLite itself, turns bytes into base64, and
   * keeps the values of the last hundred calls in memory.
   *
   * @param dependents run in the same transaction, if the first statement wrote a row
   */
  direct(turn: Turn, statement: Statement, ...dependents: readonly LateStatement[]): Promise<number>
  /** As `direct`, for one statement that returns rows. */
  returning(turn: Turn, statement: Statement): Promise<Rows>
  /**
   * As `returning`, but on SQLite the promise does not wait for the disk, so a power cut may undo the statement. To be
   * used only if nothing but later writes depends on its result, or for a count that may be lost. Later writes never
   * reach the disk before this statement.
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
 * The name of a column in a query of `rows` or `newestRows`. SQLite stores any type in any column; with this name, the
 * driver converts each value to the declared type.
 */
export const columnOf = (dialect: Database['dialect'], table: string, name: string): string =>
  dialect === 'sqlite' ? `\`main\`.\`${table}\`.\`${name}\`` : `"${table}"."${name}"`

/**
 * Stands for a value that is not bytes, because somebody has altered it. Empty bytes cannot be unsealed, so the row
 * counts as damaged.
 */
const NO_BYTES = new Uint8Array()

export const bytesIn = (cell: Value | undefined): Uint8Array => (cell instanceof Uint8Array ? cell : NO_BYTES)

export const resolveStatement = (statement: LateStatement): Statement =>
  typeof statement === 'function' ? statement() : statement

/** Thrown inside the work: roll back everything and return this value. */
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
   * Reads rows directly from the driver. To be used for large bytes and for frequent reads, because Prisma turns bytes
   * into base64 and back, and takes several times as long as SQLite itself. On SQLite, columns must be cast to their
   * types.
   */
  rows(statement: Statement): Promise<Rows>
  /**
   * As `rows`, but does not wait until what it reads is on the disk. So the result may be used only for further writes,
   * which become durable later. Until then, nobody may see it.
   */
  newestRows(statement: Statement): Promise<Rows>
  readonly writer: Writer
  /** Free bytes on the disk, if the database is a file on this machine. */
  free(): Promise<number | undefined>
  /** Overwrites deleted data, if the database can. */
  scrub(): Promise<void>
  close(): Promise<void>
}
