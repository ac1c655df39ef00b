import type { PrismaClient } from '../generated/sqlite/client.ts'

/**
 * The tables of either database. Both clients come from one schema and have SQLite's types (see
 * scripts/derive-sqlite.ts), so features of PostgreSQL alone do not compile.
 */
export type Db = Omit<PrismaClient, '$connect' | '$disconnect' | '$on' | '$use' | '$extends' | '$transaction'>

/** The kinds of work that wait for the writer. Each gets its turn, so a burst of commands does not starve the dispatcher. */
export type Turn = 'commit' | 'outbox' | 'spool' | 'other'

/** One SQL statement with its values, written as `$1`, `$2`, … in this order, which both databases accept. */
export type Statement = { readonly sql: string; readonly values: readonly Value[] }
export type Value = string | number | bigint | boolean | Uint8Array | null

/** The only way to write. Work may run twice (after a rollback that it did not cause), so it must only change rows. */
export type Writer = {
  /** All of the work in one transaction, durable when it resolves. Rolled back when it throws; `Undo` is an answer, not an error. */
  run<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T>
  /** Work that is a single statement and needs no transaction of its own. */
  single<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T>
  /**
   * Statements given to the driver itself; returns how many rows the first one wrote. For bytes that may be large:
   * Prisma turns them into base64 and its debug history keeps the values of the last hundred calls, 2.7 times the size
   * of each, for ever. And for frequent writes: Prisma takes several times as long for a statement as SQLite does.
   *
   * @param dependents run in the same transaction, if the first statement wrote a row
   */
  direct(turn: Turn, statement: Statement, ...dependents: readonly Statement[]): Promise<number>
}

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
  /** Reads see what is committed. */
  readonly reader: Db
  readonly writer: Writer
  /** Free bytes on the disk, if the database is a file on this machine. */
  free(): Promise<number | undefined>
  /** Overwrites deleted data, if the database can. */
  scrub(): Promise<void>
  close(): Promise<void>
}
