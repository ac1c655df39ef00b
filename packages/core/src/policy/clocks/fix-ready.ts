import { embargoInForce } from '../../embargo/evolve.ts'
import { earliest, latest, later, MINUTE } from '../../shared/instant.ts'
import { after, before } from '../calendar.ts'
import { deadline, severityOf } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** From the rating to a verified fix, and never later than the policy says before the embargo's end. */
export const fixReady: ClockRule = (context) => {
  const { policy, state, release } = context
  const works = state.rm === 'valid' || state.rm === 'accepted'
  if (!works || state.cs.fixReady !== undefined || release?.is === 'released' || state.publication === 'none') return []
  const start = state.ratedAt ?? state.decidedAt ?? state.openedAt
  const usual = after(policy.calendar, start, policy.clocks.fixReady[severityOf(state)])
  const latestDue = embargoInForce(state.em)
    ? before(policy.calendar, state.em.end, policy.clocks.fixBeforeEmbargoEnd)
    : usual
  // An embargo that ends sooner than that leaves no time at all: it is due at once.
  const due = latest(earliest(usual, latestDue), later(start, MINUTE))
  return [deadline(context, { clock: 'fix-ready', start, due, round: due, about: 'have a verified fix' })]
}
