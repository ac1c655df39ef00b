import { embargoInForce } from '../state/embargo/evolve.ts'
import { deadline, inThisRound, severityOf } from './clock.ts'
import { fixDue } from './fix-due.ts'
import type { ClockRule } from './clock.ts'

/** From the round’s first rating to a verified fix. Rated worse it is due sooner, if anything (see `fixDue`). */
export const fixReady: ClockRule = (context) => {
  const { policy, state, release } = context
  const works = state.rm === 'valid' || state.rm === 'accepted'
  if (!works || state.cs.fixReady !== undefined || release?.is === 'released' || state.publication === 'none') return []
  const since = state.severeSince ?? {}
  const start = since.low ?? inThisRound(state, state.openedAt)
  const end = embargoInForce(state.em) ? state.em.end : undefined
  const due = fixDue(policy, start, { severity: severityOf(state), since, end })
  return [deadline(context, { clock: 'fix-ready', start, due, round: due, about: 'have a verified fix' })]
}
