import { policyFor, Severity } from '@embargo/core'
import type { Policy } from '@embargo/core'
import type { Path, PolicyText } from './policy-text.ts'

/** A place of the policy where sections may be written, and the policy as it holds for the cases that it is for. */
export type PolicyScope = { readonly base: Path; readonly own: Policy }

/** No project can be called so: what a severity settles for all of them. */
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
 * Whether a place says something of these keys itself. One that does not repeats what was said of the whole, and that is
 * told of there.
 */
export const setsAny = (text: PolicyText, { base }: Pick<PolicyScope, 'base'>, keys: readonly Path[]): boolean =>
  base.length === 0 || keys.some((key) => text.found([...base, ...key]) !== undefined)
