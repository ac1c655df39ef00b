import { embargoInForce } from '../../embargo/evolve.ts'
import { isoInstant } from '../../shared/instant.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** The end of an embargo is the latest date, so a release is planned before it. */
export const insideEmbargo: Gate = ({ state, request }) => {
  if (request.verb !== 'prenotify' || request.at === undefined || !embargoInForce(state.em)) return undefined
  if (request.at <= state.em.end) return undefined
  return refuse(
    'inside-embargo',
    `${isoInstant(request.at)} is after the embargo’s end, ${isoInstant(state.em.end)}.`,
    [
      { who: 'any team member', how: 'names an earlier date', verb: 'prenotify' },
      { who: 'the reporter and the team', how: 'agree on a later end' },
    ],
  )
}
