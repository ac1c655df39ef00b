import { mergeIdentities } from '@embargo/core'
import type { PolicyInForce } from '@embargo/core'
import type { Deps } from '../deps.ts'
import type { CaseRow } from '../ports/event-store.ts'
import { arrange } from './world.ts'
import type { LoadedStreams } from './world.ts'

/** Raised by one when a line of the read model says more, or otherwise, than it did. */
const SHAPE = 7

/** The version of a line: the policy that its times depend on, and the shape of the line. */
export const projectionVersion = ({ hash }: PolicyInForce): string => `${SHAPE}:${hash}`

/** The read model's lines of all cases at hand; what one case shows may depend on its release. */
export function rowsOf({ domain, policy }: Pick<Deps, 'domain' | 'policy'>, loaded: LoadedStreams): readonly CaseRow[] {
  return [...loaded].flatMap(([stream, { state }]) => {
    const row =
      state?.kind === 'case'
        ? domain.rowOf(policy.policy, mergeIdentities(policy.policy, arrange(loaded, stream)))
        : undefined
    return row === undefined ? [] : [{ ...row, projection: projectionVersion(policy) }]
  })
}
