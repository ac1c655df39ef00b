import type { Db } from '../database/db.ts'
import { isTaken } from '../database/failures.ts'
import { columnsOf } from '../read-models/case-rows.ts'
import { PLACES } from '../outbox/order.ts'
import { Prisma } from '../generated/postgresql/client.ts'
import type { CaseRow } from '@embargo/engine'
import { genesis } from './chain.ts'
import { chainEvents, type EventData, type Head } from './chain-events.ts'
import type { Draft } from './draft.ts'
import type { Context } from './write.ts'

/** What a draft appends to one stream. */
export type PlainAppend = {
  readonly stream: string
  /** 0 if the draft begins the stream. */
  readonly expectedVersion: number
  readonly rows: readonly EventData[]
  readonly next: Head
}

/** A draft in which each append follows the last version of its stream that this process knows. */
export type PlainDraft = {
  readonly draft: Draft
  readonly appends: readonly [PlainAppend, ...PlainAppend[]]
  /** The rows of cases whose channels may have changed. */
  readonly moved: readonly CaseRow[]
}

/**
 * The draft in a form that can be written without reading anything first. Undefined if that is impossible, so `write`
 * must write the draft step by step.
 */
export function plain(draft: Draft, { streamCache, chainKey }: Context): PlainDraft | undefined {
  const { commit, rows } = draft
  if (commit.revives !== undefined || commit.soleMark !== undefined) return undefined
  const [first, ...others] = draft.appends.flatMap((append): readonly PlainAppend[] => {
    const { stream, expectedVersion } = append
    const head = expectedVersion === 0 ? genesis(chainKey, stream) : streamCache.head(stream, expectedVersion)
    return head === undefined ? [] : [{ stream, expectedVersion, ...chainEvents(append, head, chainKey) }]
  })
  if (first === undefined || others.length + 1 < draft.appends.length) return undefined
  const moved = rows.filter(({ row }) => !streamCache.channelsStand(row, draft)).map(({ row }) => row)
  const own = new Set(draft.appends.map(({ stream }) => stream))
  return moved.every(({ stream }) => own.has(stream)) ? { draft, appends: [first, ...others], moved } : undefined
}

/**
 * Whether `writeAtOnce` can write the draft. The draft must append to a single stream that exists, put no mail into a
 * case, and change no channels.
 */
export const fitsOneStatement = ({ draft, appends, moved }: PlainDraft): boolean =>
  appends.length === 1 && appends[0].expectedVersion > 0 && moved.length === 0 && draft.commit.mail === undefined

/**
 * PostgreSQL only: writes the whole commit in one statement, because each further statement would wait for the network.
 * Returns false if nothing was written: the stream has changed in the meantime, the command is already known, or a key
 * is taken. `write` must then find out which of these it was.
 */
export async function writeAtOnce(db: Db, { draft, appends }: PlainDraft): Promise<boolean> {
  const { commit, answer } = draft
  const [{ stream, expectedVersion, rows, next }] = appends
  const moved = db.$queryRaw<readonly unknown[]>`
    WITH "moved" AS (
      UPDATE "Stream" SET "version" = ${next.version}, "head" = ${next.head}, "mac" = ${next.mac}
      WHERE "stream" = ${stream} AND "version" = ${expectedVersion}
        AND NOT EXISTS (SELECT FROM "Command" WHERE "id" = ${commit.commandId})
      RETURNING "stream"
    ), "answered" AS (
      INSERT INTO "Command" ("id", "at", "answer")
      SELECT ${commit.commandId}::text, ${BigInt(commit.at)}::bigint, ${answer}::bytea FROM "moved"
    ), "written" AS (
      INSERT INTO "Event" ("stream", "version", "schema", "at", "sealed", "hash")
      SELECT "new".* FROM "moved", (VALUES ${Prisma.join(rows.map(eventValues))}) AS "new"
    )${upsertRows(draft)}${settled(draft)}${enqueued(draft)}
    SELECT "stream" FROM "moved"`
  try {
    return (await moved).length > 0
  } catch (error) {
    if (isTaken(error)) return false
    throw error
  }
}

