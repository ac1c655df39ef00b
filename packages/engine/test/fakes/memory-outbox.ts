import type { Effect, EffectId } from '@embargo/core'
import type { ClaimedEffect, ClaimRequest, Outbox, OutboxRow, EffectGroup } from '../../src/ports/outbox.ts'
import type { Memory, MemoryOutboxRow } from './memory-log.ts'

/** The outbox in memory. As the port promises, it has leases and lanes and knows which effects are in doubt. */
export function createMemoryOutbox(memory: Memory): Outbox {
  const held = (effect: EffectId, worker: string, nowMs?: number): MemoryOutboxRow | undefined => {
    const row = memory.outbox.get(effect)
    if (row?.state !== 'leased' || row.worker !== worker) return undefined
    return nowMs !== undefined && row.leaseUntilMs <= nowMs ? undefined : row
  }
  const change = (row: MemoryOutboxRow | undefined, by: Partial<MemoryOutboxRow>): boolean => {
    if (row === undefined) return false
    Object.assign(row, by)
    return true
  }
  return {
    async claim(request) {
      return claimable(memory, request).map((row) => claim(row, request))
    },
    begin: async (effect, worker, { nowMs, leaseMs, rendered }) =>
      change(held(effect, worker, nowMs), {
        begun: true,
        leaseUntilMs: nowMs + leaseMs,
        ...(rendered && { rendered }),
      }),
    renew: async (effect, worker, nowMs, leaseMs) =>
      change(held(effect, worker, nowMs), { leaseUntilMs: nowMs + leaseMs }),
    keepRendered: async (effect, worker, bytes) => change(held(effect, worker), { rendered: bytes }),
    putBack: async (effect, worker, { notBeforeMs, because, counts, inDoubt }) => {
      const row = held(effect, worker)
      if (row === undefined) return false
      const attempts = row.attempts - (counts ? 0 : 1)
      const doubt = row.doubt || inDoubt
      return change(row, { state: 'pending', begun: false, notBeforeMs, evidence: because, attempts, doubt })
    },
    done: async (effect, worker, evidence) => change(held(effect, worker), { state: 'done', evidence }),
    async find(effect) {
      const row = memory.outbox.get(effect)
      return row === undefined ? undefined : asRow(row)
    },
    async ofStream(stream, state) {
      const rows = [...memory.outbox.values()].filter((row) => row.effect.stream === stream).map(asRow)
      return rows.filter((row) => state === undefined || row.state === state)
    },
    async nextAt(capabilities, except = []) {
      const waiting = heads(memory).filter(
        ({ effect }) => capabilities.includes(effect.capability) && !waits(effect, except),
      )
      return waiting.length === 0 ? undefined : Math.min(...waiting.map(freeAt))
    },
    onAppend(listener) {
      memory.appended.add(listener)
      return () => memory.appended.delete(listener)
    },
    onDamage: () => () => undefined,
  }
}

const freeAt = (row: MemoryOutboxRow): number => (row.state === 'leased' ? row.leaseUntilMs : row.notBeforeMs)

/** The first unfinished row of each lane. Parked and failed rows do not block their lane. */
function heads(memory: Memory): readonly MemoryOutboxRow[] {
  const lanes = new Map<string, MemoryOutboxRow>()
  for (const row of memory.outbox.values()) {
    if ((row.state === 'pending' || row.state === 'leased') && !lanes.has(row.effect.lane))
      lanes.set(row.effect.lane, row)
  }
  return [...lanes.values()]
}

const waits = ({ capability, kind }: Effect, except: readonly EffectGroup[]): boolean =>
  except.some((one) => one.capability === capability && one.kind === kind)

function claimable(
  memory: Memory,
  { capabilities, nowMs, limit, except = [], untriedFirst = false }: ClaimRequest,
): readonly MemoryOutboxRow[] {
  const free = heads(memory).filter((row) => freeAt(row) <= nowMs && !waits(row.effect, except))
  const due = untriedFirst ? free.toSorted((a, b) => freeAt(a) - freeAt(b)) : free
  return capabilities.flatMap((each) => due.filter(({ effect }) => effect.capability === each).slice(0, limit))
}

function claim(row: MemoryOutboxRow, { worker, nowMs, leaseMs, beginning = [] }: ClaimRequest): ClaimedEffect {
  const inDoubt = row.doubt || row.begun
  const begun = beginning.includes(row.effect.kind)
  Object.assign(row, {
    state: 'leased',
    worker,
    attempts: row.attempts + 1,
    leaseUntilMs: nowMs + leaseMs,
    doubt: inDoubt,
    begun,
  })
  return {
    effect: row.effect,
    attempt: row.attempts,
    inDoubt,
    ...(begun && { begunAtMs: nowMs }),
    ...(row.rendered && { rendered: row.rendered }),
  }
}

const asRow = ({ effect, state, attempts, evidence, rendered }: MemoryOutboxRow): OutboxRow => ({
  effect,
  state,
  attempts,
  ...(evidence !== undefined && { evidence }),
  ...(rendered && { rendered }),
})
