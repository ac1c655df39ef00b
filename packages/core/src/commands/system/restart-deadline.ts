import { after } from '../../policy/calendar.ts'
import type { Clock } from '../../deadlines/clock.ts'
import { policyFor } from '../../state/policy-for.ts'
import type { Policy } from '../../policy/schema.ts'
import { later } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { CaseState } from '../../state/state.ts'
import { closesBySilence } from './close-on-no-reply.ts'

/**
 * Until when somebody may answer after all, where silence is about to count and nothing ran when it should have been told:
 * nobody could say no to a signal then, no reminder left, and no mail came in. A signal waits its whole time again. A
 * reporter is asked once more, and has the time that they have after the last reminder. Nothing for a clock that only
 * tells.
 */
export function timeAgain(
  whole: Policy,
  state: CaseState,
  { clock, start, due, moments }: Clock,
  { fraction, at }: { readonly fraction: number; readonly at: Instant },
): Instant | undefined {
  // The only reminder that their reporter gets of a patch (`nudge.ts`) is still to be told.
  if (clock.startsWith('reporter-verification/'))
    return moments.some((moment) => moment.fraction < 1) ? later(at, (due - start) / 2) : undefined
  if (fraction < 1) return undefined
  const { calendar, clocks } = policyFor(whole, state)
  if (clock.startsWith('signal/')) return after(calendar, at, clocks.signalSilence)
  if (clock !== 'needs-info' || !closesBySilence(state)) return undefined
  const { closeAfter, fractions } = clocks.needsInfo
  const lastReminder = Math.max(0, ...fractions.filter((fraction) => fraction < 1))
  return later(at, (after(calendar, at, closeAfter) - at) * (1 - lastReminder))
}
