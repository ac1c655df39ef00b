import { upTo } from '../state/report/severity-history.ts'
import type { SeverityHistory } from '../state/report/severity-history.ts'
import { DAY, earliest, latest, later, MINUTE } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Severity } from '../shared/words.ts'
import { after } from '../policy/calendar.ts'
import type { Policy } from '../policy/schema.ts'

/**
 * The facts that decide when a fix is due. `since`: for each severity, from when the case was known to be at least that
 * severe. `end`: the end of the embargo.
 */
type SeverityFacts = { readonly severity: Severity; readonly since: SeverityHistory; readonly end: Instant | undefined }

/** A fix is due this long before the embargo’s end at the latest, so that recipients can be told. */
export const FIX_BEFORE_EMBARGO_END = 14 * DAY

/**
 * When a verified fix is due (process, section 5): within the policy's time after the case was known to be this severe,
 * or earlier if a milder rating required it. Two weeks before the end of the embargo is the latest. The deadline and
 * `embargo stats` both use this.
 */
export function fixDue({ calendar, clocks }: Policy, start: Instant, { severity, since, end }: SeverityFacts): Instant {
  const known = since[severity] ?? start
  const milder = upTo(severity).filter((one) => (since[one] ?? start) < known)
  const usual = [...milder, severity]
    .map((one) => after(calendar, since[one] ?? start, clocks.fixReady[one]))
    .reduce(earliest)
  const last = end === undefined ? usual : later(end, -FIX_BEFORE_EMBARGO_END)
  // If the embargo ends too soon to leave these two weeks, the fix is due at once.
  return latest(earliest(usual, last), later(start, MINUTE))
}
