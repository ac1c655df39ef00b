import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from '../generated/postgresql/client.ts'
import {
  resolveStatement,
  Undo,
  type Database,
  type Db,
  type LateStatement,
  type Rows,
  type Statement,
  type Turn,
  type Value,
  type Writer,
} from './db.ts'
import { isWriteConflict } from './failures.ts'
import { FairQueue } from './fair-queue.ts'
import { notConnected } from './not-connected.ts'
import { connectionTo } from './with-tls.ts'
import type { SqlConnection } from './sql-connection.ts'

/**
 * How many connections may write at the same time. PostgreSQL can make several of their commits durable with one fsync.
 */
const WRITERS = 8
const READERS = 4
/**
 * After this many milliseconds without an answer, the server counts as unreachable. Behind a firewall that drops
 * packets, no answer would ever come.
 */
const CONNECT_TIMEOUT_MS = 10_000
/** The most milliseconds for which a transaction waits for a row that another process holds. */
const TRANSACTION_TIMEOUT_MS = 20_000
/** How many times a transaction is tried again if PostgreSQL ends it, for example because of a deadlock. */
const CONFLICT_RETRIES = 3

/**
 * The most statements that are kept prepared. The store has a few dozen statements. Those that write a batch have a
 * version for each size of the batch.
 */
const PREPARED_MAX = 500

/** Names statements, so PostgreSQL parses and plans each statement only once for each connection. */
function named(): (query: { readonly sql: string }) => string {
  const names = new Map<string, string>()
  return ({ sql }) => {
    const known = names.get(sql)
    if (known !== undefined) return known
    // PostgreSQL does not keep a statement that has no name.
    if (names.size >= PREPARED_MAX) return ''
    const name = `embargo_${names.size}`
    names.set(sql, name)
    return name
  }
}

/** Makes commits durable, even if the server's default is different. */
const DURABLE = '-c synchronous_commit=on'

export type PostgresOptions = { readonly prepare: (connection: SqlConnection) => Promise<void> }

/** Prepares the database on a separate connection, which also shows whether the database exists. */
async function prepared(database: string, { prepare }: PostgresOptions): Promise<void> {
  try {
    const once = { ...connectionTo(database), max: 1, connectionTimeoutMillis: CONNECT_TIMEOUT_MS }
    const connection = await new PrismaPg(once).connect()
    try {
      await prepare(connection)
    } finally {
      await connection.dispose()
    }
  } catch (error) {
    throw notConnected(database, error)
  }
}

/**
 * Opens a PostgreSQL database, which several processes may share. If the database is on another machine, verified TLS
 * is required, unless the address has a `sslmode`.
 */
export async function openPostgres(database: string, options: PostgresOptions): Promise<Database> {
  await prepared(database, options)
  const connection = connectionTo(database)
  const writingAdapter = new KeptPg({ options: DURABLE, ...connection, max: WRITERS }, named())
  const writing = new PrismaClient({ adapter: writingAdapter })
  const readingAdapter = new KeptPg({ ...connection, max: READERS }, named())
  const reading = new PrismaClient({ adapter: readingAdapter })
  return {
    dialect: 'postgresql',
    reader: reading,
    rows: (statement) => readingAdapter.rows(statement),
    newestRows: (statement) => readingAdapter.rows(statement),
    writer: new PoolWriter(writing, writingAdapter),
    free: async () => undefined,
    // Nothing is done here. PostgreSQL itself removes old row versions (autovacuum), and the operator decides when
    // PostgreSQL's write-ahead log (WAL) is rotated.
    scrub: async () => undefined,
    close: async () => {
      await Promise.all([writing.$disconnect(), reading.$disconnect()])
    },
  }
}

/** Keeps a reference to Prisma's pool of connections, for statements that do not go through Prisma. */
class KeptPg extends PrismaPg {
  #connection: ReturnType<PrismaPg['connect']> | undefined
  readonly #name: ReturnType<typeof named>

  constructor(config: ConstructorParameters<typeof PrismaPg>[0], name: ReturnType<typeof named>) {
    super(config, { statementNameGenerator: name })
    this.#name = name
  }

  override connect(): ReturnType<PrismaPg['connect']> {
    this.#connection ??= super.connect()
    return this.#connection
  }

  async execute({ sql, values }: Statement): Promise<number> {
    const pool = (await this.connect()).underlyingDriver()
    return (await pool.query(sql, [...values])).rowCount ?? 0
  }

  async rows({ sql, values }: Statement): Promise<Rows> {
    const pool = (await this.connect()).underlyingDriver()
    return (await pool.query<Value[]>({ name: this.#name({ sql }), text: sql, values: [...values], rowMode: 'array' }))
      .rows
  }

  /** Runs the statements in one transaction. If the first statement wrote no row, the others do not run. */
  async executeAll(first: Statement, ...others: readonly LateStatement[]): Promise<number> {
    const client = await (await this.connect()).underlyingDriver().connect()
    let broken = true
    try {
      await client.query('BEGIN')
      const written = (await client.query(first.sql, [...first.values])).rowCount ?? 0
      if (written > 0)
        for (const other of others) {
          const { sql, values } = resolveStatement(other)
          await client.query(sql, [...values])
        }
      await client.query('COMMIT')
      broken = false
      return written
    } finally {
      // Closing a connection rolls back its open transaction.
      client.release(broken)
    }
  }
}

/** Runs as many transactions at once as there are connections. Waiting jobs take turns by kind. */
class PoolWriter implements Writer {
  readonly #client: PrismaClient
  readonly #adapter: KeptPg
  readonly #waiting = new FairQueue<() => void>()
  #running = 0

  constructor(client: PrismaClient, adapter: KeptPg) {
    this.#client = client
    this.#adapter = adapter
  }

  run<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T> {
    const transaction = (): Promise<T> =>
      this.#client.$transaction((db) => work(db), { maxWait: TRANSACTION_TIMEOUT_MS, timeout: TRANSACTION_TIMEOUT_MS })
    return this.#inTurn(turn, transaction)
  }

  single<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T> {
    return this.#inTurn(turn, () => work(this.#client))
  }

  direct(turn: Turn, statement: Statement, ...dependents: readonly LateStatement[]): Promise<number> {
    return this.#inTurn(turn, () =>
      dependents.length > 0 ? this.#adapter.executeAll(statement, ...dependents) : this.#adapter.execute(statement),
    )
  }

  unsynced(turn: Turn, statement: Statement): Promise<Rows> {
    return this.returning(turn, statement)
  }

  returning(turn: Turn, statement: Statement): Promise<Rows> {
    return this.#inTurn(turn, () => this.#adapter.rows(statement))
  }

  async #inTurn<T>(turn: Turn, attempt: () => Promise<T>): Promise<T> {
    if (this.#running >= WRITERS) await new Promise<void>((resolve) => this.#waiting.add(turn, resolve))
    this.#running++
    try {
      return await retried(attempt)
    } catch (error) {
      if (error instanceof Undo) return error.answer
      throw error
    } finally {
      this.#running--
      for (const next of this.#waiting.take(1)) next()
    }
  }
}

async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries++) {
    try {
      return await attempt()
    } catch (error) {
      if (tries >= CONFLICT_RETRIES || !isWriteConflict(error)) throw error
    }
  }
}
