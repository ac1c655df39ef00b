import { caseNumber } from '@embargo/engine'
import { statementOf, type Database, type Db } from '../database/db.ts'
import { Prisma } from '../generated/postgresql/client.ts'

/**
 * The tables that name cases. Each has an index on the stream. If one of these tables names a case, the number of that
 * case is already used.
 */
const TRACES = ['Stream', 'StreamKey', 'Event', 'Effect', 'CaseRow', 'Channel', 'Mail', 'Blob'] as const

/** We write case numbers with at most nine digits. A longer number is ignored. */
const CASE = /^([A-Z][A-Z0-9]{1,9})-(\d{4})-(\d{4,9})$/u
export const MAX_CASES = 999_999_999n

export type Series = { readonly prefix: string; readonly year: number }

export const counterName = ({ prefix, year }: Series): string => `number/${prefix}/${year}`

/** The number of a case in its series; undefined for a stream that is no case. */
export function numberOf(stream: string): (Series & { readonly number: number }) | undefined {
  const [, prefix, year, number] = CASE.exec(stream) ?? []
  return prefix === undefined ? undefined : { prefix, year: Number(year), number: Number(number) }
}

/** Takes the next number from the counter. Undefined if the counter is wrong: see `drawNumber`. */
export async function drawnNumber({ writer, newestRows }: Database, series: Series): Promise<number | undefined> {
  // A power cut can undo this write, but it also undoes the case that got the number.
  const [row] = await writer.unsynced('other', {
    sql: `INSERT INTO "Counter" ("name", "value") VALUES ($1, 1)
      ON CONFLICT ("name") DO UPDATE SET "value" = "Counter"."value" + 1 WHERE "Counter"."value" BETWEEN 0 AND $2
      RETURNING "value"`,
    values: [counterName(series), MAX_CASES],
  })
  const drawn = Number(row?.[0] ?? 0)
  if (drawn < 1) return undefined
  const known = await newestRows(statementOf(traces(Prisma.sql`= ${caseNumber(series.prefix, series.year, drawn)}`)))
  return known.length > 0 ? undefined : drawn
}

/**
 * Takes the next number from the counter, within the writer's transaction. If a case already has that number, or if the
 * counter is out of range, somebody changed the counter. Numbering then continues after the highest known number.
 */
export async function drawNumber(db: Db, series: Series): Promise<number> {
  const name = counterName(series)
  await db.counter.updateMany({
    where: { name, OR: [{ value: { gt: MAX_CASES } }, { value: { lt: 0 } }] },
    data: { value: 0 },
  })
  const { value } = await db.counter.upsert({
    where: { name },
    create: { name, value: 1n },
    update: { value: { increment: 1 } },
  })
  const drawn = Number(value)
  if (drawn > 0 && !(await isKnown(db, caseNumber(series.prefix, series.year, drawn)))) return drawn
  let next = (await highest(db, series)) + 1
  while (await isKnown(db, caseNumber(series.prefix, series.year, next))) next += 1
  await db.counter.update({ where: { name }, data: { value: BigInt(next) } })
  return next
}

async function isKnown(db: Db, stream: string): Promise<boolean> {
  const found = await db.$queryRaw<readonly unknown[]>`${traces(Prisma.sql`= ${stream}`)} LIMIT 1`
  return found.length > 0
}

async function highest(db: Db, { prefix, year }: Series): Promise<number> {
  const like = `${prefix}-${year}-%`
  const rows = await db.$queryRaw<readonly { readonly stream: string }[]>(traces(Prisma.sql`LIKE ${like}`))
  return rows.reduce((most, { stream }) => {
    const one = numberOf(stream)
    return one?.prefix === prefix && one.year === year ? Math.max(most, one.number) : most
  }, 0)
}

const traces = (is: Prisma.Sql): Prisma.Sql =>
  Prisma.join(
    TRACES.map((table) => Prisma.sql`SELECT "stream" FROM ${Prisma.raw(`"${table}"`)} WHERE "stream" ${is}`),
    ' UNION ',
  )
