import { brokenInvariants, evolveRecorded, worldOf } from '@embargo/core'
import type { RecordedEvent, State, StreamId } from '@embargo/core'
import { rebuildReadModels } from '@embargo/engine'
import type { EventStore, RunningEngine } from '@embargo/engine'
import { countKeptCredits } from './credits.ts'

type Log = { readonly events: EventStore; readonly writers: readonly RunningEngine[] }

/** What a check of a log found. (To fold a log is to compute the states from its events.) */
export type FoldResult = {
  readonly events: number
  /** The number of events of each kind. */
  readonly kinds: ReadonlyMap<string, number>
  /** The number of events in the longest stream. */
  readonly longest: number
  /** The number of reports that moved to another case after their credit was decided. */
  readonly credits: number
}

/**
 * Checks that the states of the engines agree with the log, that the log's hash chains are complete, and that
 * rebuilding the read models changes nothing. Throws otherwise.
 */
export async function checkLog({ events, writers }: Log): Promise<FoldResult> {
  const log = new Map<StreamId, readonly RecordedEvent[]>()
  for await (const stream of events.streams()) {
    log.set(stream, await events.read(stream))
    const chain = await events.verify(stream)
    if (!chain.ok) throw new Error(`the chain of ${stream} is broken`)
  }
  const whole = await events.verifyLog()
  if (!whole.whole.ok) throw new Error(`the log is not whole: ${whole.whole.because}`)

  const states = foldedFrom(log)
  for (const writer of writers) {
    for (const [stream, state] of states) expectSame(stream, state, await writer.queries.state(stream))
  }
  for (const stream of states.keys()) {
    const broken = brokenInvariants(worldOf(stream, states))
    if (broken.length > 0) throw new Error(`${stream}: ${broken.join('; ')}`)
  }
  const credits = countKeptCredits(log)

  for (const writer of writers) {
    const before = await writer.queries.cases({ limit: MAX_CASES })
    await rebuildReadModels(writer)
    expectSame('the read models', before, await writer.queries.cases({ limit: MAX_CASES }))
  }
  const all = [...log.values()]
  const kinds = new Map<string, number>()
  for (const { event } of all.flat()) kinds.set(event.type, (kinds.get(event.type) ?? 0) + 1)
  return {
    events: all.flat().length,
    kinds,
    longest: Math.max(0, ...all.map(({ length }) => length)),
    credits,
  }
}

/** A history opens fewer cases than this. */
const MAX_CASES = 10_000

function foldedFrom(log: ReadonlyMap<StreamId, readonly RecordedEvent[]>): ReadonlyMap<StreamId, State> {
  const states = new Map<StreamId, State>()
  for (const [stream, all] of log)
    for (const recorded of all) states.set(stream, evolveRecorded(states.get(stream), recorded))
  return states
}

export function expectSame(what: string, one: unknown, other: unknown): void {
  const [a, b] = [JSON.stringify(sorted(one)), JSON.stringify(sorted(other))]
  if (a !== b) throw new Error(`${what} came out differently: ${a} and ${b}`)
}

/** Returns the same value, with the fields of every object in alphabetical order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, one]) => one !== undefined)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(([name, one]) => [name, sorted(one)]),
  )
}
