import type { World } from '../../vocabulary/decision.ts'
import type { CaseState } from '../state.ts'
import type { EffectId } from '../../shared/ids.ts'
import type { ReleaseState } from './state.ts'

type Seen = {
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  readonly others: World['others']
}

/**
 * The release in which this waits for a person: that of the case, or the one that it left last, whose recipients may still
 * wait for the word that it does not come.
 */
export function releaseWithDoubt({ state, release, others }: Seen, effect: EffectId): ReleaseState | undefined {
  const left = state.lastRelease === undefined ? undefined : others.get(state.lastRelease)
  return [release, left?.kind === 'release' ? left : undefined].find((one) =>
    one?.parked.some((doubt) => doubt.effect === effect),
  )
}
