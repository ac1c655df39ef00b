import type { EventId, RecordedEvent, State, StreamId } from '@embargo/core'
import type { Domain } from '../domain.ts'
import type { EventStore } from '../ports/event-store.ts'
import { NO_ENDS, withEffectEnds } from './effect-ends.ts'
import type { EffectEnds } from './effect-ends.ts'
import { Lru } from '../shared/lru.ts'

/** How many states of streams are cached. The state of a long case takes some 50 kB. */
const MAX_STATES = 500

/**
 * How many recently appended events are cached. An event is soon needed again, when the effects that it requested are
 * performed.
 */
const MAX_EVENTS = 2000

/** The state of a stream, computed from its events. A stream that does not exist has version 0 and no state. */
export type LoadedStream = {
  readonly state: State | undefined
  readonly version: number
  /** Which effects have ended, according to the events of the stream. */
  readonly ends: EffectEnds
}

const EMPTY: LoadedStream = { state: undefined, version: 0, ends: NO_ENDS }

export type States = {
  /**
   * Loads a stream. Only the events after the cached version are read, including those that other processes appended.
   */
  load(stream: StreamId): Promise<LoadedStream>
  /** Caches the result of a commit, so the next load folds nothing. */
  keep(stream: StreamId, loaded: LoadedStream, recorded: readonly RecordedEvent[]): void
  forget(stream: StreamId): void
  /**
   * Must be called after a reporter was erased, because cached states still contain what the log no longer contains.
   */
  forgetAll(): void
  event(stream: StreamId, id: EventId): Promise<RecordedEvent | undefined>
}

export function createStates(events: EventStore, evolve: Domain['evolve']): States {
  const states = new Lru<StreamId, LoadedStream>(MAX_STATES)
  const recent = new Lru<EventId, RecordedEvent>(MAX_EVENTS)

  const keep = (stream: StreamId, loaded: LoadedStream): void => {
    const held = states.get(stream)
    if (held === undefined || held.version <= loaded.version) states.set(stream, loaded)
  }

  return {
    async load(stream) {
      const from = states.get(stream) ?? EMPTY
      const loaded = fold(evolve, from, await events.read(stream, from.version))
      if (loaded.version > 0) keep(stream, loaded)
      return loaded
    },
    keep(stream, loaded, recorded) {
      keep(stream, loaded)
      for (const each of recorded) recent.set(each.eventId, each)
    },
    forget: (stream) => states.delete(stream),
    forgetAll() {
      states.clear()
      recent.clear()
    },
    async event(stream, id) {
      const held = recent.get(id)
      if (held !== undefined) return held
      const found = (await events.read(stream)).find((recorded) => recorded.eventId === id)
      if (found !== undefined) recent.set(id, found)
      return found
    },
  }
}

export function fold(evolve: Domain['evolve'], from: LoadedStream, recorded: readonly RecordedEvent[]): LoadedStream {
  let { state, version } = from
  for (const each of recorded) {
    state = evolve(state, each)
    version = each.version
  }
  return { state, version, ends: withEffectEnds(from.ends, recorded) }
}
