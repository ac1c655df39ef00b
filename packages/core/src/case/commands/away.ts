import type { PersonRequest } from '../command.ts'
import { DAY, isoInstant, later } from '../../shared/instant.ts'
import { onCase, senseless, you } from './handler.ts'
import type { Handler } from './handler.ts'

/** Who is away for longer has left: a case must not wait for a date that somebody mistyped. */
const LONGEST_DAYS = 366

/**
 * A person says when they are not there. What would be theirs to do goes to the next in line for that time, and no case is
 * offered to them. They may act and approve all the same.
 */
export const away: Handler<Extract<PersonRequest, { verb: 'away' }>> = {
  gates: [],
  decide: (context) => {
    const { state, request, person, at } = context
    if (person === undefined) return onCase(context, [])
    const said = state.away?.[person.id]
    if (request.until === 'back') {
      if (said === undefined || said.until <= at) return onCase(context, [], 'You are not away.')
      return onCase(context, [{ type: 'PersonAway', person: person.id, from: said.from, until: at }])
    }
    const { from = at, until } = request
    if (until <= from || until <= at)
      return senseless('That time is over already.', you('name a day to come, or: back', 'away'))
    if (until > later(at, LONGEST_DAYS * DAY))
      return senseless(`That is more than ${LONGEST_DAYS} days away.`, [
        ...you(`name a day before ${isoInstant(later(at, LONGEST_DAYS * DAY))}`, 'away'),
        ...you('hand your cases over', 'handoff'),
      ])
    // Without a beginning it is now: asked again, the first one stands.
    const same = said?.until === until && (request.from === undefined ? said.from <= at : said.from === from)
    if (same) return onCase(context, [], 'That is known already.')
    return onCase(context, [{ type: 'PersonAway', person: person.id, from, until }])
  },
}
