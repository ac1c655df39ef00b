import type { Effect, StreamId } from '@embargo/core'
import { effectHash } from '../projections/effect-ends.ts'
import type { LoadedStream } from '../projections/states.ts'
import type { LoadedStreams } from '../projections/world.ts'
import type { Deps } from '../deps.ts'
import { bindEffect } from './effects/index.ts'

/**
 * Whether the log says how the effect ended. The effect's row in the outbox does not count: after the outbox is
 * restored from a copy, the row may be outdated, and nothing must be sent twice. If a report has moved to another
 * case, that case's log has the later outcomes of the report's mails, and is searched first.
 */
export async function hasPriorOutcome(deps: Deps, effect: Effect, loaded: LoadedStreams): Promise<boolean> {
  const name = effectHash(effect.id)
  for (const { ends } of (await candidateStreams(deps, effect, loaded)).toReversed()) {
    const end = ends.get(name)
    if (end !== undefined) return end === 'ended'
  }
  return false
}

/** The streams that may say how an effect ended, in ascending order of reliability. */
async function candidateStreams(deps: Deps, effect: Effect, loaded: LoadedStreams): Promise<readonly LoadedStream[]> {
  const found = new Map<StreamId, LoadedStream>()
  let stream: StreamId | undefined = effect.stream
  let { report } = bindEffect(effect)
  while (stream !== undefined && !found.has(stream)) {
    const one: LoadedStream = loaded.get(stream) ?? (await deps.states.load(stream))
    found.set(stream, one)
    const { state } = one
    const move = state?.kind === 'case' ? state.moved.find((each) => each.report.id === report) : undefined
    stream = move?.to
    report = move?.as
  }
  const own = found.has(effect.case) ? undefined : loaded.get(effect.case)
  return own === undefined ? [...found.values()] : [...found.values(), own]
}
