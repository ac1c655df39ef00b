import type { PeopleRequest } from '../../../case/requests/people.ts'
import { CASE } from '../arena.ts'
import type { InputsOf } from './inputs.ts'

/**
 * Rules ask whether a case has an owner and not which of the team it is, and a person who was removed may do what one with
 * a conflict may: nothing. So an offer and a removal lead to no place that a conflict and a taking do not.
 */
export const PEOPLE: InputsOf<PeopleRequest> = {
  // Only the team runs what moves a case, and all of it is on the case from the beginning.
  invite: () => [],
  consent: () => [],
  away: () => [],
  handoff: () => [],
  remove: () => [],
  take: () => [{ verb: 'take', case: CASE }],
  conflict: () => [{ verb: 'conflict', case: CASE, reason: 'because' }],
}
