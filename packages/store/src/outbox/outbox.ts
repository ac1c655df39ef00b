import type { EffectId } from '@embargo/core'
import type { ClaimedEffect, Outbox, OutboxRow } from '@embargo/engine'
import type { Database } from '../database/db.ts'
import type { StreamKeys } from '../keys/stream-keys.ts'
import type { Listeners } from '../listeners.ts'
import type { Key } from '../sealing/seal.ts'
import { claimHeads, nextClaim } from './claimable.ts'
import { marks } from './marks.ts'
import { openEffect, openEvidence, openRendered, sealEvidence, sealRendered } from './effect-rows.ts'

export type OutboxParts = { readonly database: Database; readonly streamKeys: StreamKeys; readonly appended: Listeners }

type Row = {
  readonly id: string
  readonly stream: string
  readonly state: string
  readonly attempts: number
  readonly sealed: Uint8Array
  readonly rendered: Uint8Array | null
  readonly evidence: Uint8Array | null
}

type PutBack = {
  readonly effect: EffectId
  readonly worker: string
  readonly notBeforeMs: number
  readonly because: string
}

const milliseconds = (value: number): bigint => BigInt(Math.floor(value))
const FREE = { worker: null, leaseUntil: null, begun: false } as const

/** The outbox on Prisma. Every change of a claimed row names its worker: who lost the lease changes nothing. */
export function outbox({ database, streamKeys, appended }: OutboxParts): Outbox {
  const { reader, writer } = database
  const marked = marks(database)

  type Change = Parameters<typeof reader.effect.updateMany>[0]['data']
  const change = async (effect: EffectId, worker: string, data: Change): Promise<boolean> => {
    const { count } = await writer.single('outbox', (db) =>
      db.effect.updateMany({ where: { id: effect, worker, state: 'leased' }, data }),
    )
    return count === 1
  }
  /** As `change`, with bytes sealed under the stream's key. */
  const changeSealed = async (effect: EffectId, worker: string, data: (key: Key) => Change): Promise<boolean> => {
    const stream = await streamKeys.ofEffect(effect)
    return stream === undefined ? false : change(effect, worker, data(await streamKeys.get(stream)))
  }
  const putBack = async (
    { effect, worker, notBeforeMs, because }: PutBack,
    more: Pick<Change, 'attempts'> = {},
  ): Promise<boolean> => {
    const changed = await changeSealed(effect, worker, (key) => ({
      ...FREE,
      ...more,
      state: 'pending',
      notBefore: milliseconds(notBeforeMs),
      evidence: sealEvidence(key, effect, because),
    }))
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
    async claim(request) {
      const rows = await writer.single('outbox', (db) => claimHeads(db, request))
      return Promise.all(
        rows.map(async ({ id, stream, attempts, doubt, sealed, rendered }): Promise<ClaimedEffect> => {
          streamKeys.claimed(id, stream)
          const key = await streamKeys.get(stream)
          return {
            effect: openEffect(key, id, sealed),
            attempt: Number(attempts),
            inDoubt: Boolean(doubt),
            ...(rendered ? { rendered: openRendered(key, id, rendered) } : {}),
          }
        }),
      )
    },

    begin: (effect, worker, nowMs, leaseMs) =>
      marked.begun({ effect, worker, leaseUntil: milliseconds(nowMs + leaseMs) }),
    renew: (effect, worker, nowMs, leaseMs) => change(effect, worker, { leaseUntil: milliseconds(nowMs + leaseMs) }),
    keepRendered: (effect, worker, bytes) =>
      changeSealed(effect, worker, (key) => ({ rendered: sealRendered(key, effect, bytes) })),
    retryLater: (effect, worker, notBeforeMs, because) => putBack({ effect, worker, notBeforeMs, because }),
    postpone: (effect, worker, notBeforeMs, because) =>
      putBack({ effect, worker, notBeforeMs, because }, { attempts: { decrement: 1 } }),
    async done(effect, worker, evidence) {
      const stream = await streamKeys.ofEffect(effect)
      if (stream === undefined) return false
      const sealed = sealEvidence(await streamKeys.get(stream), effect, evidence)
      const changed = await marked.done({ effect, worker, evidence: sealed })
      streamKeys.finished(effect)
      return changed
    },

    async find(effect) {
      const row = await reader.effect.findUnique({ where: { id: effect } })
      return row ? opened(row) : undefined
    },

    async ofStream(stream) {
      const rows = await reader.effect.findMany({ where: { stream }, orderBy: { seq: 'asc' } })
      return Promise.all(rows.map(opened))
    },

    nextAt: (capabilities, except) => nextClaim(reader, capabilities, except),
    onAppend: (listener) => appended.add(listener),
  }
}
