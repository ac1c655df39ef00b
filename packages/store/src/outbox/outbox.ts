import type { EffectId, StreamId } from '@embargo/core'
import type { ClaimedEffect, ClaimRequest, DamagedEffect, ListedOutboxRow, Log, Outbox } from '@embargo/engine'
import type { DatabaseClock } from '../database/database-clock.ts'
import type { Database, Value } from '../database/db.ts'
import { isDamage, readable } from '../errors.ts'
import type { StreamKeys } from '../keys/stream-keys.ts'
import type { Listeners } from '../listeners.ts'
import type { Key } from '../sealing/seal.ts'
import { claimedRows, claimOfHeads, nextClaim, type ClaimedRow } from './claimable.ts'
import { openEffect, openEvidence, openRendered, sealEvidence, sealRendered, type End } from './effect-rows.ts'

export type OutboxParts = {
  readonly database: Database
  readonly streamKeys: StreamKeys
  readonly appended: Listeners
  readonly clock: Pick<DatabaseClock, 'follow'>
  readonly log: Log
}

type Row = {
  readonly id: string
  readonly stream: string
  readonly state: string
  readonly attempts: number
  readonly sealed: Uint8Array
  readonly evidence: Uint8Array | null
}

const LISTED = { id: true, stream: true, state: true, attempts: true, sealed: true, evidence: true } as const

const milliseconds = (value: number): bigint => BigInt(Math.floor(value))
const FREE = { worker: null, leaseUntil: null, begun: false } as const

/**
 * The outbox: the effects that wait to be performed. Every change of a claimed row names the worker that makes the
 * change. If this worker no longer holds the row, nothing is changed.
 */