const eventValues = ({ stream, version, schema, at, sealed, hash }: EventData): Prisma.Sql =>
  Prisma.sql`(${stream}::text, ${version}::int, ${schema}::int, ${at}::bigint, ${sealed}::bytea, ${hash}::bytea)`

/** If another commit has already written a newer row of the case, that row is kept, as in `putRow`. */
function upsertRows({ rows }: Draft): Prisma.Sql {
  if (rows.length === 0) return Prisma.sql`, "shown" AS (SELECT FROM "moved")`
  const values = rows.map(({ row, sealed }) => {
    const { version, open, stage, urgency, nextDue, severity, owner, openedAt, dueAt, people, keyMarks, projection } =
      columnsOf(row)
    return Prisma.sql`(${row.stream}::text, ${version}::int, ${open}::boolean, ${stage}::text, ${urgency}::float8, ${nextDue}::bigint, ${severity}::text, ${owner}::text, ${openedAt}::bigint, ${dueAt}::bigint, ${people}::text, ${keyMarks}::text, ${projection}::text, ${sealed}::bytea)`
  })
  return Prisma.sql`, "shown" AS (
      INSERT INTO "CaseRow" ("stream", "version", "open", "stage", "urgency", "nextDue", "severity", "owner",
        "openedAt", "dueAt", "people", "keyMarks", "projection", "sealed")
      SELECT "new".* FROM "moved", (VALUES ${Prisma.join(values)}) AS "new"
      ON CONFLICT ("stream") DO UPDATE SET "version" = "excluded"."version", "open" = "excluded"."open",
        "stage" = "excluded"."stage", "urgency" = "excluded"."urgency", "nextDue" = "excluded"."nextDue",
        "severity" = "excluded"."severity", "owner" = "excluded"."owner", "openedAt" = "excluded"."openedAt",
        "dueAt" = "excluded"."dueAt", "people" = "excluded"."people", "keyMarks" = "excluded"."keyMarks", "projection" = "excluded"."projection",
        "sealed" = "excluded"."sealed"
      WHERE "CaseRow"."version" <= "excluded"."version"
      RETURNING 1
    )`
}

function settled({ commit: { settles }, evidence }: Draft): Prisma.Sql {
  if (!settles || !evidence) return Prisma.empty
  return Prisma.sql`, "settled" AS (
      UPDATE "Effect" SET "state" = ${settles.as}, "evidence" = ${evidence}, "worker" = NULL, "leaseUntil" = NULL, "begun" = false
      FROM "moved" WHERE "id" = ${settles.effect}
    )`
}

/**
 * Adds the effects to the outbox, numbered in the order of the commits. The statement locks the case rows before the
 * counter of these numbers, as `write` does. Otherwise two commits could wait for each other. If the counter is missing
 * or out of range, the number is null, and the table refuses the row.
 */
function enqueued({ effects }: Draft): Prisma.Sql {
  if (effects.length === 0) return Prisma.empty
  const values = effects.map(
    ({ id, stream, lane, capability, kind, state, sealed }, index) =>
      Prisma.sql`(${id}::text, ${BigInt(index + 1 - effects.length)}::bigint, ${stream}::text, ${lane}::text, ${capability}::text, ${kind}::text, ${state}::text, ${sealed}::bytea)`,
  )
  return Prisma.sql`, "counted" AS (
      UPDATE "Counter" SET "value" = "value" + ${effects.length} FROM "moved"
      WHERE "name" = 'outbox' AND "value" BETWEEN 0 AND ${PLACES} AND (SELECT COUNT(*) FROM "shown") >= 0
      RETURNING "value"
    ), "enqueued" AS (
      INSERT INTO "Effect" ("id", "seq", "stream", "lane", "capability", "kind", "state", "sealed")
      SELECT "new"."id", (SELECT "value" FROM "counted") + "new"."back", "new"."stream", "new"."lane", "new"."capability",
        "new"."kind", "new"."state", "new"."sealed"
      FROM "moved", (VALUES ${Prisma.join(values)})
        AS "new" ("id", "back", "stream", "lane", "capability", "kind", "state", "sealed")
    )`
}
