import { DAY, later } from '@embargo/core'
import type { PeopleRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import type { InputsOf } from './inputs-by-verb.ts'

/** Who owns the case, who joins it and who leaves it: each person alone, and each by another. */
export const PEOPLE: InputsOf<PeopleRequest> = {
  invite: ({ people, scenario: { late } }) =>
    (late === undefined ? people : [...people, late]).map((person) => ({ verb: 'invite', case: CASE, person })),
  consent: () => [true, false].map((agreed) => ({ verb: 'consent', case: CASE, agreed })),
  away: ({ now }) => [
    { verb: 'away', case: CASE, until: later(now, DAY) },
    { verb: 'away', case: CASE, until: 'back' },
  ],
  handoff: ({ people }) => people.map((to) => ({ verb: 'handoff', case: CASE, to })),
  remove: ({ people }) => people.map((person) => ({ verb: 'remove', case: CASE, person })),
  take: () => [{ verb: 'take', case: CASE }],
  conflict: ({ people }) => people.map((person) => ({ verb: 'conflict', case: CASE, person, reason: 'because' })),
}
