import type { CaseState, ReleaseState, State, StreamId, World } from '@embargo/core'
import type { Loaded, States } from './states.ts'

export type LoadedStreams = ReadonlyMap<StreamId, Loaded>

/** The world as seen from one stream: the case and its release by name, everything else in `others`. */
export function arrange(loaded: LoadedStreams, focus: StreamId): World {
  const state = loaded.get(focus)?.state
  const theCase = state?.kind === 'release' ? firstCase(loaded, state) : caseIn(loaded, focus)
  const release = state?.kind === 'release' ? state : releaseIn(loaded, theCase)
  const others = new Map<StreamId, State>()
  for (const [stream, each] of loaded) {
    if (each.state !== undefined && stream !== theCase?.id && stream !== release?.id) others.set(stream, each.state)
  }
  return { others, ...(theCase && { case: theCase }), ...(release && { release }) }
}

/** The state of one stream, wherever the world holds it. */
export function stateIn(world: World, stream: StreamId): State | undefined {
  if (world.case?.id === stream) return world.case
  return world.release?.id === stream ? world.release : world.others.get(stream)
}

/** A stream and what hangs on it: a case with its release and that release's other cases. */
export async function loadWorld(states: States, focus: StreamId): Promise<LoadedStreams> {
  const loaded = new Map<StreamId, Loaded>()
  let wanted: readonly StreamId[] = [focus]
  while (wanted.length > 0) {
    for (const stream of wanted) loaded.set(stream, await states.load(stream))
    wanted = [...loaded.values()].flatMap(({ state }) => linked(state)).filter((stream) => !loaded.has(stream))
  }
  return loaded
}

function linked(state: State | undefined): readonly StreamId[] {
  if (state === undefined) return []
  if (state.kind === 'release') return state.cases
  return state.release === undefined ? [] : [state.release]
}

function caseIn(loaded: LoadedStreams, stream: StreamId): CaseState | undefined {
  const state = loaded.get(stream)?.state
  return state?.kind === 'case' ? state : undefined
}

function firstCase(loaded: LoadedStreams, release: ReleaseState): CaseState | undefined {
  for (const id of release.cases) {
    const found = caseIn(loaded, id)
    if (found !== undefined) return found
  }
  return undefined
}

function releaseIn(loaded: LoadedStreams, theCase: CaseState | undefined): ReleaseState | undefined {
  const state = theCase?.release === undefined ? undefined : loaded.get(theCase.release)?.state
  return state?.kind === 'release' ? state : undefined
}
