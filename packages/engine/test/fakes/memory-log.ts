import { MessageId } from '@embargo/core'
import type { CommandId, Effect, EffectId, RecordedEvent, StreamId } from '@embargo/core'
import type { CaseRow, Commit, CommitResult, EventStore, HandledCommand } from '../../src/ports/event-store.ts'
import type { OutboxRow } from '../../src/ports/outbox.ts'

export type MemoryOutboxRow = {
  effect: Effect
  state: OutboxRow['state']
  attempts: number
  begun: boolean
  /** An earlier attempt has begun, so the effect may have happened. */
  doubt: boolean
  notBeforeMs: number
  leaseUntilMs: number
  worker?: string
  rendered?: Uint8Array
  evidence?: string
}

/**
 * The data that the fakes share. An object of this type stands for one database: fakes with the same object work on the
 * same data.
 */
export type Memory = {
  readonly streams: Map<StreamId, RecordedEvent[]>
  readonly handled: Map<CommandId, HandledCommand>
  readonly numbers: Map<string, number>
  readonly rows: Map<StreamId, CaseRow>
  readonly outbox: Map<EffectId, MemoryOutboxRow>
  readonly inCase: Map<MessageId, { stream: StreamId; reporter?: string }>
  readonly commits: Commit[]
  readonly appended: Set<() => void>
}

export const createMemory = (): Memory => ({
  streams: new Map(),
  handled: new Map(),
  numbers: new Map(),
  rows: new Map(),
  outbox: new Map(),
  inCase: new Map(),
  commits: [],
  appended: new Set(),
})

/** The log in memory. It does all that the port promises, except that nothing is durable. */
export function createMemoryEvents(memory: Memory): EventStore {
  const versionOf = (stream: StreamId): number => memory.streams.get(stream)?.length ?? 0
  return {
    async commit(commit) {
      return apply(memory, commit)
    },
    async read(stream, afterVersion = 0) {
      return (memory.streams.get(stream) ?? []).slice(afterVersion)
    },
    async version(stream) {
      return versionOf(stream)
    },
    async handled(commandId) {
      return memory.handled.get(commandId)
    },
    async nextNumber(prefix, year) {
      const key = `${prefix}-${year}`
      const number = (memory.numbers.get(key) ?? 0) + 1
      memory.numbers.set(key, number)
      return number
    },
    async *streams() {
      yield* memory.streams.keys()
    },
    async verify(stream) {
      return { ok: true, events: versionOf(stream), head: '' }
    },
    async verifyLog() {
      const streams = [...memory.streams.keys()].map(
        (stream) => ({ stream, ok: true, events: versionOf(stream), head: '' }) as const,
      )
      return { streams, whole: { ok: true, commands: memory.handled.size, marks: [] }, damaged: [] }
    },
  }
}

function apply(memory: Memory, commit: Commit): CommitResult {
  const known = memory.handled.get(commit.commandId)
  if (known !== undefined) return { is: 'known', ...known }
  for (const { stream, expectedVersion } of commit.appends) {
    if ((memory.streams.get(stream)?.length ?? 0) !== expectedVersion) return { is: 'conflict', stream }
  }
  const { soleMark: sole } = commit
  const others = [...memory.rows.values()].filter(({ stream }) => stream !== sole?.of)
  if (sole !== undefined && others.some(({ keyMarks = [] }) => keyMarks.includes(sole.mark)))
    return { is: 'mark-taken' }
  memory.handled.set(commit.commandId, { answer: commit.answer, digest: commit.digest })
  memory.commits.push(commit)
  for (const { stream, events } of commit.appends)
    memory.streams.set(stream, [...(memory.streams.get(stream) ?? []), ...events])
  for (const row of commit.rows) memory.rows.set(row.stream, row)
  for (const effect of commit.effects) {
    memory.outbox.set(effect.id, {
      effect,
      state: 'pending',
      attempts: 0,
      begun: false,
      doubt: false,
      notBeforeMs: 0,
      leaseUntilMs: 0,
    })
  }
  settle(memory, commit)
  if (commit.mail !== undefined) {
    const { message, stream, reporter } = commit.mail
    memory.inCase.set(MessageId.parse(message), { stream, ...(reporter !== undefined && { reporter }) })
  }
  if (commit.effects.length > 0 || commit.revives !== undefined) for (const listener of memory.appended) listener()
  return { is: 'committed' }
}

function settle(memory: Memory, { settles, revives = [] }: Commit): void {
  const settled = settles && memory.outbox.get(settles.effect)
  if (settled && settles) Object.assign(settled, { state: settles.as, evidence: settles.evidence })
  for (const id of revives) {
    const revived = memory.outbox.get(id)
    if (revived) Object.assign(revived, { state: 'pending', attempts: 0, begun: false, doubt: false, notBeforeMs: 0 })
  }
}
