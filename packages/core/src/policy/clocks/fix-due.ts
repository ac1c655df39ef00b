import { earliest, latest, later, MINUTE } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Severity } from '../../shared/words.ts'
import { after, before } from '../calendar.ts'
import type { Policy } from '../schema.ts'

/**
 * When a verified fix is due (process, section 5): so long after the rating, and never later than the policy says before
 * the embargo’s end, where one counts. The clock rings by it, and the report measures by it.
 */
export function fixDue(
  { calendar, clocks }: Policy,
  { start, severity, end }: { readonly start: Instant; readonly severity: Severity; readonly end: Instant | undefined },
): Instant {
  const usual = after(calendar, start, clocks.fixReady[severity])
  const last = end === undefined ? usual : before(calendar, end, clocks.fixBeforeEmbargoEnd)
  // An embargo that ends sooner than that leaves no time at all: it is due at once.
  return latest(earliest(usual, last), later(start, MINUTE))
}
