import type { Instant } from '../../shared/instant.ts'
import { Severity } from '../../shared/words.ts'

/** For each severity, since when a case has been known to be at least that severe. */
export type SeverityHistory = Readonly<Partial<Record<Severity, Instant>>>

const MILDEST_FIRST: readonly Severity[] = Severity.options.toReversed()

/** A severity and all milder ones, the mildest first: a high case is at least moderate too. */
export const upTo = (severity: Severity): readonly Severity[] =>
  MILDEST_FIRST.slice(0, MILDEST_FIRST.indexOf(severity) + 1)

/** The history after a case is rated this severe. A milder rating later does not erase an earlier one. */
export function recordSeverity(known: SeverityHistory, severity: Severity, at: Instant): SeverityHistory {
  const news = upTo(severity).map((one): readonly [Severity, Instant] => [one, known[one] ?? at])
  return { ...known, ...Object.fromEntries(news) }
}

/**
 * The history after the first rating of a case. Until that rating, the case counted as high. The rated severity and all
 * milder ones keep their times, or get `at` if they have none. More severe ones are removed.
 */
export function recordFirstRating(counted: SeverityHistory, severity: Severity, at: Instant): SeverityHistory {
  const kept = upTo(severity).map((one): readonly [Severity, Instant] => [one, counted[one] ?? at])
  return Object.fromEntries(kept)
}

/**
 * The history of a case that was just opened, reopened or taken up again. An unrated case counts as high.
 */
export const initialSeverity = (severity: Severity = 'high', at: Instant): SeverityHistory =>
  recordSeverity({}, severity, at)
