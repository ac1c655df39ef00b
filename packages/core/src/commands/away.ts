import { changedAbsence } from './people/absence.ts'
import { onCase } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { DAY, later } from '../shared/instant.ts'

/**
 * Records when a person is away. During that time, the person's tasks go to the next person in line, and no case is
 * offered to the person. The person may still act and approve.
 */
export const away = defineRequest({
  verb: 'away',
  gates: [],
  decide: (context) => {
    const { state, request, person, at } = context
    if (person === undefined) return onCase(context, [])
    const absence = changedAbsence(state.away?.[person.id], request, at)
    return 'ok' in absence ? absence : onCase(context, [{ type: 'PersonAway', person: person.id, ...absence }])
  },
  inputs: ({ id, now }) => [
    { verb: 'away', case: id, until: later(now, DAY) },
    { verb: 'away', case: id, until: 'back' },
  ],
})
