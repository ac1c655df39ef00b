import type { CaseRow } from '@embargo/engine'
import type { Statement, Value } from '../database/db.ts'
import { columnsOf } from '../read-models/case-rows.ts'
import { PLACES } from '../outbox/order.ts'
import type { EventData } from './chain-events.ts'
import type { Draft } from './draft.ts'
import type { PlainAppend, PlainDraft } from './write-at-once.ts'

/**
 * SQLite only: the statements that write a commit for which nothing must be read first. They go directly to the driver,
 * because Prisma would take several times as long. All statements depend on the first: if a stream has changed in the
 * meantime, or if the command is already known, the first writes no row, and the others do not run.
 */
export function commitStatements(plain: PlainDraft): readonly [Statement, ...Statement[]] {
  const { draft, appends, moved } = plain
  const { commit, answer } = draft
  const [first, ...others] = appends
  return [
    extended(first, conditions(commit, others)),
    ...others.map((other) => extended(other)),
    {
      sql: `INSERT INTO "Command" ("id", "at", "answer") VALUES ($1, $2, $3)`,
      values: [commit.commandId, BigInt(commit.at), answer],
    },
    written(appends.flatMap(({ rows }) => rows)),
    ...draft.rows.map(rowStatement),
    ...moved.flatMap(channelStatements),
    ...settled(draft),
    ...markedMail(draft),
    ...enqueued(draft),
  ]
}

/**
 * The conditions for the commit, besides the version of the first stream. Their placeholders are numbered after those
 * of `extended`.
 */
function conditions({ commandId, mail }: Draft['commit'], others: readonly PlainAppend[]): Statement {
  const values: Value[] = []
  const place = (value: Value): string => `$${PLACES_OF_HEAD + values.push(value)}`
  const all = [
    `NOT EXISTS (SELECT 1 FROM "Command" WHERE "id" = ${place(commandId)})`,
    ...(mail === undefined ? [] : [`EXISTS (SELECT 1 FROM "Mail" WHERE "id" = ${place(mail.message)})`]),
    ...others.map(({ stream, expectedVersion }) =>
      expectedVersion === 0
        ? `NOT EXISTS (SELECT 1 FROM "Stream" WHERE "stream" = ${place(stream)})`
        : `EXISTS (SELECT 1 FROM "Stream" WHERE "stream" = ${place(stream)} AND "version" = ${place(expectedVersion)})`,
    ),
  ]
  return { sql: all.join(' AND '), values }
}

/** How many placeholders `extended` has, without those of its conditions. */
const PLACES_OF_HEAD = 5

function extended({ stream, expectedVersion, next }: PlainAppend, only?: Statement): Statement {
  const values = [next.version, next.head, next.mac, stream, expectedVersion, ...(only?.values ?? [])]
  const may = only === undefined ? '' : ` AND ${only.sql}`
  if (expectedVersion === 0)
    return {
      sql: `INSERT INTO "Stream" ("version", "head", "mac", "stream") SELECT $1, $2, $3, $4 WHERE $5 = 0${may}
        ON CONFLICT ("stream") DO NOTHING`,
      values,
    }
  return {
    sql: `UPDATE "Stream" SET "version" = $1, "head" = $2, "mac" = $3 WHERE "stream" = $4 AND "version" = $5${may}`,
    values,
  }
}

/** Replaces the channels of a stream. `putRow` does the same if its row is the newest row of the case. */
const channelStatements = ({ stream, channels }: CaseRow): readonly Statement[] => [
  { sql: `DELETE FROM "Channel" WHERE "stream" = $1`, values: [stream] },
  ...channels.map(({ platform, channel }) => ({
    sql: `INSERT INTO "Channel" ("platform", "channel", "stream") VALUES ($1, $2, $3)
      ON CONFLICT ("platform", "channel") DO UPDATE SET "stream" = "excluded"."stream"`,
    values: [platform, channel, stream],
  })),
]

function markedMail({ commit: { mail }, mailKey }: Draft): readonly Statement[] {
  if (!mail || !mailKey) return []
  return [
    {
      sql: `UPDATE "Mail" SET "state" = 'in-case', "stream" = $1, "reporter" = $2, "key" = $3 WHERE "id" = $4`,
      values: [mail.stream, mail.reporter ?? null, mailKey, mail.message],
    },
  ]
}

function written(rows: readonly EventData[]): Statement {
  const values = rows.map(({ stream, version, schema, at, sealed, hash }) => [
    stream,
    version,
    schema,
    at,
    sealed,
    hash,
  ])
  return {
    sql: `INSERT INTO "Event" ("stream", "version", "schema", "at", "sealed", "hash") VALUES ${places(values)}`,
    values: values.flat(),
  }
}

/** If another commit has already written a newer row of the case, that row is kept, as in `putRow`. */
function rowStatement({ row, sealed }: Draft['rows'][number]): Statement {
  const columns: Readonly<Record<string, Value>> = { stream: row.stream, ...columnsOf(row), sealed }
  const names = Object.keys(columns)
  return {
    sql: `INSERT INTO "CaseRow" (${names.map((name) => `"${name}"`).join(', ')})
      VALUES (${names.map((_, index) => `$${index + 1}`).join(', ')})
      ON CONFLICT ("stream") DO UPDATE SET ${names.map((name) => `"${name}" = "excluded"."${name}"`).join(', ')}
      WHERE "CaseRow"."version" <= "excluded"."version"`,
    values: Object.values(columns),
  }
}

function settled({ commit: { settles }, evidence }: Draft): readonly Statement[] {
  if (!settles || !evidence) return []
  return [
    {
      sql: `UPDATE "Effect" SET "state" = $1, "evidence" = $2, "worker" = NULL, "leaseUntil" = NULL, "begun" = false
        WHERE "id" = $3`,
      values: [settles.as, evidence, settles.effect],
    },
  ]
}

/**
 * Adds the effects to the outbox, numbered in the order of the commits. If the counter of these numbers is missing or
 * out of range, the number is null, and the table refuses the row.
 */
function enqueued({ effects }: Draft): readonly Statement[] {
  if (effects.length === 0) return []
  const values = effects.map(({ id, stream, lane, capability, kind, state, sealed }, index) => [
    id,
    BigInt(effects.length - index - 1),
    stream,
    lane,
    capability,
    kind,
    state,
    sealed,
  ])
  return [
    {
      sql: `UPDATE "Counter" SET "value" = "value" + $1 WHERE "name" = 'outbox' AND "value" BETWEEN 0 AND $2`,
      values: [BigInt(effects.length), PLACES],
    },
    {
      sql: `INSERT INTO "Effect" ("id", "seq", "stream", "lane", "capability", "kind", "state", "sealed")
        SELECT "column1", (
            SELECT "value" FROM "Counter"
            WHERE "name" = 'outbox' AND "value" BETWEEN 0 AND ${PLACES + BigInt(effects.length)}
          ) - "column2", "column3", "column4", "column5", "column6", "column7", "column8"
          FROM (VALUES ${places(values)})`,
      values: values.flat(),
    },
  ]
}

/** The placeholders for the values of some rows, such as `($1, $2), ($3, $4)` for two rows of two values. */
function places(rows: readonly (readonly Value[])[]): string {
  let place = 0
  return rows.map((row) => `(${row.map(() => `$${++place}`).join(', ')})`).join(', ')
}
