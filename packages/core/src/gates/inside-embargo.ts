import { embargoInForce } from '../state/embargo/evolve.ts'
import { isoInstant } from '../shared/instant.ts'
import { noDateNamed, plannedDate } from './planned-date.ts'
import { defineGate, refuse } from './gate.ts'
import { dateFact, embargoFact } from './facts.ts'

export const insideEmbargo = defineGate({
  id: 'inside-embargo',
  rule: 'The release must come before the end of the embargo.',
  check: (context) => {
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
  },
  passes: (context) => `${dateFact(context)} ${embargoFact(context)}`,
  notAsked: noDateNamed,
  means: 'The embargo’s end is the latest date for the release.',
  instead: 'Name an earlier date, or agree with the reporter on a later end of the embargo with `embargo until`.',
})
