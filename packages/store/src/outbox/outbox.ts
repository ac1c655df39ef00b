import type { EffectId } from '@embargo/core'
import type { ClaimedEffect, Outbox, OutboxRow } from '@embargo/engine'
import type { Database, Db } from '../database/db.ts'
import type { StreamKeys } from '../keys/stream-keys.ts'
import type { Listeners } from '../listeners.ts'
import type { Bytes, Key } from '../sealing/seal.ts'
import { claimable, nextClaim } from './claimable.ts'
import { openEffect, openEvidence, openRendered, sealEvidence, sealRendered } from './effect-rows.ts'

export type OutboxParts = { readonly database: Database; readonly streamKeys: StreamKeys; readonly appended: Listeners }

type Row = {
  readonly id: string
  readonly stream: string
  readonly state: string
  readonly attempts: number
  readonly doubt: boolean
  readonly sealed: Uint8Array
  readonly rendered: Uint8Array | null
  readonly evidence: Uint8Array | null
}

type ClaimedRow = Row & { readonly seq: bigint }

const milliseconds = (value: number): bigint => BigInt(Math.floor(value))
const FREE = { worker: null, leaseUntil: null, begun: false } as const

/** The outbox on Prisma. Every change of a claimed row names its worker: who lost the lease changes nothing. */
export function outbox({ database, streamKeys, appended }: OutboxParts): Outbox {
  const { reader, writer } = database

  type Change = Parameters<typeof reader.effect.updateMany>[0]['data']
  const change = async (effect: EffectId, worker: string, data: Change): Promise<boolean> => {
    const { count } = await writer.single('outbox', (db) =>
      db.effect.updateMany({ where: { id: effect, worker, state: 'leased' }, data }),
    )
    return count === 1
  }
  /** As `change`, with bytes sealed under the stream's key. */
  const changeSealed = async (
    effect: EffectId,
    worker: string,
    data: (key: Key) => { readonly [column: string]: Bytes | string | bigint | boolean | null },
  ): Promise<boolean> => {
    const stream = await streamKeys.ofEffect(effect)
    return stream === undefined ? false : change(effect, worker, data(await streamKeys.get(stream)))
  }
  /** As `changeSealed`; the worker is through with the row. */
  const finish: typeof changeSealed = async (effect, worker, data) => {
    const changed = await changeSealed(effect, worker, data)
    streamKeys.finished(effect)
    return changed
  }
  const opened = async (row: Row): Promise<OutboxRow> => {
    const key = await streamKeys.get(row.stream)
    return {
      effect: openEffect(key, row.id, row.sealed),
      state: row.state as OutboxRow['state'],
      attempts: row.attempts,
      ...(row.evidence ? { evidence: openEvidence(key, row.id, row.evidence) } : {}),
      ...(row.rendered ? { rendered: openRendered(key, row.id, row.rendered) } : {}),
    }
  }

  return {
    async claim({ capabilities, worker, nowMs, leaseMs, limit }) {
      const candidates = await claimable(reader, { capabilities, nowMs, limit })
      if (candidates.length === 0) return []
      const [begun, calm] = [true, false].map((which) =>
        candidates.filter((row) => row.begun === which).map(({ id }) => id),
      )
      const now = milliseconds(nowMs)
      const free = [
        { state: 'pending', notBefore: { lte: now } },
        { state: 'leased', leaseUntil: { lte: now } },
      ]
      const lease = {
        state: 'leased',
        worker,
        leaseUntil: milliseconds(nowMs + leaseMs),
        begun: false,
        attempts: { increment: 1 },
      }
      // Compare and swap: the conditions are asked again as the row is written, so of two workers one comes too late.
      const take = (db: Db, ids: readonly string[] | undefined, doubtful: boolean): Promise<ClaimedRow[]> =>
        ids === undefined || ids.length === 0
          ? Promise.resolve([])
          : db.effect.updateManyAndReturn({
              where: { id: { in: [...ids] }, begun: doubtful, OR: free },
              data: doubtful ? { ...lease, doubt: true } : lease,
            })
      const rows = await writer.run('outbox', async (db) => [
        ...(await take(db, begun, true)),
        ...(await take(db, calm, false)),
      ])
      rows.sort((a, b) => Number(a.seq - b.seq))
      return Promise.all(
        rows.map(async (row): Promise<ClaimedEffect> => {
          streamKeys.claimed(row.id, row.stream)
          const { effect, rendered } = await opened(row)
          return { effect, attempt: row.attempts, inDoubt: row.doubt, ...(rendered ? { rendered } : {}) }
        }),
      )
    },

    begin: (effect, worker, nowMs, leaseMs) =>
      change(effect, worker, { begun: true, leaseUntil: milliseconds(nowMs + leaseMs) }),
    renew: (effect, worker, nowMs, leaseMs) => change(effect, worker, { leaseUntil: milliseconds(nowMs + leaseMs) }),
    keepRendered: (effect, worker, bytes) =>
      changeSealed(effect, worker, (key) => ({ rendered: sealRendered(key, effect, bytes) })),
    retryLater: (effect, worker, notBeforeMs, because) =>
      finish(effect, worker, (key) => ({
        ...FREE,
        state: 'pending',
        notBefore: milliseconds(notBeforeMs),
        evidence: sealEvidence(key, effect, because),
      })),
    done: (effect, worker, evidence) =>
      finish(effect, worker, (key) => ({ ...FREE, state: 'done', evidence: sealEvidence(key, effect, evidence) })),

    async find(effect) {
      const row = await reader.effect.findUnique({ where: { id: effect } })
      return row ? opened(row) : undefined
    },

    async ofStream(stream) {
      const rows = await reader.effect.findMany({ where: { stream }, orderBy: { seq: 'asc' } })
      return Promise.all(rows.map(opened))
    },

    nextAt: (capabilities) => nextClaim(reader, capabilities),
    onAppend: (listener) => appended.add(listener),
  }
}
