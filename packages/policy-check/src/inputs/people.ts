import { DAY, later } from '@embargo/core'
import type { PeopleRequest } from '@embargo/core'
import { CASE } from '../scenario.ts'
import type { InputsOf } from './inputs-by-verb.ts'

/** Who owns the case, who joins it and who leaves it: each person for themself, and each by another. */
export const PEOPLE: InputsOf<PeopleRequest> = {
  'people.invite': ({ people, scenario: { late } }) =>
    (late === undefined ? people : [...people, late]).map((person) => ({ verb: 'people.invite', case: CASE, person })),
  'people.consent': () => [true, false].map((agreed) => ({ verb: 'people.consent', case: CASE, agreed })),
  away: ({ now }) => [
    { verb: 'away', case: CASE, until: later(now, DAY) },
    { verb: 'away', case: CASE, until: 'back' },
  ],
  'people.handoff': ({ people }) => people.map((to) => ({ verb: 'people.handoff', case: CASE, to })),
  'people.remove': ({ people }) => people.map((person) => ({ verb: 'people.remove', case: CASE, person })),
  take: () => [{ verb: 'take', case: CASE }],
  'people.conflict': ({ people }) =>
    people.map((person) => ({ verb: 'people.conflict', case: CASE, person, reason: 'because' })),
}
