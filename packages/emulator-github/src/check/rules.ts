import type { AdvisoryState, Advisory } from '../state.ts'
import type { AdvisoryBody } from './bodies.ts'
import { scoreOf } from './vectors.ts'

/**
 * By state of an advisory: the states that can follow. A private report (`triage`) is accepted or closed. A published
 * advisory stays published.
 */
const TRANSITIONS: Readonly<Record<AdvisoryState, readonly AdvisoryState[]>> = {
  triage: ['draft', 'closed'],
  draft: ['published', 'closed'],
  closed: ['draft'],
  published: [],
  withdrawn: [],
}

/** GitHub's answer to a change of state that it does not allow; undefined if it allows the change. */
export function transitionMistake({ state }: Advisory, to: AdvisoryState | undefined): string | undefined {
  if (to === undefined || to === state || TRANSITIONS[state].includes(to)) return undefined
  return `Invalid state transition from \`${state}\` to \`${to}\`.`
}

/**
 * GitHub's answer to a body with a wrong rating; undefined if the rating is right. A body may set a severity or a CVSS
 * vector, but not both: GitHub derives the severity from the vector.
 */
export function ratingMistake(
  { severity, cvss_vector_string: vector }: Pick<AdvisoryBody, 'severity' | 'cvss_vector_string'>,
  before?: Advisory,
): string | undefined {
  if (typeof severity === 'string' && typeof vector === 'string')
    return 'You must choose between setting `severity` or `cvss_vector_string`.'
  if (typeof vector === 'string' && scoreOf(vector) === undefined) return 'CVSS vector string is invalid.'
  const hasVector = before !== undefined && Object.keys(before.vectors).length > 0
  if (typeof severity === 'string' && hasVector && vector !== null)
    return 'Cannot update severity value when CVSS is set.'
  return undefined
}

/** What an advisory lacks to be published. */
export function publicationMistake(advisory: Advisory): string | undefined {
  if (advisory.severity === undefined) return 'Severity must be set before the advisory is published.'
  if (advisory.vulnerabilities.length === 0) return 'At least one affected product is required.'
  if (advisory.vulnerabilities.some(({ name }) => name === null || name === '')) return 'A package name is missing.'
  return undefined
}
