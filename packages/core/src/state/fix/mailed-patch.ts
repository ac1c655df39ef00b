import { branchesToFix } from '../stage.ts'
import type { CaseState } from '../state.ts'
import type { Sha256 } from '../../shared/ids.ts'

/** The patch that reporters were asked by mail to check, if any. */
export function mailedPatch(state: CaseState): { readonly branch: string; readonly sha256: Sha256 } | undefined {
  const [mailed] = branchesToFix(state).flatMap(({ name: branch, fix }) =>
    (fix?.is === 'submitted' || fix?.is === 'verified') &&
    (fix.verification?.of === 'reporter' || fix.author.kind === 'reporter')
      ? [{ branch, sha256: fix.sha256 }]
      : [],
  )
  return mailed
}
