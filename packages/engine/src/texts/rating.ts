import { score } from '@embargo/documents'
import type { Severity } from '@embargo/core'

/** `high`, 7.5 */
export type Rating = { readonly severity: Severity; readonly score: number }

/** What a CVSS vector says; nothing where it cannot be scored, or says that there is no severity. */
export function ratingOf(vector: string): Rating | undefined {
  const scored = score(vector)
  if (!scored.ok || scored.cvss.severity === 'none') return undefined
  const { severity, score: points } = scored.cvss
  return { severity, score: points }
}
