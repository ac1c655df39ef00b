import { policyFor } from '@embargo/core'
import type { Policy } from '@embargo/core'
import type { Path, PolicyText } from './policy-text.ts'

/**
 * The whole policy, or one project with its changes to the policy. `base`: the path in the file to the sections of this
 * scope. `own`: the policy that applies to the cases of this scope.
 */
export type PolicyScope = { readonly base: Path; readonly own: Policy }

/** The policy as a whole, and each project. */
export const scopesOf = (policy: Policy): readonly PolicyScope[] => [
  { base: [], own: policy },
  ...policy.projects.map(({ id }, index) => ({
    base: ['projects', index, 'policy'],
    own: policyFor(policy, { project: id }),
  })),
]

/**
 * Whether a scope itself sets any of these keys. If a project sets none of them, the values come from the whole policy,
 * so a mistake in the values is reported for the whole policy.
 */
export const setsAny = (text: PolicyText, { base }: Pick<PolicyScope, 'base'>, keys: readonly Path[]): boolean =>
  base.length === 0 || keys.some((key) => text.found([...base, ...key]) !== undefined)
