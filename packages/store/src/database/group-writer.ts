import {
  resolveStatement,
  Undo,
  type Db,
  type LateStatement,
  type Rows,
  type Statement,
  type Turn,
  type Writer,
} from './db.ts'
import { StoreError } from '../errors.ts'
import { isTaken } from './failures.ts'
import { FairQueue } from './fair-queue.ts'

/**
 * The most jobs in one transaction, which takes one fsync. A higher number would gain little and delay the first job.
 */
const GROUP_MAX = 32

type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }
type Job = {
  readonly work: (db: Db) => Promise<unknown>
  /** True for a single statement. If the statement fails, SQLite itself undoes it, so it needs no savepoint. */
  readonly single: boolean
  /** False if the job's promise resolves after the COMMIT without waiting for the disk. */
  readonly synced: boolean
  readonly settle: (outcome: Outcome) => void
}

const DONE: Outcome = { ok: true, value: undefined }

function settle(job: Job, outcome: Outcome | undefined): void {
  if (outcome !== undefined) job.settle(outcome)
}

/** Runs statements without Prisma. `execute` returns how many rows were written. */
export type Driver = {
  execute(statement: Statement): Promise<number>
  rows(statement: Statement): Promise<Rows>
}

/** Makes everything that was committed so far durable, with one fsync. */
export type Sync = () => Promise<void>

/**
 * SQLite's writer: one connection that runs jobs in turn. Jobs that wait at the same time are committed together, each
 * in its own savepoint. Their promises resolve when a single COMMIT and a single fsync have made all of them durable.
 * libSQL runs COMMIT in this thread, so an fsync inside COMMIT would block the thread. The fsync therefore follows in
 * another thread. During the fsync, jobs for the next transaction gather.
 */
export class GroupWriter implements Writer {
  readonly #db: Db
  readonly #driver: Driver
  readonly #sync: Sync
  readonly #queue = new FairQueue<Job>()
  readonly #between: (() => Promise<void>)[] = []
  #draining: Promise<void> | undefined
  #synced: Promise<void> = Promise.resolve()

  constructor(db: Db, driver: Driver, sync: Sync) {
    this.#db = db
    this.#driver = driver
    this.#sync = sync
  }

  /**
   * Resolves when everything that was committed so far is on the disk. Until then, rows that were read must not be
   * used, because a power cut could still undo them. @throws StoreError `not-durable`
   */
  synced(): Promise<void> {
    return this.#synced
  }

  run<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T> {
    return this.#queued(turn, work, {})
  }

  single<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T> {
    return this.#queued(turn, work, { single: true })
  }

  direct(turn: Turn, statement: Statement, ...dependents: readonly LateStatement[]): Promise<number> {
    const work = async (): Promise<number> => {
      const written = await this.#driver.execute(statement)
      if (written > 0) for (const dependent of dependents) await this.#driver.execute(resolveStatement(dependent))
      return written
    }
    return this.#queued(turn, work, { single: dependents.length === 0 })
  }

  returning(turn: Turn, statement: Statement): Promise<Rows> {
    return this.#queued(turn, () => this.#driver.rows(statement), { single: true })
  }

  unsynced(turn: Turn, statement: Statement): Promise<Rows> {
    return this.#queued(turn, () => this.#driver.rows(statement), { single: true, synced: false })
  }

