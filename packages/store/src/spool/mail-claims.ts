import { randomUUID } from 'node:crypto'
import type { MessageId } from '@embargo/core'
import { NOW_MS, type DatabaseClock } from '../database/database-clock.ts'
import { statementOf, type Database, type Value } from '../database/db.ts'
import { Prisma } from '../generated/postgresql/client.ts'

/** The states of mails that wait for the intake. */
export const TO_TAKE_IN = ['waiting', 'let-in'] as const

/** The column values of a mail that no process has claimed. */
export const UNCLAIMED = { claimedBy: null, claimedUntil: null } as const

/**
 * How long a claim lasts: longer than the slowest mail takes to be parsed and placed. If a process dies, the mail that
 * it has claimed waits this long.
 */
const CLAIM_MS = 120_000

/** An SQL condition and its values. In the condition, the values are `$2`, `$3`, … */
export type Condition = { readonly sql: string; readonly values: readonly Value[] }

/** Decides which process handles which waiting mail. The clock of the database decides when a claim ends. */
export function mailClaims({ dialect, writer }: Database, clock: Pick<DatabaseClock, 'nowMs'>) {
  const process = randomUUID()
  const now = Prisma.raw(NOW_MS[dialect])
  return {
    /** The mails that no other process has claimed. */
    free: (): Condition => ({
      sql: `("claimedBy" IS NULL OR "claimedBy" = $2 OR "claimedUntil" <= $3)`,
      values: [process, BigInt(Math.floor(clock.nowMs()))],
    }),

    /**
     * Claims the mail. Returns false if another process has claimed it, or if the mail no longer waits. On SQLite there
     * is no other process, so nothing is written.
     */
    async claim(id: MessageId): Promise<boolean> {
      if (dialect === 'sqlite') return true
      const claim = Prisma.sql`
        UPDATE "Mail" SET "claimedBy" = ${process}, "claimedUntil" = ${now} + ${CLAIM_MS}
        WHERE "id" = ${id} AND "state" IN (${Prisma.join([...TO_TAKE_IN])})
          AND ("claimedBy" IS NULL OR "claimedBy" = ${process} OR "claimedUntil" <= ${now})`
      return (await writer.direct('spool', statementOf(claim))) > 0
    },
  }
}
