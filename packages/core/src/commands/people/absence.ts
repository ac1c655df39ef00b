import { nothingToDo, senseless, you } from '../decisions.ts'
import type { Decision } from '../../vocabulary/decision.ts'
import { DAY, isoInstant, later } from '../../shared/instant.ts'
import type { Instant } from '../../shared/instant.ts'
import type { Absence } from '../../state/people/people-state.ts'

/**
 * The longest absence. A person who is away for longer should hand over their cases. The limit also catches mistyped
 * dates, which could delay a case.
 */
const LONGEST_DAYS = 366

type AbsenceRequest = { readonly from?: Instant; readonly until: Instant | 'back' }

/** Returns the absence to record, a note that it is recorded already, or a refusal. */
export function changedAbsence(
  known: Absence | undefined,
  { from, until }: AbsenceRequest,
  at: Instant,
): Absence | Decision {
  if (until === 'back')
    return known === undefined || known.until <= at ? nothingToDo('You are not away.') : { from: known.from, until: at }
  const begins = from ?? at
  if (until <= begins || until <= at)
    return senseless('That time is over already.', you('name a later day, or "back"', 'away'))
  if (until > later(at, LONGEST_DAYS * DAY))
    return senseless(`That is more than ${LONGEST_DAYS} days away.`, [
      ...you(`name a day before ${isoInstant(later(at, LONGEST_DAYS * DAY))}`, 'away'),
      { who: 'you', how: 'hand your cases over', verb: 'people.handoff', instead: true },
    ])
  // Without a start, the absence begins now. But if an absence with the same end has begun already, its start is kept.
  const same = known?.until === until && (from === undefined ? known.from <= at : known.from === from)
  return same ? nothingToDo('That is known already.') : { from: begins, until }
}
