import { branchesToFix } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import { getsNoCve } from '../deadlines/no-cve.ts'
import type { Policy } from '../policy/schema.ts'
import { unverifiedFix } from '../state/release/unverified-fix.ts'

/** Facts that a public text could contain and nobody has entered. */
export type MissingFacts = {
  /** The branches without affected versions. */
  readonly rangesOf: readonly string[]
  /** The branches without a fixed version. */
  readonly versionsOf: readonly string[]
  readonly workaround: boolean
  /** Nobody requested a CVE id, although the case should have one. */
  readonly cve: boolean
}

/** The facts that the public texts lack. People are asked for them before they approve the texts. */
export function missingFactsOf(state: CaseState, policy: Policy): MissingFacts {
  const isFixed = state.cs.fixReady !== undefined || unverifiedFix(state).length > 0
  const unnamed =
    isFixed && state.publication !== 'advisory'
      ? branchesToFix(state).filter(
          ({ waived, fixedVersion }) => waived?.kind !== 'not-fixed' && fixedVersion === undefined,
        )
      : []
  // A hosted service has no versions that a reader could have.
  const unranged =
    state.publication === 'advisory'
      ? []
      : state.branches.filter(({ affected, range }) => affected && range === undefined)
  return {
    rangesOf: unranged.map(({ name }) => name),
    versionsOf: unnamed.map(({ name }) => name),
    workaround: state.advisory !== undefined && state.advisory.workaround === undefined,
    cve: state.cve === undefined && !getsNoCve(policy, state),
  }
}
