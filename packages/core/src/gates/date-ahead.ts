import { isoInstant, later, latest, MINUTE } from '../shared/instant.ts'
import { nextReleaseInstants } from '../policy/calendar.ts'
import { datesLater, leadOf } from '../state/lead.ts'
import { plannedDate } from './planned-date.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Nobody is told of a date that is past: asked when it is named, and again when a second person says yes to it. */
export const dateAhead: Gate = (context) => {
  const planned = plannedDate(context)
  const { policy, state, at } = context
  if (planned === undefined || planned.at > at) return undefined
  const [next] = nextReleaseInstants(policy, latest(later(at, MINUTE), datesLater(at, leadOf(policy, state).dates)), 1)
  return refuse('date-ahead', `${isoInstant(planned.at)} is past.`, [
    {
      who: 'any team member',
      how: next === undefined ? 'names a date ahead' : `names ${isoInstant(next)} or later`,
      verb: planned.verb,
      here: true,
    },
  ])
}
