import { embargoInForce } from '../state/embargo/evolve.ts'
import { isoInstant } from '../shared/instant.ts'
import { plannedDate } from './planned-date.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** The end of an embargo is the latest date, so a release is planned before it. */
export const insideEmbargo: Gate = (context) => {
  const { state } = context
  const planned = plannedDate(context)
  if (planned === undefined || !embargoInForce(state.em) || planned.at <= state.em.end) return undefined
  return refuse(
    'inside-embargo',
    `${isoInstant(planned.at)} is after the embargo’s end, ${isoInstant(state.em.end)}.`,
    [
      { who: 'any team member', how: 'names an earlier date', verb: planned.verb, here: true },
      { who: 'the reporter and the team', how: 'agree on a later end' },
    ],
  )
}
