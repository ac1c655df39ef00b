import { isoInstant, later, latest, MINUTE } from '../shared/instant.ts'
import { nextReleaseInstants } from '../policy/calendar.ts'
import { datesLater, leadOf } from '../state/lead.ts'
import { noDateNamed, plannedDate } from './planned-date.ts'
import { defineGate, refuse } from './gate.ts'
import { dateFact } from './facts.ts'

/**
 * The date must not have passed. This is checked when the date is named, and again when a second person approves it.
 */
export const dateAhead = defineGate({
  id: 'date-ahead',
  rule: 'The date must be in the future.',
  inFact: true,
  check: (context) => {
    const planned = plannedDate(context)
    const { policy, state, at } = context
    if (planned === undefined || planned.at > at) return undefined
    const [next] = nextReleaseInstants(
      policy,
      latest(later(at, MINUTE), datesLater(at, leadOf(policy, state).dates)),
      1,
    )
    return refuse('date-ahead', `${isoInstant(planned.at)} is past.`, [
      {
        who: 'any team member',
        how: next === undefined ? 'names a date ahead' : `names ${isoInstant(next)} or later`,
        verb: planned.verb,
        here: true,
      },
    ])
  },
  passes: dateFact,
  notAsked: noDateNamed,
  means:
    'Nobody can prepare for a date that has passed. The date is checked when it is named, and again when a second person approves it.',
  instead: 'Name a date in the future; move a planned release with `release move`.',
})
