import type { Capability, EffectKind } from '@embargo/core'
import type { ClaimRequest, EffectGroup } from '@embargo/engine'
import { statementOf, type Database, type Rows, type Statement, type Value } from '../database/db.ts'
import { Prisma } from '../generated/postgresql/client.ts'

/** Finds the first row of a lane that is in this state. Needs only the index. */
const first = (state: 'pending' | 'leased'): Prisma.Sql => Prisma.sql`
  SELECT MIN("seq") AS "seq" FROM "Effect" WHERE "state" = ${state} AND "lane" = "lanes"."lane"`

/**
 * A lane is a queue of effects that are performed in order. The head of a lane is its first open row. This query finds
 * the heads that a process with these capabilities can perform. It steps from lane to lane in the index and reads no
 * row behind a head, so a long backlog does not slow it down.
 */
const heads = (capabilities: readonly Capability[], except: readonly EffectGroup[] = []): Prisma.Sql => Prisma.sql`
  (WITH RECURSIVE "waiting" ("lane") AS (
      SELECT MIN("lane") FROM "Effect" WHERE "state" = 'pending'
    UNION ALL
      SELECT (SELECT MIN("lane") FROM "Effect" WHERE "state" = 'pending' AND "lane" > "waiting"."lane")
      FROM "waiting" WHERE "lane" IS NOT NULL
    ), "lanes" AS (
      SELECT "lane" FROM "waiting" UNION SELECT "lane" FROM "Effect" WHERE "state" = 'leased')
  SELECT "id", "Effect"."seq", "state", "notBefore", "leaseUntil", "capability" FROM (
    SELECT (SELECT MIN("seq") FROM (${first('pending')} UNION ALL ${first('leased')}) AS "firsts") AS "seq"
    FROM "lanes") AS "places"
  JOIN "Effect" ON "Effect"."seq" = "places"."seq"
  WHERE "capability" IN (${Prisma.join([...capabilities])})${except.length === 0 ? Prisma.empty : Prisma.join(except.map(isNot), '')}) AS "head"`

const isNot = ({ capability, kind }: EffectGroup): Prisma.Sql =>
  Prisma.sql` AND NOT ("capability" = ${capability} AND "kind" = ${kind})`

const isOneOf = (kinds: readonly EffectKind[] = []): Prisma.Sql =>
  kinds.length === 0 ? Prisma.sql`false` : Prisma.sql`"kind" IN (${Prisma.join([...kinds])})`

/**
 * The columns are cast, because SQLite stores any type in any column, and Prisma does not convert what our own SQL
 * reads.
 */
const READ = {
  postgresql: '"seq", "sealed", "rendered", "evidence"',
  sqlite:
    'CAST("seq" AS INTEGER) AS "seq", CAST("sealed" AS BLOB) AS "sealed", CAST("rendered" AS BLOB) AS "rendered", CAST("evidence" AS BLOB) AS "evidence"',
} as const

/**
 * No effect is ever tried so many times. If the database contains a larger number of attempts, somebody else wrote it,
 * and it could overflow when it is increased.
 */
const MAX_ATTEMPTS = 1_000_000

/** The program never writes a time later than this. If the database contains a later time, somebody else wrote it. */
export const NEVER = 2n ** 52n

const until = Prisma.sql`CASE "state" WHEN 'pending' THEN "notBefore" WHEN 'leased' THEN "leaseUntil" END`

/**
 * The time from which a row can be claimed. Null if the row has ended. A row with an invalid time can be claimed at
 * once.
 */
const free = Prisma.sql`CASE WHEN ${until} < ${NEVER} THEN ${until} WHEN "state" IN ('pending', 'leased') THEN 0 END`

const isDue = (nowMs: number): Prisma.Sql => Prisma.sql`${free} <= ${BigInt(Math.floor(nowMs))}`

/**
 * True for a row that was attempted and is pending again, but has no evidence. The program stores evidence when it puts
 * an attempted row back, so somebody else has changed this row. A look-up on the platform must show whether the effect
 * was done. Mails are left out, because the event log says whether a mail was sent.
 */
const isUnexplained = Prisma.sql`("state" = 'pending' AND "attempts" > 0 AND "evidence" IS NULL AND "kind" <> 'send-mail')`

export type ClaimedRow = {
  readonly id: string
  readonly stream: string
  readonly attempts: number
  readonly doubt: boolean
  readonly begun: boolean
  readonly sealed: Uint8Array
  readonly rendered: Uint8Array | undefined
  readonly evidence: Uint8Array | undefined
}

/**
 * Takes the place of a sealed effect that somebody has altered so that it is not bytes any more. Empty bytes cannot be
 * unsealed, so the row counts as damaged.
 */
const NO_BYTES = new Uint8Array()

const bytesIn = (cell: Value | undefined): Uint8Array | undefined => (cell instanceof Uint8Array ? cell : undefined)

/** The rows that `claimOfHeads` returned, in the order in which they were added to the outbox. */
export const claimedRows = (rows: Rows): readonly ClaimedRow[] =>
  rows
    .toSorted(([, , , , , one], [, , , , , other]) => Number(one) - Number(other))
    .map(([id, stream, attempts, doubt, begun, , sealed, rendered, evidence]) => ({
      id: String(id),
      stream: String(stream),
      attempts: Number(attempts),
      doubt: Boolean(doubt),
      begun: Boolean(begun),
      sealed: bytesIn(sealed) ?? NO_BYTES,
      rendered: bytesIn(rendered),
      evidence: bytesIn(evidence),
    }))

/**
 * Leases heads, which are the first open rows of lanes, to the worker if they can be claimed at `nowMs`. For the time
 * of the lease, no other worker gets these rows. The oldest heads of each capability come first. Whether a row is due
 * is checked again when the row is written, so two workers never get the same row. If an earlier attempt had begun, the
 * row is in doubt, because the effect may already have happened.
 */
export function claimOfHeads(of: ClaimRequest & Pick<Database, 'dialect'>): Statement {
  const due = isDue(of.nowMs)
  const order = of.untriedFirst === true ? Prisma.sql`${free}, "seq"` : Prisma.sql`"seq"`
  return statementOf(Prisma.sql`
    UPDATE "Effect" SET "state" = 'leased', "worker" = ${of.worker},
      "leaseUntil" = ${BigInt(Math.floor(of.nowMs + of.leaseMs))}, "doubt" = "doubt" OR "begun" OR ${isUnexplained}, "begun" = ${isOneOf(of.beginning)},
      "attempts" = CASE WHEN "attempts" BETWEEN 0 AND ${MAX_ATTEMPTS} THEN "attempts" + 1 ELSE 1 END
    WHERE "id" IN (
        SELECT "id" FROM (
          SELECT "id", ROW_NUMBER() OVER (PARTITION BY "capability" ORDER BY ${order}) AS "turn"
          FROM ${heads(of.capabilities, of.except)} WHERE ${due}) AS "due"
        WHERE "turn" <= ${of.limit})
      AND ${due}
    RETURNING "id", "stream", "attempts", "doubt", "begun", ${Prisma.raw(READ[of.dialect])}`)
}

/** A query for the time at which the next head can be claimed. It returns one row with one cell. */
export const nextClaim = (capabilities: readonly Capability[], except?: readonly EffectGroup[]): Statement =>
  statementOf(Prisma.sql`SELECT MIN(${free}) AS "at" FROM ${heads(capabilities, except)}`)
