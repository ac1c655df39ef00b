import { score } from '@embargo/documents'
import type { Severity } from '@embargo/core'

/** `high`, 7.5 */
export type Rating = { readonly severity: Severity; readonly score: number }

/** The rating in a CVSS vector; undefined if it cannot be scored, or has no severity. */
export function ratingOf(vector: string): Rating | undefined {
  const scored = score(vector)
  if (!scored.ok || scored.cvss.severity === 'none') return undefined
  const { severity, score: points } = scored.cvss
  return { severity, score: points }
}
