import { instant, latest } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { counted } from '../state/world/signals.ts'
import { after } from '../policy/calendar.ts'
import type { Duration } from '../policy/duration.ts'
import { deadline } from './clock.ts'
import type { Clock, ClockContext, ClockRule } from './clock.ts'

/**
 * The three reports that the EU Cyber Resilience Act asks for (Regulation (EU) 2024/2847, article 14): from when the vendor
 * knew that the vulnerability is exploited, and the last one from when a fix or a workaround is public too.
 */
export const cra: ClockRule = (context) => {
  const { policy, state } = context
  const { on, earlyWarning, notification, final } = policy.clocks.cra
  const known = knownSince(state)
  // The case that a merge goes on in reports for both.
  if (!on || known === undefined || state.mergedInto !== undefined) return []
  return [
    ...report(context, 'cra-early-warning', known, earlyWarning),
    ...report(context, 'cra-notification', known, notification),
    ...(state.publishedAt === undefined ? [] : report(context, 'cra-final', latest(state.publishedAt, known), final)),
  ]
}

/** When somebody of the team knew: they said so before a second person, or half an hour, made it count. */
function knownSince(state: ClockContext['state']): Instant | undefined {
  const { attacks } = state.cs
  const said = counted(state, 'attack').map(({ raisedAt }) => raisedAt)
  return attacks === undefined ? undefined : instant(Math.min(attacks, ...said))
}

type Report = 'cra-early-warning' | 'cra-notification' | 'cra-final'

const ABOUT: Readonly<Record<Report, string>> = {
  'cra-early-warning': 'send the early warning that the Cyber Resilience Act asks for',
  'cra-notification': 'send the notification that the Cyber Resilience Act asks for',
  'cra-final': 'send the final report that the Cyber Resilience Act asks for',
}

function report(context: ClockContext, clock: Report, start: Instant, within: Duration): readonly Clock[] {
  if (context.state.duties?.[clock] !== undefined) return []
  const due = after(context.policy.calendar, start, within)
  return [deadline(context, { clock, start, due, about: ABOUT[clock], fractions: [0.5, 0.8, 1] })]
}
