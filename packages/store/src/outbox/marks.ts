import type { EffectId } from '@embargo/core'
import type { Database } from '../database/db.ts'
import { batchQuery } from '../database/batch-query.ts'
import { Prisma } from '../generated/postgresql/client.ts'
import type { Bytes } from '../sealing/seal.ts'

type Marked = { readonly id: string }
type Begun = { readonly effect: EffectId; readonly worker: string; readonly leaseUntil: bigint }
type Done = { readonly effect: EffectId; readonly worker: string; readonly evidence: Bytes }

/**
 * The two marks that every effect gets, `begin` and `done`. Marks of several effects are written in one statement,
 * since each statement costs an fsync. A mark returns whether the worker still had its lease; without the lease it
 * changes nothing.
 */
export type Marks = {
  begun(mark: Begun): Promise<boolean>
  done(mark: Done): Promise<boolean>
}

/** SQLite takes the type of a value as it comes and knows no casts to `bytea`. */
const bytes = (dialect: Database['dialect'], value: Bytes): Prisma.Sql =>
  dialect === 'postgresql' ? Prisma.sql`${value}::bytea` : Prisma.sql`${value}`

export function marks({ dialect, writer }: Database): Marks {
  const together = <M extends Begun | Done>(statement: (marks: readonly M[]) => Prisma.Sql) =>
    batchQuery(async (marks: readonly M[]) => {
      const rows = await writer.single('outbox', (db) => db.$queryRaw<readonly Marked[]>(statement(marks)))
      const marked = new Set(rows.map(({ id }) => id))
      return marks.map(({ effect }) => marked.has(effect))
    })

  return {
    begun: together(
      (marks) => Prisma.sql`
        UPDATE "Effect" SET "begun" = true, "leaseUntil" = CAST("mark"."column3" AS bigint)
        FROM (VALUES ${Prisma.join(marks.map(({ effect, worker, leaseUntil }) => Prisma.sql`(${effect}, ${worker}, ${leaseUntil})`))}) AS "mark"
        WHERE "id" = "mark"."column1" AND "worker" = "mark"."column2" AND "state" = 'leased'
        RETURNING "id"`,
    ),
    done: together(
      (marks) => Prisma.sql`
        UPDATE "Effect" SET "state" = 'done', "worker" = NULL, "leaseUntil" = NULL, "begun" = false, "evidence" = "mark"."column3"
        FROM (VALUES ${Prisma.join(marks.map(({ effect, worker, evidence }) => Prisma.sql`(${effect}, ${worker}, ${bytes(dialect, evidence)})`))}) AS "mark"
        WHERE "id" = "mark"."column1" AND "worker" = "mark"."column2" AND "state" = 'leased'
        RETURNING "id"`,
    ),
  }
}
