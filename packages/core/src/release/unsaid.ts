import { branchesToFix } from '../case/stage.ts'
import type { CaseState } from '../case/state.ts'
import { uncheckedFix } from './unchecked.ts'

/** What a public text could say of a case and nobody stated: the branches whose fixed version has no name, and a workaround. */
export type Unsaid = { readonly versionsOf: readonly string[]; readonly workaround: boolean }

/** The texts leave out what is missing here, so it is asked for before anybody approves them. */
export function unsaidOf(state: CaseState): Unsaid {
  const isFixed = state.cs.fixReady !== undefined || uncheckedFix(state).length > 0
  const unnamed =
    isFixed && state.publication !== 'advisory'
      ? branchesToFix(state).filter(
          ({ waived, fixedVersion }) => waived?.kind !== 'not-fixed' && fixedVersion === undefined,
        )
      : []
  return { versionsOf: unnamed.map(({ name }) => name), workaround: state.advisory?.workaround === undefined }
}
