import { embargoInForce } from '../state/embargo/evolve.ts'
import { before } from '../policy/calendar.ts'
import { ownerOf } from './clock.ts'
import type { ClockRule, Moment } from './clock.ts'

/** To the end of the embargo. Nothing is published by it: people are warned, and the embargo exits. */
export const embargoEnd: ClockRule = (context) => {
  const { policy, state } = context
  if (!embargoInForce(state.em)) return []
  const start = state.openedAt
  const due = state.em.end
  const warnings = policy.clocks.embargoWarnings
    .map((ahead) => before(policy.calendar, due, ahead))
    .filter((moment) => moment > start)
    .toSorted((a, b) => a - b)
    // The last warning is for everybody: after it nobody can be asked any more.
    .map((at, index, all): Moment => {
      const hears = index === all.length - 1 ? 'team' : 'owner'
      return { fraction: (at - start) / (due - start), at, hears }
    })
  return [
    {
      clock: 'embargo-end',
      stream: state.id,
      round: due,
      start,
      due,
      owner: ownerOf(context),
      about: 'the embargo ends',
      moments: [...warnings, { fraction: 1, at: due, breach: true, hears: 'admins' }],
    },
  ]
}
