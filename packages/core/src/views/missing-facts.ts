import { affectedPackages } from '../state/fix/package-versions.ts'
import type { AffectedPackage } from '../state/fix/package-versions.ts'
import type { Branch } from '../state/fix/state.ts'
import { projectOf } from '../state/project.ts'
import { branchesToFix } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import { getsNoCve } from '../deadlines/no-cve.ts'
import type { Policy } from '../policy/schema.ts'
import { unverifiedFix } from '../state/release/unverified-fix.ts'

/** Facts that a public text could contain but nobody has entered. */
export type MissingFacts = {
  /** The branches without affected versions. */
  readonly rangesOf: readonly string[]
  /** The branches without a fixed version. */
  readonly versionsOf: readonly string[]
  readonly workaround: boolean
  /** Whether the case should have a CVE id but nobody has requested one. */
  readonly cve: boolean
}

/** The facts that the public texts lack. People are asked for them before they approve the texts. */
export function missingFactsOf(state: CaseState, policy: Policy): MissingFacts {
  const { packages } = projectOf(policy, state)
  const lacks = (branch: Branch, value: (one: AffectedPackage) => string | undefined): boolean =>
    affectedPackages(branch, packages).some((one) => value(one) === undefined)
  const isFixed = state.cs.fixReady !== undefined || unverifiedFix(state).length > 0
  const unnamed =
    isFixed && state.publication !== 'advisory'
      ? branchesToFix(state).filter(
          (branch) => branch.waived?.kind !== 'not-fixed' && lacks(branch, ({ fixedVersion }) => fixedVersion),
        )
      : []
  // Users of a hosted service install no version, so no version ranges are needed.
  const unranged =
    state.publication === 'advisory'
      ? []
      : state.branches.filter((branch) => branch.affected && lacks(branch, ({ range }) => range))
  return {
    rangesOf: unranged.map(({ name }) => name),
    versionsOf: unnamed.map(({ name }) => name),
    workaround: state.advisory !== undefined && state.advisory.workaround === undefined,
    cve: state.cve === undefined && !getsNoCve(policy, state),
  }
}
