import type { PersonRequest } from '../vocabulary/command.ts'
import { changedAbsence } from './people/absence.ts'
import { onCase } from './handler.ts'
import type { Handler } from './handler.ts'

/**
 * Records when a person is away. During that time their tasks go to the next in line, and no case is offered to them.
 * They may still act and approve.
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
