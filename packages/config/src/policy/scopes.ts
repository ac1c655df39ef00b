import { policyFor, Severity } from '@embargo/core'
import type { Policy } from '@embargo/core'
import type { Path, PolicyText } from './policy-text.ts'

/** A place in the policy that may have sections, and the policy that results for its cases. */
export type PolicyScope = { readonly base: Path; readonly own: Policy }

/** Not a possible project id: the settings of a severity for all projects. */
const EACH_PROJECT = ''

/** The policy as a whole, each severity, each project, and each severity of a project. */
export const scopesOf = (policy: Policy): readonly PolicyScope[] => [
  { base: [], own: policy },
  ...ofSeverities(policy, EACH_PROJECT, []),
  ...policy.projects.flatMap(({ id }, index) => {
    const base = ['projects', index, 'policy']
    return [{ base, own: policyFor(policy, { project: id }) }, ...ofSeverities(policy, id, base)]
  }),
]

const ofSeverities = (policy: Policy, project: string, base: Path): readonly PolicyScope[] =>
  Severity.options.map((severity) => ({
    base: [...base, 'severities', severity],
    own: policyFor(policy, { project, severity }),
  }))

/**
 * Whether a scope sets any of these keys itself. If not, it only repeats the policy as a whole, where the problem is already
 * reported.
 */
export const setsAny = (text: PolicyText, { base }: Pick<PolicyScope, 'base'>, keys: readonly Path[]): boolean =>
  base.length === 0 || keys.some((key) => text.found([...base, ...key]) !== undefined)
