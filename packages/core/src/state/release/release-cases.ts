import type { CaseState } from '../state.ts'
import type { World } from '../../vocabulary/decision.ts'
import type { Instant } from '../../shared/instant.ts'
import type { ReleaseState } from './state.ts'

type CaseInRelease = {
  readonly state: CaseState
  readonly release: ReleaseState | undefined
  readonly others: World['others']
}

/** Whether a release is planned, in progress or published. A cancelled release has no effect. */
export const isLive = (release: ReleaseState | undefined): release is ReleaseState =>
  release !== undefined && release.is !== 'cancelled'

/** All cases of a case's release, in the release's order. Without a release, only the case. */
export function releaseCases({ state, release, others }: CaseInRelease): readonly CaseState[] {
  if (!isLive(release) || !release.cases.includes(state.id)) return [state]
  return release.cases.flatMap((id) => {
    const one = id === state.id ? state : others.get(id)
    return one?.kind === 'case' ? [one] : []
  })
}

/** When the interim advisory of a case was sent. */
export const interimAt = (release: ReleaseState | undefined, { id }: Pick<CaseState, 'id'>): Instant | undefined =>
  release?.interim?.find((one) => one.case === id)?.at

/**
 * When facts about a case were first published, in an interim advisory or in full. An interim advisory counts even if
 * the case has left its release since.
 */
export const factsOutAt = (release: ReleaseState | undefined, state: CaseState): Instant | undefined =>
  interimAt(release, state) ?? state.publishedAt

/** When we published a case. Undefined if its publication has begun but the fixed versions are not public yet. */
export const publishedSince = (
  release: ReleaseState | undefined,
  { publishedAt }: Pick<CaseState, 'publishedAt'>,
): Instant | undefined =>
  release?.startedAt === undefined || publishedAt === undefined || publishedAt < release.startedAt
    ? publishedAt
    : release.publicAt

/** The other cases of the same release. */
export const siblingCases = (seen: CaseInRelease): readonly CaseState[] =>
  releaseCases(seen).filter(({ id }) => id !== seen.state.id)
