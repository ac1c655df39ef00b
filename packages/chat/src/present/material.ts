import type { CaseState, ReleaseState } from '@embargo/core'
import type { CardMaterial } from '@embargo/engine'

/** The case that a card is about, for an event of the case's own stream or of its release. */
export const caseOf = ({ state, world }: CardMaterial): CaseState | undefined =>
  state.kind === 'case' ? state : world.case

export const releaseOf = ({ state, world }: CardMaterial): ReleaseState | undefined =>
  state.kind === 'release' ? state : world.release
