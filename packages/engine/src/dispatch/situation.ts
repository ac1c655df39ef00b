import { mergeIdentities } from '@embargo/core'
import type { Effect, RecordedEvent, State, World } from '@embargo/core'
import { arrange, stateIn } from '../projections/world.ts'
import type { LoadedStreams } from '../projections/world.ts'
import type { Deps } from '../deps.ts'
import { CannotPerform } from './effect-errors.ts'

/** The event that requested an effect, and the current state of everything that the effect concerns. */
export type Situation = {
  readonly recorded: RecordedEvent
  readonly world: World
  readonly state: State
  readonly loaded: LoadedStreams
}

/** @throws CannotPerform if something that the effect needs is missing from the log */
export async function loadSituation(deps: Deps, effect: Effect): Promise<Situation> {
  const recorded = await deps.states.event(effect.stream, effect.event)
  if (recorded === undefined) throw new CannotPerform('The event that asked for this is not in the log.')
  const own = await deps.loadWorld(effect.stream)
  const loaded = own.has(effect.case) ? own : new Map([...own, ...(await deps.loadWorld(effect.case))])
  const world = withRelease(
    mergeIdentities(deps.policy.policy, arrange(loaded, effect.case)),
    loaded.get(effect.stream)?.state,
  )
  const state = stateIn(world, effect.stream)
  if (state === undefined) throw new CannotPerform('The case of this effect is not in the log.')
  return { recorded, world, state, loaded }
}

/**
 * If an event of a release requested the effect, puts that release into the world, even if the case has left the
 * release since then, or the release was cancelled.
 */
const withRelease = (world: World, own: State | undefined): World =>
  own?.kind === 'release' ? { ...world, release: own } : world
