import { branchesToFix } from '../stage.ts'
import type { CaseState } from '../state.ts'
import type { CaseEvent } from '../../events/case-events.ts'
import type { ReleaseId, Sha256 } from '../../shared/ids.ts'
import { toldOf } from './holders.ts'
import type { ReleaseState } from './state.ts'

type Patch = { readonly branch: string; readonly sha256: Sha256 }

/** The current patches of a case. */
const patchesOf = (state: CaseState): readonly Patch[] =>
  branchesToFix(state).flatMap(({ name, fix }) =>
    fix === undefined || fix.is === 'assigned' ? [] : [{ branch: name, sha256: fix.sha256 }],
  )

/** The event that records which patches of a case recipients now have. */
export const heldPatches = (state: CaseState, release: ReleaseId): CaseEvent => ({
  type: 'CasePrenotified',
  release,
  patches: patchesOf(state),
})

/**
 * The branches whose patch differs from the patch that recipients of a release have. A branch whose patch was never
 * sent is not among them.
 */
export const changedPatches = (state: CaseState, release: ReleaseState): readonly string[] =>
  (toldOf(release, state).length === 0 ? [] : patchesOf(state))
    .filter(({ branch, sha256 }) => !state.held?.some((one) => one.branch === branch && one.sha256 === sha256))
    .map(({ branch }) => branch)
