import type { CommitResult } from '@embargo/engine'
import { Undo, type Db } from '../database/db.ts'
import { isTaken } from '../database/failures.ts'
import { StoreError } from '../errors.ts'
import { Prisma } from '../generated/postgresql/client.ts'
import { PLACES } from '../outbox/order.ts'
import { putRow } from '../read-models/case-rows.ts'
import type { Bytes, Key } from '../sealing/seal.ts'
import { genesis } from './chain.ts'
import { chainEvents, type EventData, type Head } from './chain-events.ts'
import type { Draft } from './draft.ts'
import type { SealedAppend } from './sealed-append.ts'
import type { StreamCache } from './stream-cache.ts'

/** Returned if the command was handled before. Its stored answer is read after the rollback. */
export const KNOWN = 'known' as const

export type Context = { readonly chainKey: Key; readonly streamCache: StreamCache }
type ChainExtension = ReturnType<typeof chainEvents>

export type WriteResult =
  | { readonly is: 'committed'; readonly heads: ReadonlyMap<string, Head> }
  | Exclude<CommitResult, { is: 'committed' }>
  | typeof KNOWN

/**
 * Writes a draft within the writer's transaction. If another command was committed first, throws an `Undo` with the
 * result.
 */
export async function write(db: Db, draft: Draft, context: Context): Promise<WriteResult> {
  await putCommand(db, draft)
  const heads = new Map<string, Head>()
  const events: EventData[] = []
  for (const append of draft.appends) {
    const { rows, next } = await extend(db, append, context)
    events.push(...rows)
    heads.set(append.stream, next)
  }
  if (events.length > 0) await db.$executeRaw(insertedEvents(events))
  await settle(db, draft)
  await markMail(db, draft)
  for (const { row, sealed } of draft.rows)
    await putRow(db, row, { sealed, channelsStand: context.streamCache.channelsStand(row, draft) })
  // The effects come last. On PostgreSQL, a commit with effects waits here if another commit has locked the counter's
  // row. The row stays locked until that other commit is durable.
  await enqueue(db, draft)
  await requireSoleMark(db, draft)
  return { is: 'committed', heads }
}

async function putCommand(db: Db, { commit, answer }: Draft): Promise<void> {
  try {
    // A single row is written by `create`. Prisma reuses the query plan of `create`, but makes a new plan for each
    // `createMany`.
    await db.command.create({ data: { id: commit.commandId, at: BigInt(commit.at), answer }, select: { id: true } })
  } catch (error) {
    throw isTaken(error) ? new Undo(KNOWN) : error
  }
}

/**
 * Moves the head of a stream forward from the expected version. This fails if another commit has already moved the
 * head, because all commits to a stream update the same row.
 */
async function extend(db: Db, append: SealedAppend, { chainKey, streamCache }: Context): Promise<ChainExtension> {
  const { stream, expectedVersion } = append
  const conflict = new Undo<CommitResult>({ is: 'conflict', stream: append.stream })
  if (expectedVersion > 0) {
    const previous = streamCache.head(stream, expectedVersion) ?? (await headAt(db, stream, expectedVersion))
    if (previous === undefined) throw conflict
    const extended = chainEvents(append, previous, chainKey)
    const { count } = await db.stream.updateMany({ where: { stream, version: expectedVersion }, data: extended.next })
    if (count === 0) throw conflict
    return extended
  }
  const extended = chainEvents(append, genesis(chainKey, stream), chainKey)
  try {
    await db.stream.create({ data: { stream, ...extended.next }, select: { stream: true } })
  } catch (error) {
    throw isTaken(error) ? conflict : error
  }
  return extended
}

async function headAt(db: Db, stream: string, version: number): Promise<Bytes | undefined> {
  const found = await db.stream.findUnique({ where: { stream } })
  return found?.version === version ? found.head : undefined
}

async function settle(db: Db, { commit, evidence }: Draft): Promise<void> {
  const { settles } = commit
  if (!settles || !evidence) return
  await db.effect.updateMany({
    where: { id: settles.effect },
    data: { state: settles.as, evidence, worker: null, leaseUntil: null, begun: false },
  })
}

async function markMail(db: Db, { commit, mailKey }: Draft): Promise<void> {
  const { mail } = commit
  if (!mail || !mailKey) return
  const { count } = await db.mail.updateMany({
    where: { id: mail.message },
    data: { state: 'in-case', stream: mail.stream, reporter: mail.reporter ?? null, key: mailKey },
  })
  if (count === 0) throw new StoreError('unknown-row', 'The spool has no such mail, so it cannot be put into a case.')
}

/**
 * Puts new and revived rows at the end of their lanes (queues whose effects are performed in order). Each commit locks
 * the counter's row, so the rows are in the order of the commits.
 */
async function enqueue(db: Db, { commit, effects }: Draft): Promise<void> {
  const { revives = [] } = commit
  const expected = effects.length + revives.length
  if (expected === 0) return
  const { value } = await db.counter.update({
    where: { name: 'outbox', value: { gte: 0, lt: PLACES } },
    data: { value: { increment: expected } },
  })
  let seq = value - BigInt(expected)
  for (const id of revives) {
    const { count } = await db.effect.updateMany({
      where: { id },
      data: {
        state: 'pending',
        seq: ++seq,
        attempts: 0,
        begun: false,
        doubt: false,
        worker: null,
        leaseUntil: null,
        notBefore: 0n,
        // The old evidence says that the effect has ended. If the evidence stayed, the effect would not be performed
        // again.
        evidence: null,
      },
    })
    if (count === 0) throw new StoreError('unknown-row', 'The outbox has no such effect, so it cannot be sent again.')
  }
  if (effects.length > 0) await db.$executeRaw(insertedEffects(effects, () => ++seq))
}

/**
 * Undoes the commit if another case already has the mark in `soleMark`: a keyed hash of the CVE id that this commit
 * gives to a case. On PostgreSQL, each commit with a `soleMark` locks the counter's row before it searches. So of two
 * commits with the same mark, the second sees the first.
 */
async function requireSoleMark(db: Db, { commit }: Draft): Promise<void> {
  const { soleMark: sole } = commit
  if (sole === undefined) return
  await db.counter.update({ where: { name: 'outbox' }, data: { value: { increment: 0 } } })
  const other = await db.caseRow.findFirst({
    where: { keyMarks: { contains: `|${sole.mark}|` }, stream: { not: sole.of } },
    select: { stream: true },
  })
  if (other !== null) throw new Undo<CommitResult>({ is: 'mark-taken' })
}

/** Raw SQL, because Prisma makes a new query plan for each `createMany`, which takes longer than writing the rows. */
const insertedEvents = (events: readonly EventData[]): Prisma.Sql => {
  const rows = events.map(
    ({ stream, version, schema, at, sealed, hash }) =>
      Prisma.sql`(${stream}, ${version}, ${schema}, ${at}, ${sealed}, ${hash})`,
  )
  return Prisma.sql`
    INSERT INTO "Event" ("stream", "version", "schema", "at", "sealed", "hash") VALUES ${Prisma.join(rows)}`
}

const insertedEffects = (effects: Draft['effects'], next: () => bigint): Prisma.Sql => {
  const rows = effects.map(
    ({ id, stream, lane, capability, kind, state, sealed }) =>
      Prisma.sql`(${id}, ${next()}, ${stream}, ${lane}, ${capability}, ${kind}, ${state}, ${sealed})`,
  )
  return Prisma.sql`
    INSERT INTO "Effect" ("id", "seq", "stream", "lane", "capability", "kind", "state", "sealed")
    VALUES ${Prisma.join(rows)}`
}
