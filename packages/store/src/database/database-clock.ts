import type { Database, Db } from './db.ts'
import { Prisma } from '../generated/postgresql/client.ts'

/** An SQL expression for the present time of the database, in milliseconds since 1970. */
export const NOW_MS = {
  sqlite: `CAST(unixepoch('subsec') * 1000 AS INTEGER)`,
  postgresql: `CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT)`,
} as const

/**
 * How often the distance between the database's clock and this machine's clock is measured. The two clocks drift apart
 * slowly. A jump of this machine's clock is noticed without measuring.
 */
const MEASURE_AGAIN_MS = 60_000

/** If a clock changed by more than this, it jumped. A routine correction of a clock is smaller. */
const JUMP_MS = 1_000

/** How many queries one measurement takes. Only the fastest answer counts, because it is the most exact. */
const ASKED = 3

/** Milliseconds since 1970 that never go back within a process, even if the machine's clock does. */
const ownTime = (): number => performance.timeOrigin + performance.now()

/**
 * The time of the database, which all processes share. If each machine used its own clock, a lease of one machine could
 * end too early by the clock of another, and an effect would be performed twice. This clock adds the measured distance
 * from the database's time to the process's own time. It is exact to about half the time that an answer takes.
 */
export class DatabaseClock {
  readonly #database: Pick<Database, 'dialect' | 'reader'>
  readonly #own: () => number
  #distance = 0
  #measuredAt = Number.NEGATIVE_INFINITY
  #wallDistance = 0

  constructor(database: Pick<Database, 'dialect' | 'reader'>, own: () => number = ownTime) {
    this.#database = database
    this.#own = own
  }

  nowMs(): number {
    return this.#own() + this.#distance
  }

  /**
   * Measures the distance again if the last measurement is old, or if this machine has slept. Returns whether
   * `nowMs` was wrong by more than `JUMP_MS` until then.
   */
  async follow(): Promise<boolean> {
    const slept = Math.abs(Date.now() - this.#own() - this.#wallDistance) > JUMP_MS
    if (!slept && this.#own() - this.#measuredAt < MEASURE_AGAIN_MS) return false
    const before = this.#distance
    await this.measure()
    return Math.abs(this.#distance - before) > JUMP_MS
  }

  async measure(): Promise<void> {
    let quickest = Number.POSITIVE_INFINITY
    for (let attempt = 0; attempt < ASKED; attempt += 1) {
      const from = this.#own()
      const at = await timeOf(this.#database.reader, this.#database.dialect)
      const took = this.#own() - from
      if (took >= quickest) continue
      quickest = took
      this.#distance = at - (from + took / 2)
    }
    this.#measuredAt = this.#own()
    this.#wallDistance = Date.now() - this.#own()
  }
}

async function timeOf(reader: Db, dialect: Database['dialect']): Promise<number> {
  const rows = await reader.$queryRaw<readonly { readonly at: bigint | number }[]>`
    SELECT ${Prisma.raw(NOW_MS[dialect])} AS "at"`
  return Number(rows[0]?.at)
}
