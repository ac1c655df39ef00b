import type { CaseReleaseEvent } from '../../events/case/release.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { ReleaseId } from '../../shared/ids.ts'
import type { CaseState } from '../state.ts'

/** Applies an event about the release, or about the patches that its recipients have, to the state of the case. */
export function withCaseReleaseEvent(state: CaseState, event: CaseReleaseEvent, { at }: RecordedEvent): CaseState {
  switch (event.type) {
    case 'ReleaseJoined':
      return {
        ...withoutDate(state),
        ...(event.at === undefined ? {} : { dateTold: true }),
        release: event.release,
        releaseSince: at,
        releasesSoFar: state.releasesSoFar + 1,
      }
    case 'ReleaseLeft': {
      const { release: _left, ...rest } = state
      return { ...rest, lastRelease: event.release }
    }
    case 'CasePrenotified':
      return {
        ...state,
        ...heldFrom(state, event.release),
        held: event.patches,
        ...(event.texts === undefined ? {} : { heldTexts: event.texts }),
      }
    default:
      return assertNever(event)
  }
}

function withoutDate({ dateTold: _before, ...state }: CaseState): CaseState {
  return state
}

/**
 * Records that the recipients of this release now have patches of the case. Earlier releases stay listed in
 * `heldBefore`, because some of their recipients may not get the new patches.
 */
function heldFrom(
  { heldIn, heldBefore = [] }: CaseState,
  release: ReleaseId,
): Pick<CaseState, 'heldIn' | 'heldBefore'> {
  if (heldIn === undefined || heldIn === release) return { heldIn: release }
  return { heldIn: release, heldBefore: [heldIn, ...heldBefore] }
}