export function outbox({ database, streamKeys, appended, clock, log }: OutboxParts): Outbox {
  const { dialect, reader, writer } = database
  const damaged = new Set<(damage: DamagedEffect) => void>()

  type Change = Parameters<typeof reader.effect.updateMany>[0]['data']
  const change = async (effect: EffectId, worker: string, data: Change): Promise<boolean> => {
    const { count } = await writer.single('outbox', (db) =>
      db.effect.updateMany({ where: { id: effect, worker, state: 'leased' }, data }),
    )
    return count === 1
  }
  /**
   * Like `change`, but faster. To be used for the changes that every effect needs. `set` is SQL, and `values` are the
   * values of its placeholders `$1`, `$2`, …
   */
  const marked = async (effect: EffectId, worker: string, [set, ...values]: [string, ...Value[]]): Promise<boolean> => {
    const next = values.length + 1
    const sql = `UPDATE "Effect" SET ${set} WHERE "id" = $${next} AND "worker" = $${next + 1} AND "state" = 'leased'`
    return (await writer.direct('outbox', { sql, values: [...values, effect, worker] })) === 1
  }
  const sealedRendered = async (effect: EffectId, bytes: Uint8Array): Promise<Uint8Array | undefined> => {
    const stream = await streamKeys.ofEffect(effect)
    return stream === undefined ? undefined : sealRendered(await streamKeys.get(stream), effect, bytes)
  }
  /** As `change`, with bytes sealed under the stream's key. */
  const changeSealed = async (effect: EffectId, worker: string, data: (key: Key) => Change): Promise<boolean> => {
    const stream = await streamKeys.ofEffect(effect)
    return stream === undefined ? false : change(effect, worker, data(await streamKeys.get(stream)))
  }
  const listed = async (row: Row): Promise<ListedOutboxRow> => {
    const key = await streamKeys.get(row.stream)
    return {
      effect: openEffect(key, row.id, row.sealed),
      state: row.state as ListedOutboxRow['state'],
      attempts: row.attempts,
      ...(row.evidence ? { evidence: openEvidence(key, row.id, row.evidence).text } : {}),
    }
  }

  /**
   * Returns the effect of a claimed row. A row that has ended or cannot be read is taken out of its lane instead,
   * because other rows wait behind it.
   */
  const handedOut = async (
    row: ClaimedRow,
    { worker, nowMs }: Pick<ClaimRequest, 'worker' | 'nowMs'>,
  ): Promise<ClaimedEffect | undefined> => {
    const { id, stream, attempts, doubt, begun, sealed, rendered, evidence } = row
    const leaves = (state: End): Promise<boolean> => change(id as EffectId, worker, { ...FREE, state })
    try {
      const key = await streamKeys.get(stream)
      const ended = evidence ? openEvidence(key, id, evidence).ended : undefined
      if (ended !== undefined) {
        log.error('a finished effect was marked as pending again in the outbox: somebody wrote into the database', {
          effect: id,
        })
        await leaves(ended)
        return undefined
      }
      streamKeys.claimed(id, stream)
      return {
        effect: openEffect(key, id, sealed),
        attempt: attempts,
        inDoubt: doubt,
        ...(begun && { begunAtMs: nowMs }),
        ...(rendered ? { rendered: openRendered(key, id, rendered) } : {}),
      }
    } catch (error) {
      if (!isDamage(error)) throw error
      log.error('an effect cannot be read and was set aside: somebody wrote into the database', { effect: id })
      await leaves('parked')
      for (const listener of damaged) listener({ effect: id as EffectId, stream: stream as StreamId })
      return undefined
    }
  }

  return {
    async claim(request) {
      // If the clock has jumped, the time in this request is wrong. The next request will have the right time.
      if (await clock.follow()) return []
      if (request.capabilities.length === 0 || request.limit < 1) return []
      const rows = await writer.returning('outbox', claimOfHeads({ ...request, dialect }))
      const claimed = await Promise.all(claimedRows(rows).map((row) => handedOut(row, request)))
      return claimed.filter((each) => each !== undefined)
    },

    async begin(effect, worker, { nowMs, leaseMs, rendered }) {
      const until = milliseconds(nowMs + leaseMs)
      if (rendered === undefined) return marked(effect, worker, ['"begun" = true, "leaseUntil" = $1', until])
      const sealed = await sealedRendered(effect, rendered)
      if (sealed === undefined) return false
      return marked(effect, worker, ['"begun" = true, "leaseUntil" = $1, "rendered" = $2', until, sealed])
    },
    renew: (effect, worker, nowMs, leaseMs) => change(effect, worker, { leaseUntil: milliseconds(nowMs + leaseMs) }),
    async keepRendered(effect, worker, bytes) {
      const sealed = await sealedRendered(effect, bytes)
      return sealed === undefined ? false : marked(effect, worker, ['"rendered" = $1', sealed])
    },
    async putBack(effect, worker, { notBeforeMs, because, counts, inDoubt }) {
      const changed = await changeSealed(effect, worker, (key) => ({
        ...FREE,
        ...(counts ? {} : { attempts: { decrement: 1 } }),
        ...(inDoubt ? { doubt: true } : {}),
        state: 'pending',
        notBefore: milliseconds(notBeforeMs),
        evidence: sealEvidence(key, effect, because),
      }))
      streamKeys.finished(effect)
      return changed
    },
    async done(effect, worker, evidence) {
      const stream = await streamKeys.ofEffect(effect)
      if (stream === undefined) return false
      const sealed = sealEvidence(await streamKeys.get(stream), effect, evidence, 'done')
      const changed = await marked(effect, worker, [
        `"state" = 'done', "worker" = NULL, "leaseUntil" = NULL, "begun" = false, "evidence" = $1`,
        sealed,
      ])
      streamKeys.finished(effect)
      return changed
    },

    async find(effect) {
      const row = await reader.effect.findUnique({ where: { id: effect } })
      if (!row) return undefined
      const { id, stream, rendered } = row
      return {
        ...(await listed(row)),
        ...(rendered && { rendered: openRendered(await streamKeys.get(stream), id, rendered) }),
      }
    },

    async ofStream(stream, state) {
      const filter = { stream, ...(state === undefined ? {} : { state }) }
      const rows = await reader.effect.findMany({ where: filter, orderBy: { seq: 'asc' }, select: LISTED })
      return readable(rows, listed)
    },

    async nextAt(capabilities, except) {
      if (capabilities.length === 0) return undefined
      const [row] = await database.rows(nextClaim(capabilities, except))
      const at = row?.[0]
      return at === null || at === undefined ? undefined : Number(at)
    },
    onAppend: (listener) => appended.add(listener),
    onDamage(listener) {
      damaged.add(listener)
      return () => void damaged.delete(listener)
    },
  }
}
