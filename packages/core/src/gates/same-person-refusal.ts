import type { Lift, Refusal } from '../vocabulary/decision.ts'
import { personOf } from '../state/people/directory.ts'
import type { PersonId } from '../shared/ids.ts'
import type { GateId } from '../shared/gate-id.ts'
import type { Person, Policy } from '../policy/schema.ts'
import { refuse } from './gate.ts'

type People = Pick<Policy, 'people'>

const nameOf = (policy: People, id: PersonId): string => personOf(policy, id)?.name ?? id

/** The ways to show that two accounts belong to two different people. */
const distinctPersonLifts = (before: PersonId, person: PersonId): readonly Lift[] => [
  {
    who: 'an admin who is neither of the two',
    how: `records that they are two people: embargo people apart ${before} ${person}`,
  },
  { who: 'an admin', how: 'lists both, with their accounts, in the policy' },
]

/** Refuses if two accounts may belong to one person, because the decision needs two people. */
export function samePersonRefusal(gate: GateId, policy: People, before: PersonId, person: Person): Refusal {
  return refuse(gate, `${maybe(policy, before, person)}: nothing shows that they are two people.`, [
    { who: 'you', how: 'link the accounts, if both are yours', verb: 'link' },
    ...distinctPersonLifts(before, person.id),
  ])
}

/**
 * If one account is barred, another account that may belong to the same person is barred too. `because` says why the
 * first account is barred.
 */
export function barredPersonRefusal(
  gate: GateId,
  policy: People,
  { barred, person, because }: { readonly barred: PersonId; readonly person: Person; readonly because: string },
): Refusal {
  return refuse(
    gate,
    `${maybe(policy, barred, person)}, and ${nameOf(policy, barred)} ${because}: nothing shows that they are two people.`,
    distinctPersonLifts(barred, person.id),
  )
}

const maybe = (policy: People, before: PersonId, person: Person): string =>
  `${person.name} and ${nameOf(policy, before)} may be one person with two accounts`
