import { affectedPackages } from '../../state/fix/package-versions.ts'
import { unverifiedFix } from '../../state/release/unverified-fix.ts'
import { branchesToFix } from '../../state/stage.ts'
import type { CaseState } from '../../state/state.ts'
import type { Project } from '../../policy/schema.ts'
import type { DocumentStep } from './step.ts'

/**
 * This step is first, because nothing that shows how to attack may be published before everybody can install the fix.
 */
export const fixedVersions: DocumentStep = {
  kind: 'document',
  id: 'fixed-versions',
  title: 'Fixed versions public',
  short: 'fixed versions',
  words: 'fixed versions public',
  target: 'versions',
  cases: ({ cases, project }) => cases.filter((one) => hasFixedVersions(one, project)).map(({ id }) => id),
}

/** Whether the case has a fix in a version that users can install. */
const hasFixedVersions = (state: CaseState, { packages }: Project): boolean =>
  state.publication !== 'advisory' &&
  (state.cs.fixReady !== undefined || unverifiedFix(state).length > 0) &&
  branchesToFix(state).some(
    (branch) =>
      branch.waived?.kind !== 'not-fixed' &&
      affectedPackages(branch, packages).some(({ fixedVersion }) => fixedVersion !== undefined),
  )
