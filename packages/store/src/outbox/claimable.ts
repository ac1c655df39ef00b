import type { Capability } from '@embargo/core'
import type { ClaimRequest } from '@embargo/engine'
import type { Db } from '../database/db.ts'
import { Prisma } from '../generated/postgresql/client.ts'

/**
 * The heads of the lanes: open rows with no open row of their lane before them. Prisma's filters cannot compare a row
 * with others of its table, so this is SQL, the same for both databases.
 */
const isHead = Prisma.sql`NOT EXISTS (
  SELECT 1 FROM "Effect" "before"
  WHERE "before"."lane" = "here"."lane" AND "before"."state" IN ('pending', 'leased') AND "before"."seq" < "here"."seq")`

const isOpen = (capabilities: readonly Capability[]): Prisma.Sql =>
  Prisma.sql`"here"."state" IN ('pending', 'leased') AND "here"."capability" IN (${Prisma.join([...capabilities])})`

const isDue = (nowMs: number): Prisma.Sql =>
  Prisma.sql`CASE WHEN "state" = 'pending' THEN "notBefore" ELSE "leaseUntil" END <= ${BigInt(Math.floor(nowMs))}`

/** SQLite has no booleans: 0 and 1. */
export type ClaimedRow = {
  readonly id: string
  readonly seq: bigint | number
  readonly stream: string
  readonly attempts: bigint | number
  readonly doubt: boolean | bigint | number
  readonly sealed: Uint8Array
  readonly rendered: Uint8Array | null
}

/**
 * Leases the heads that may be claimed at `nowMs`, the oldest first. Compare and swap: the conditions are asked again as
 * the row is written, so of two workers one comes too late. An attempt that had begun leaves its row in doubt.
 */
export async function claimHeads(db: Db, of: ClaimRequest): Promise<readonly ClaimedRow[]> {
  if (of.capabilities.length === 0 || of.limit < 1) return []
  const due = isDue(of.nowMs)
  const rows = await db.$queryRaw<ClaimedRow[]>`
    UPDATE "Effect" SET "state" = 'leased', "worker" = ${of.worker},
      "leaseUntil" = ${BigInt(Math.floor(of.nowMs + of.leaseMs))}, "doubt" = "doubt" OR "begun", "begun" = false,
      "attempts" = "attempts" + 1
    WHERE "id" IN (
        SELECT "here"."id" FROM "Effect" "here" WHERE ${isOpen(of.capabilities)} AND ${due} AND ${isHead}
        ORDER BY "here"."seq" LIMIT ${of.limit})
      AND "state" IN ('pending', 'leased') AND ${due}
    RETURNING "id", "seq", "stream", "attempts", "doubt", "sealed", "rendered"`
  return rows.toSorted((a, b) => Number(a.seq) - Number(b.seq))
}

/** When the next head can be claimed. */
export async function nextClaim(db: Db, capabilities: readonly Capability[]): Promise<number | undefined> {
  if (capabilities.length === 0) return undefined
  const rows = await db.$queryRaw<{ at: bigint | number | null }[]>`
    SELECT MIN(CASE WHEN "here"."state" = 'pending' THEN "here"."notBefore" ELSE "here"."leaseUntil" END) AS "at"
    FROM "Effect" "here" WHERE ${isOpen(capabilities)} AND ${isHead}`
  const at = rows[0]?.at
  return at === null || at === undefined ? undefined : Number(at)
}
