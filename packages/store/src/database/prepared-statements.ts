import type { PrismaLibSql } from '@prisma/adapter-libsql'
import type Libsql from 'libsql'
import type { Value } from './db.ts'

type Client = ReturnType<PrismaLibSql['createClient']>
type Result = Awaited<ReturnType<Client['execute']>>
type Row = Result['rows'][number]
type Arg = Value | ArrayBuffer | Date

type PreparedStatement = {
  readonly statement: Libsql.Statement<unknown[]>
  /** Absent if the statement returns no rows. */
  readonly returns?: { readonly names: string[]; readonly types: string[] }
}

/**
 * The most statements that stay prepared. The store has a few dozen statements. Those that write a batch have a version
 * for each size of the batch.
 */
const MAX_PREPARED = 200
/** The largest integer that is read. A larger one is read as this number. */
export const MAX = Number.MAX_SAFE_INTEGER
/**
 * A prepared statement keeps its last values in memory, so a statement with more bytes than this is prepared for one
 * use only.
 */
const MAX_HELD_BYTES = 65_536
/**
 * Statements that do not change the columns of any table. After any other statement, what `columns` returned for a
 * prepared statement may be out of date.
 */
const KEEPS_TABLES = /^\s*(?:SELECT|INSERT|UPDATE|DELETE|WITH|SAVEPOINT|RELEASE|BEGIN|COMMIT|ROLLBACK)\b/i

/**
 * A connection of libSQL whose statements stay prepared. libSQL's own client prepares a statement each time it is run,
 * which takes longer than running it.
 */
export class PreparedStatements {
  readonly #db: Libsql.Database
  readonly #written: (sql: string) => string
  readonly #prepared = new Map<string, PreparedStatement>()

  /** @param written turns a requested statement into the SQL that is run for it */
  constructor(db: Libsql.Database, written: (sql: string) => string) {
    this.#db = db
    this.#written = written
  }

  execute(sql: string, args: readonly Arg[]): Result {
    const { statement, returns } = this.#of(sql, args)
    const values = args.map(toSql)
    if (returns === undefined) {
      const { changes, lastInsertRowid } = statement.run(values)
      return result({ rowsAffected: changes, lastInsertRowid: BigInt(lastInsertRowid) })
    }
    const rows = statement.all(values).filter(isRow)
    for (const row of rows) for (let index = 0; index < row.length; index += 1) row[index] = fromSql(row[index])
    return result({ columns: returns.names, columnTypes: returns.types, rows })
  }

  close(): void {
    this.#prepared.clear()
    this.#db.close()
  }

  #of(sql: string, args: readonly Arg[]): PreparedStatement {
    const known = this.#prepared.get(sql)
    const small = args.every((arg) => !ArrayBuffer.isView(arg) || arg.byteLength <= MAX_HELD_BYTES)
    if (known !== undefined && small) return known
    const prepared = this.#prepare(sql)
    if (!KEEPS_TABLES.test(sql)) this.#prepared.clear()
    else if (small) this.#keep(sql, prepared)
    return prepared
  }

  #keep(sql: string, prepared: PreparedStatement): void {
    this.#prepared.set(sql, prepared)
    for (const oldest of this.#prepared.keys()) {
      if (this.#prepared.size <= MAX_PREPARED) return
      this.#prepared.delete(oldest)
    }
  }

  #prepare(sql: string): PreparedStatement {
    const statement = this.#db.prepare<unknown[]>(this.#written(sql))
    statement.safeIntegers(true)
    if (!statement.reader) return { statement }
    statement.raw(true)
    const columns = statement.columns()
    return {
      statement,
      returns: { names: columns.map(({ name }) => name), types: columns.map(({ type }) => type ?? '') },
    }
  }
}

const result = (of: Partial<Result>): Result => ({
  columns: [],
  columnTypes: [],
  rows: [],
  rowsAffected: 0,
  lastInsertRowid: undefined,
  toJSON: () => undefined,
  ...of,
})

function toSql(value: Arg): unknown {
  if (typeof value === 'boolean') return value ? 1 : 0
  if (value instanceof Date) return value.getTime()
  return value instanceof ArrayBuffer ? Buffer.from(value) : value
}

/** In raw mode, libSQL returns each row as an array. */
const isRow = (row: unknown): row is Row => Array.isArray(row)

/**
 * Converts a value as libSQL's own client does for Prisma. That client throws at integers beyond JavaScript's range.
 * Here, such an integer becomes the nearest integer in the range. That integer is neither a valid time nor a valid
 * place of an effect in the outbox, so the row with the integer counts as damaged. The other rows of the result can
 * still be read.
 */
function fromSql(value: unknown): Row[number] {
  if (typeof value === 'bigint') return Math.max(-MAX, Math.min(MAX, Number(value)))
  if (value instanceof Uint8Array) return wholeBuffer(value)
  if (typeof value === 'string' || typeof value === 'number' || value === null) return value
  throw new TypeError('The database returned a value of an unknown type.')
}

/** The bytes as an ArrayBuffer. They are copied only if their buffer has other bytes too. */
function wholeBuffer(bytes: Uint8Array): ArrayBuffer {
  const { buffer } = bytes
  return buffer instanceof ArrayBuffer && buffer.byteLength === bytes.byteLength ? buffer : new Uint8Array(bytes).buffer
}
