import { mergeIdentities } from '@embargo/core'
import type { PolicyInForce } from '@embargo/core'
import type { Deps } from '../deps.ts'
import type { CaseRow } from '../ports/event-store.ts'
import { keyMarksOf } from '../keys/key-marks.ts'
import { arrange } from './world.ts'
import type { LoadedStreams } from './world.ts'

/** The version of the format of the rows. To be increased when their content changes. */
const SHAPE = 9

/** The version of a row: the policy that its times depend on, and the shape of the row. */
export const projectionVersion = ({ hash }: PolicyInForce): string => `${SHAPE}:${hash}`

/** The rows of all loaded cases for the read model. The row of a case may depend on its release. */
export function rowsOf(
  { domain, policy, keys }: Pick<Deps, 'domain' | 'policy' | 'keys'>,
  loaded: LoadedStreams,
): readonly CaseRow[] {
  return [...loaded].flatMap(([stream, { state }]) => {
    if (state?.kind !== 'case') return []
    const row = domain.rowOf(policy.policy, mergeIdentities(policy.policy, arrange(loaded, stream)))
    const keyMarks = keyMarksOf(keys, state)
    return row === undefined
      ? []
      : [{ ...row, ...(keyMarks.length > 0 && { keyMarks }), projection: projectionVersion(policy) }]
  })
}