  #queued<T>(
    turn: Turn,
    work: (db: Db) => Promise<T>,
    { single = false, synced = true }: Partial<Pick<Job, 'single' | 'synced'>>,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      let value: T
      const settle = (outcome: Outcome): void => (outcome.ok ? resolve(value) : reject(outcome.error))
      const kept = async (db: Db): Promise<void> => {
        try {
          value = await work(db)
        } catch (error) {
          if (error instanceof Undo) value = error.answer
          throw error
        }
      }
      this.#queue.add(turn, { work: kept, single, synced, settle })
      this.#draining ??= this.#drain()
    })
  }

  async #sql(sql: string): Promise<void> {
    await this.#driver.execute({ sql, values: [] })
  }

  /** Runs one statement between two transactions, because SQLite does not allow it inside a transaction. */
  between(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#between.push(() => this.#sql(sql).then(resolve, reject))
      this.#draining ??= this.#drain()
    })
  }

  /** Resolves when no job is waiting or running. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining
  }

  async #drain(): Promise<void> {
    try {
      while (this.#queue.size + this.#between.length > 0) {
        await this.#between.shift()?.()
        // Waits, so all jobs of this turn of the event loop join the group.
        await new Promise(setImmediate)
        if (this.#queue.size > 0) await this.#group(this.#queue.take(GROUP_MAX))
      }
    } finally {
      this.#draining = undefined
    }
  }

  /**
   * Commits, then makes the commit durable. If the disk fails, nothing more is written until the file is opened again:
   * a second fsync may succeed without writing what the first one lost.
   */
  async #commit(jobs: readonly Job[], outcomes: readonly Outcome[]): Promise<void> {
    // If no job waits for the disk, this commit needs no fsync of its own. The fsync of a later commit also writes it.
    if (!jobs.some(({ synced }) => synced)) return this.#sql('COMMIT')
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    // `#synced` is set before the commit, because the new rows can be read as soon as the commit returns.
    this.#synced = promise
    promise.catch(() => undefined)
    try {
      await this.#sql('COMMIT')
    } catch (error) {
      resolve()
      throw error
    }
    for (const [index, job] of jobs.entries()) if (!job.synced) settle(job, outcomes[index])
    try {
      await this.#sync()
      resolve()
    } catch (cause) {
      const error = new StoreError(
        'not-durable',
        'The disk of the database did not confirm what was written to it, so nothing more is written. Check the disk, then restart Embargo.',
        { cause },
      )
      reject(error)
      throw error
    }
  }

  async #group(jobs: readonly Job[]): Promise<void> {
    const outcomes = jobs.length === 1 ? undefined : await this.#attempt(jobs)
    if (outcomes) {
      for (const [index, job] of jobs.entries()) settle(job, outcomes[index])
      return
    }
    // If a transaction failed as a whole, for example on a full disk, each of its jobs runs alone. So only the job that
    // caused the failure fails. A job that runs alone needs no savepoint.
    for (const job of jobs) {
      const alone = await this.#alone(job)
      job.settle(alone)
    }
  }

  /** Runs the jobs in one transaction. Undefined if the transaction failed as a whole and was rolled back. */
  async #attempt(jobs: readonly Job[]): Promise<readonly Outcome[] | undefined> {
    const outcomes: Outcome[] = []
    try {
      await this.#synced
      await this.#sql('BEGIN IMMEDIATE')
      for (const job of jobs) outcomes.push(await (job.single ? this.#statement(job) : this.#inSavepoint(job)))
      await this.#commit(jobs, outcomes)
      return outcomes
    } catch {
      await this.#rollback()
      return undefined
    }
  }

  /**
   * Returns the error if a unique key is taken. Throws any other error, such as a full disk, because it may have rolled
   * back the whole transaction with the other jobs.
   */
  async #statement(job: Job): Promise<Outcome> {
    try {
      await job.work(this.#db)
    } catch (error) {
      if (isTaken(error)) return { ok: false, error }
      throw error
    }
    return DONE
  }

  async #inSavepoint(job: Job): Promise<Outcome> {
    await this.#sql('SAVEPOINT job')
    try {
      await job.work(this.#db)
    } catch (error) {
      await this.#sql('ROLLBACK TO job')
      await this.#sql('RELEASE job')
      return error instanceof Undo ? DONE : { ok: false, error }
    }
    await this.#sql('RELEASE job')
    return DONE
  }

  async #alone(job: Job): Promise<Outcome> {
    try {
      await this.#synced
      await this.#sql('BEGIN IMMEDIATE')
      await job.work(this.#db)
      await this.#commit([job], [DONE])
      return DONE
    } catch (error) {
      await this.#rollback()
      return error instanceof Undo ? DONE : { ok: false, error }
    }
  }

  async #rollback(): Promise<void> {
    // SQLite may already have rolled back (SQLITE_FULL, SQLITE_IOERR). Then the rollback fails, which is harmless.
    await this.#sql('ROLLBACK').catch(() => undefined)
  }
}
