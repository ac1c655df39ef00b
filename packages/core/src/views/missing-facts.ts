import { branchesToFix } from '../state/stage.ts'
import type { CaseState } from '../state/state.ts'
import { getsNoCve } from '../deadlines/no-cve.ts'
import type { Policy } from '../policy/schema.ts'
import { unverifiedFix } from '../state/release/unverified-fix.ts'

/** What a public text could say of a case and nobody stated. */
export type MissingFacts = {
  /** The branches whose affected versions have no name. */
  readonly rangesOf: readonly string[]
  /** The branches whose fixed version has no name. */
  readonly versionsOf: readonly string[]
  readonly workaround: boolean
  /** Nobody asked for a CVE id, where there is to be one. */
  readonly cve: boolean
}

/** The texts leave out what is missing here, so it is asked for before anybody approves them. */
export function missingFactsOf(state: CaseState, policy: Policy): MissingFacts {
  const isFixed = state.cs.fixReady !== undefined || unverifiedFix(state).length > 0
  const unnamed =
    isFixed && state.publication !== 'advisory'
      ? branchesToFix(state).filter(
          ({ waived, fixedVersion }) => waived?.kind !== 'not-fixed' && fixedVersion === undefined,
        )
      : []
  // What runs with us alone has no versions that a reader could have.
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
