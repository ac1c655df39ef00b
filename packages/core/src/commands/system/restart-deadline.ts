import { after } from '../../policy/calendar.ts'
import type { Clock } from '../../deadlines/clock.ts'
import { AFTER_LAST_NUDGE } from '../../deadlines/needs-info.ts'
import { policyFor } from '../../state/policy-for.ts'
import type { Policy } from '../../policy/schema.ts'
import { later } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { CaseState } from '../../state/state.ts'
import { closesOnNoReply } from './close-on-no-reply.ts'

/**
 * The new end of a deadline at which silence counts, when the program was not running at the old one: nobody could say
 * no to a signal then, no reminder left, and no mail came in. A signal waits its whole time again. A reporter is asked
 * once more, and has the time that follows the last reminder. Undefined for a deadline that only reminds.
 */
export function restartDeadline(
  whole: Policy,
  state: CaseState,
  { clock, start, due, moments }: Clock,
  { fraction, at }: { readonly fraction: number; readonly at: Instant },
): Instant | undefined {
  // The reporter of a patch gets a single reminder (`nudge.ts`), which is still to be sent.
  if (clock.startsWith('reporter-verification/'))
    return moments.some((moment) => moment.fraction < 1) ? later(at, (due - start) / 2) : undefined
  if (fraction < 1) return undefined
  const { calendar, clocks } = policyFor(whole, state)
  if (clock.startsWith('signal/')) return after(calendar, at, clocks.signalSilence)
  if (clock !== 'needs-info' || !closesOnNoReply(state)) return undefined
  return later(at, (after(calendar, at, clocks.needsInfo) - at) * AFTER_LAST_NUDGE)
}
