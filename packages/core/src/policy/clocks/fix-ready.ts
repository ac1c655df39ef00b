import { embargoInForce } from '../../embargo/evolve.ts'
import { deadline, inThisRound, severityOf } from './clock.ts'
import { fixDue } from './fix-due.ts'
import type { ClockRule } from './clock.ts'

/** From the rating, or the round’s beginning, to a verified fix, and never later than the policy says before the embargo's end. */
export const fixReady: ClockRule = (context) => {
  const { policy, state, release } = context
  const works = state.rm === 'valid' || state.rm === 'accepted'
  if (!works || state.cs.fixReady !== undefined || release?.is === 'released' || state.publication === 'none') return []
  const start = inThisRound(state, state.ratedAt ?? state.decidedAt ?? state.openedAt)
  const end = embargoInForce(state.em) ? state.em.end : undefined
  const due = fixDue(policy, { start, severity: severityOf(state), end })
  return [deadline(context, { clock: 'fix-ready', start, due, round: due, about: 'have a verified fix' })]
}
