import { upTo } from '../state/report/severity-history.ts'
import type { SeverityHistory } from '../state/report/severity-history.ts'
import { DAY, earliest, latest, later, MINUTE } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Severity } from '../shared/words.ts'
import { after } from '../policy/calendar.ts'
import type { Policy } from '../policy/schema.ts'

/**
 * The facts that decide when a fix is due. `since` has, for each severity, the instant from which the case was known to
 * be at least that severe. `end` is the end of the embargo.
 */
type SeverityFacts = { readonly severity: Severity; readonly since: SeverityHistory; readonly end: Instant | undefined }

/**
 * A fix is due at the latest this long before the embargo’s end, because recipients must be told before the
 * publication.
 */
export const FIX_BEFORE_EMBARGO_END = 14 * DAY

/**
 * When a verified fix is due. It is due when the policy's time for this severity has passed since
 * the case was known to be this severe. If an earlier, milder rating gives an earlier date, that date counts. If the
 * embargo has an end, the fix is due at the latest two weeks before that end. The deadline and `embargo stats` both use
 * this date.
 */
export function fixDue({ calendar, clocks }: Policy, start: Instant, { severity, since, end }: SeverityFacts): Instant {
  const known = since[severity] ?? start
  const milder = upTo(severity).filter((one) => (since[one] ?? start) < known)
  const usual = [...milder, severity]
    .map((one) => after(calendar, since[one] ?? start, clocks.fixReady[one]))
    .reduce(earliest)
  const last = end === undefined ? usual : later(end, -FIX_BEFORE_EMBARGO_END)
  // If the embargo ends less than two weeks after the start, the fix is due at once.
  return latest(earliest(usual, last), later(start, MINUTE))
}
