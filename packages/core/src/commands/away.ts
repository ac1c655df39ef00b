import type { PersonRequest } from '../vocabulary/command.ts'
import { changedAbsence } from './people/absence.ts'
import { onCase } from './handler.ts'
import type { Handler } from './handler.ts'

/**
 * A person says when they are not there. What would be theirs to do goes to the next in line for that time, and no case is
 * offered to them. They may act and approve all the same.
 */
export const away: Handler<Extract<PersonRequest, { verb: 'away' }>> = {
  gates: [],
  decide: (context) => {
    const { state, request, person, at } = context
    if (person === undefined) return onCase(context, [])
    const said = changedAbsence(state.away?.[person.id], request, at)
    return 'ok' in said ? said : onCase(context, [{ type: 'PersonAway', person: person.id, ...said }])
  },
}
