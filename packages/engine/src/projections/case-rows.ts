import { mergeIdentities } from '@embargo/core'
import type { PolicyInForce } from '@embargo/core'
import type { Deps } from '../deps.ts'
import type { CaseRow } from '../ports/event-store.ts'
import { arrange } from './world.ts'
import type { LoadedStreams } from './world.ts'

/** Raised by one when a row of the read model gets other content. */
const SHAPE = 7

/** The version of a row: the policy that its times depend on, and the shape of the row. */
export const projectionVersion = ({ hash }: PolicyInForce): string => `${SHAPE}:${hash}`

/** The read model's rows of all loaded cases; one case's row may depend on its release. */
export function rowsOf({ domain, policy }: Pick<Deps, 'domain' | 'policy'>, loaded: LoadedStreams): readonly CaseRow[] {
  return [...loaded].flatMap(([stream, { state }]) => {
    const row =
      state?.kind === 'case'
        ? domain.rowOf(policy.policy, mergeIdentities(policy.policy, arrange(loaded, stream)))
        : undefined
    return row === undefined ? [] : [{ ...row, projection: projectionVersion(policy) }]
  })
}
