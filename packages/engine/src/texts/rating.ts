import { score } from '@embargo/documents'
import type { Severity } from '@embargo/core'

/** For example `high` and 7.5. */
export type Rating = { readonly severity: Severity; readonly score: number }

/** The rating in a CVSS vector; undefined if it cannot be scored, or has no severity. */
export function ratingOf(vector: string): Rating | undefined {
  const scored = score(vector)
  if (!scored.ok || scored.cvss.severity === 'none') return undefined
  const { severity, score: points } = scored.cvss
  return { severity, score: points }
}

/** Why a CVSS vector cannot rate a vulnerability, and what to write instead; undefined if it can. */
export function vectorProblem(vector: string): string | undefined {
  const scored = score(vector)
  if (!scored.ok) return scored.problem.message
  return scored.cvss.severity === 'none' ? 'The vector scores 0.0, so it says that nothing is harmed.' : undefined
}
