import type { World } from '../../vocabulary/decision.ts'
import type { CaseState } from '../state.ts'
import type { EffectId } from '../../shared/ids.ts'
import type { ReleaseState } from './state.ts'

type CaseInRelease = {
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  readonly others: World['others']
}

/**
 * The release in which this mail waits for a person's decision: the case's release, or the release that the case left
 * last. The recipients of a release that the case left may not know yet that the case is no longer in it.
 */
export function releaseOfParkedMail(
  { state, release, others }: CaseInRelease,
  effect: EffectId,
): ReleaseState | undefined {
  const lastRelease = state.lastRelease === undefined ? undefined : others.get(state.lastRelease)
  return [release, lastRelease?.kind === 'release' ? lastRelease : undefined].find((one) =>
    one?.parked.some((doubt) => doubt.effect === effect),
  )
}
