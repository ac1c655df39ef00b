import type { Capability } from '@embargo/core'
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

/** A row that looked free; `begun` says that its last attempt had begun. */
export type Candidate = { readonly id: string; readonly begun: boolean }

/** Rows that may be claimed at `nowMs`, the oldest first. */
export async function claimable(
  db: Db,
  of: { readonly capabilities: readonly Capability[]; readonly nowMs: number; readonly limit: number },
): Promise<readonly Candidate[]> {
  if (of.capabilities.length === 0 || of.limit < 1) return []
  const now = BigInt(Math.floor(of.nowMs))
  const rows = await db.$queryRaw<{ id: string; begun: boolean | number }[]>`
    SELECT "here"."id", "here"."begun" FROM "Effect" "here"
    WHERE ${isOpen(of.capabilities)}
      AND CASE WHEN "here"."state" = 'pending' THEN "here"."notBefore" ELSE "here"."leaseUntil" END <= ${now}
      AND ${isHead}
    ORDER BY "here"."seq" LIMIT ${of.limit}`
  return rows.map(({ id, begun }) => ({ id, begun: Boolean(begun) }))
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
