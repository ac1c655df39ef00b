import type { Instant } from '../../shared/instant.ts'
import { Severity } from '../../shared/words.ts'

/** Since when a case has been known to be at least so severe. */
export type SeverityHistory = Readonly<Partial<Record<Severity, Instant>>>

const MILDEST_FIRST: readonly Severity[] = Severity.options.toReversed()

/** A severity and all that are milder, the mildest first: what is high is at least moderate too. */
export const upTo = (severity: Severity): readonly Severity[] =>
  MILDEST_FIRST.slice(0, MILDEST_FIRST.indexOf(severity) + 1)

/** What was known of a case, now that it is so severe. What was known once stays known when it is rated milder. */
export function recordSeverity(known: SeverityHistory, severity: Severity, at: Instant): SeverityHistory {
  const news = upTo(severity).map((one): readonly [Severity, Instant] => [one, known[one] ?? at])
  return { ...known, ...Object.fromEntries(news) }
}

/** What somebody rates for the first time counted as high; the rating says how much of that is so. */
export function recordFirstRating(counted: SeverityHistory, severity: Severity, at: Instant): SeverityHistory {
  const kept = upTo(severity).map((one): readonly [Severity, Instant] => [one, counted[one] ?? at])
  return Object.fromEntries(kept)
}

/** A round begins with what is known by then. Nobody has rated it: that counts as high (process, section 5). */
export const initialSeverity = (severity: Severity = 'high', at: Instant): SeverityHistory =>
  recordSeverity({}, severity, at)
