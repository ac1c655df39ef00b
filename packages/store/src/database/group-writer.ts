import { setImmediate } from 'node:timers/promises'
import { made, Undo, type Db, type LateStatement, type Statement, type Turn, type Writer } from './db.ts'
import { isTaken } from './failures.ts'
import { FairQueue } from './fair-queue.ts'
import type { Execute } from './single-connection-libsql.ts'

/** The most jobs in one transaction, and so in one fsync. A higher number would gain little and delay the first job. */
const GROUP_MAX = 32

/** A group is closed if no further job comes for this share of the last commit's time. */
const QUIET_SHARE = 0.25
/** However slow the disk is, no job waits longer than this for others, milliseconds. */
const MAX_GATHERING_MS = 4

type Outcome = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly error: unknown }
type Job = {
  readonly work: (db: Db) => Promise<unknown>
  /** True for a single statement: SQLite itself undoes it if it fails, so it needs no savepoint. */
  readonly single: boolean
  readonly settle: (outcome: Outcome) => void
}

/**
 * SQLite's writer: one connection that runs jobs in turn. Jobs that wait at the same time are committed together: each
 * has its own savepoint, one COMMIT makes all of them durable, and only then do their promises resolve.
 */
export class GroupWriter implements Writer {
  readonly #db: Db
  readonly #execute: Execute
  readonly #queue = new FairQueue<Job>()
  readonly #between: (() => Promise<void>)[] = []
  #draining: Promise<void> | undefined
  #patience = { quietMs: 0, mostMs: 0 }

  constructor(db: Db, execute: Execute) {
    this.#db = db
    this.#execute = execute
  }

  run<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T> {
    return this.#queued(turn, work, false)
  }

  single<T>(turn: Turn, work: (db: Db) => Promise<T>): Promise<T> {
    return this.#queued(turn, work, true)
  }

  direct(turn: Turn, statement: Statement, ...dependents: readonly LateStatement[]): Promise<number> {
    const work = async (): Promise<number> => {
      const written = await this.#execute(statement)
      if (written > 0) for (const dependent of dependents) await this.#execute(made(dependent))
      return written
    }
    return this.#queued(turn, work, dependents.length === 0)
  }

  #queued<T>(turn: Turn, work: (db: Db) => Promise<T>, single: boolean): Promise<T> {
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
      this.#queue.add(turn, { work: kept, single, settle })
      this.#draining ??= this.#drain()
    })
  }

  async #sql(sql: string): Promise<void> {
    await this.#execute({ sql, values: [] })
  }

  /** Runs one statement between two transactions, because SQLite does not allow it inside a transaction. */
  between(sql: string): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#between.push(() => this.#sql(sql).then(resolve, reject))
      this.#draining ??= this.#drain()
    })
  }

  /** Resolves when nothing is waiting. */
  async idle(): Promise<void> {
    while (this.#draining) await this.#draining
  }

  async #drain(): Promise<void> {
    try {
      while (this.#queue.size + this.#between.length > 0) {
        await this.#between.shift()?.()
        await this.#gather()
        if (this.#queue.size > 0) await this.#group(this.#queue.take(GROUP_MAX))
      }
    } finally {
      this.#draining = undefined
    }
  }

  /**
   * Waits until no further jobs come. libSQL blocks this thread: if we did not wait, requests that arrived during an
   * fsync would be read only after the next fsync, and every job would need an fsync of its own. The wait is a fraction
   * of the time of the last commit, so a single job is hardly slower on a fast disk.
   */
  async #gather(): Promise<void> {
    const from = performance.now()
    const { quietMs, mostMs } = this.#patience
    let size = 0
    let grew = from
    for (let now = from; now - grew <= quietMs && now - from <= mostMs; now = performance.now()) {
      if (this.#queue.size >= GROUP_MAX) return
      if (this.#queue.size > size) grew = now
      size = this.#queue.size
      await setImmediate()
    }
    // Jobs of this turn of the event loop always join the group.
    await Promise.resolve()
  }

  async #commit(): Promise<void> {
    const from = performance.now()
    await this.#sql('COMMIT')
    const took = Math.min(performance.now() - from, MAX_GATHERING_MS)
    this.#patience = { quietMs: took * QUIET_SHARE, mostMs: took }
  }

  async #group(jobs: readonly Job[]): Promise<void> {
    const outcomes = jobs.length === 1 ? undefined : await this.#attempt(jobs)
    if (outcomes) {
      for (const [index, job] of jobs.entries()) {
        const outcome = outcomes[index]
        if (outcome) job.settle(outcome)
      }
      return
    }
    // One job needs no savepoint. If a transaction failed as a whole (for example on a full disk), each of its jobs
    // runs alone, so that only the job that caused the failure fails.
    for (const job of jobs) {
      const alone = await this.#alone(job)
      job.settle(alone)
    }
  }

  /** Undefined when the transaction was lost. */
  async #attempt(jobs: readonly Job[]): Promise<readonly Outcome[] | undefined> {
    const outcomes: Outcome[] = []
    try {
      await this.#sql('BEGIN IMMEDIATE')
      for (const job of jobs) outcomes.push(await (job.single ? this.#statement(job) : this.#inSavepoint(job)))
      await this.#commit()
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
    return { ok: true, value: undefined }
  }

  async #inSavepoint(job: Job): Promise<Outcome> {
    await this.#sql('SAVEPOINT job')
    try {
      await job.work(this.#db)
    } catch (error) {
      await this.#sql('ROLLBACK TO job')
      await this.#sql('RELEASE job')
      return error instanceof Undo ? { ok: true, value: undefined } : { ok: false, error }
    }
    await this.#sql('RELEASE job')
    return { ok: true, value: undefined }
  }

  async #alone(job: Job): Promise<Outcome> {
    try {
      await this.#sql('BEGIN IMMEDIATE')
      await job.work(this.#db)
      await this.#commit()
      return { ok: true, value: undefined }
    } catch (error) {
      await this.#rollback()
      return error instanceof Undo ? { ok: true, value: undefined } : { ok: false, error }
    }
  }

  async #rollback(): Promise<void> {
    // SQLite may have rolled back already (SQLITE_FULL, SQLITE_IOERR); then there is nothing to take back.
    await this.#sql('ROLLBACK').catch(() => undefined)
  }
}
