import { heldReleases, worldOf } from '@embargo/core'
import type { State, StreamId, World } from '@embargo/core'
import type { LoadedStream, States } from './states.ts'

export type LoadedStreams = ReadonlyMap<StreamId, LoadedStream>

/** The loaded states as a `World`, with the case and the release that belong to the stream `focus`. */
export function arrange(loaded: LoadedStreams, focus: StreamId): World {
  return worldOf(focus, new Map([...loaded].map(([stream, { state }]) => [stream, state])))
}

/** The state of one stream, wherever it is among the loaded states. */
export function stateIn(world: World, stream: StreamId): State | undefined {
  if (world.case?.id === stream) return world.case
  return world.release?.id === stream ? world.release : world.others.get(stream)
}

/**
 * Loads a stream with the streams that it depends on. For a case these are its release, the releases whose recipients
 * have its patches, and the other cases of these releases.
 */
export async function loadWorld(states: States, focus: StreamId): Promise<LoadedStreams> {
  const loaded = new Map<StreamId, LoadedStream>()
  let ids: readonly StreamId[] = [focus]
  while (ids.length > 0) {
    for (const stream of ids) loaded.set(stream, await states.load(stream))
    ids = [...loaded.values()].flatMap(({ state }) => linked(state)).filter((stream) => !loaded.has(stream))
  }
  return loaded
}

function linked(state: State | undefined): readonly StreamId[] {
  if (state === undefined) return []
  if (state.kind === 'release') return state.cases
  return state.kind === 'case' ? [...(state.release === undefined ? [] : [state.release]), ...heldReleases(state)] : []
}
