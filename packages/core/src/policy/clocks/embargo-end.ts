import { embargoInForce } from '../../embargo/evolve.ts'
import { later } from '../../shared/instant.ts'
import { after } from '../calendar.ts'
import { ownerOf } from './clock.ts'
import type { ClockRule } from './clock.ts'

/** To the end of the embargo. Nothing is published by it: people are warned, and the embargo exits. */
export const embargoEnd: ClockRule = (context) => {
  const { policy, state } = context
  if (!embargoInForce(state.em)) return []
  const start = state.openedAt
  const due = state.em.end
  const warnings = policy.clocks.embargoWarnings
    .map((before) => later(due, start - after(policy.calendar, start, before)))
    .filter((moment) => moment > start)
    .map((moment) => ({ fraction: (moment - start) / (due - start), at: moment }))
  return [
    {
      clock: 'embargo-end',
      stream: state.id,
      round: due,
      start,
      due,
      owner: ownerOf(context),
      about: 'the embargo ends',
      moments: [...warnings, { fraction: 1, at: due, breach: true }],
    },
  ]
}
