import { isoInstant } from '../../shared/instant.ts'
import { datesBetween, leadDates, nextReleaseInstants } from '../calendar.ts'
import { later, DAY } from '../../shared/instant.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** Recipients get the lead that the list promises, counted in dates. */
export const leadTime: Gate = ({ policy, state, request, at }) => {
  if (request.verb !== 'prenotify' || request.at === undefined) return undefined
  const needed = leadDates(policy.prenotification.lead[state.severity ?? 'high'])
  const given = datesBetween(at, request.at)
  if (given >= needed) return undefined
  const [next] = nextReleaseInstants(policy, later(at, needed * DAY), 1)
  return refuse(
    'lead-time',
    `The list is promised ${needed} days, and ${isoInstant(request.at)} is ${given} days away.`,
    [
      {
        who: 'any team member',
        how: next === undefined ? 'names a later date' : `names ${isoInstant(next)} or later`,
        verb: 'prenotify',
      },
    ],
    { needed, given },
  )
}
