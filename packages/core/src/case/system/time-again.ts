import { after } from '../../policy/calendar.ts'
import type { Clock } from '../../policy/clocks/clock.ts'
import { policyFor } from '../../policy/policy-for.ts'
import type { Policy } from '../../policy/schema.ts'
import { later } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { CaseState } from '../state.ts'
import { closesBySilence } from './silence.ts'

/**
 * Until when somebody may answer after all, where silence is about to change the state and nothing ran when the time was
 * up: nobody could say no to a signal then, and no mail came in. A signal waits its whole time again. A reporter is asked
 * once more, and has the time that they have after the last reminder. Nothing for a clock that only tells.
 */
export function timeAgain(
  whole: Policy,
  state: CaseState,
  { clock }: Pick<Clock, 'clock'>,
  at: Instant,
): Instant | undefined {
  const { calendar, clocks } = policyFor(whole, state)
  if (clock.startsWith('signal/')) return after(calendar, at, clocks.signalSilence)
  if (clock !== 'needs-info' || !closesBySilence(state)) return undefined
  const { closeAfter, fractions } = clocks.needsInfo
  const lastReminder = Math.max(0, ...fractions.filter((fraction) => fraction < 1))
  return later(at, (after(calendar, at, closeAfter) - at) * (1 - lastReminder))
}
