import type { Lift, Refusal } from '../../case/decision.ts'
import { refuse } from '../../policy/gates/gate.ts'
import type { GateId } from '../../policy/gate-id.ts'
import type { Person, Policy } from '../../policy/schema.ts'
import { PersonId } from '../../shared/ids.ts'
import { platformOfOne } from './account.ts'
import { ownAccountOn, personOf } from '../directory.ts'
import { mayBeOne } from './people-now.ts'

type People = Pick<Policy, 'people'>

export type OnePerson = 'yes' | 'perhaps' | 'no'

/**
 * Whether two ids are one person. `perhaps`: each is known by accounts where the other has none, and one of them by a
 * group alone, so one human may have both. Every seat that takes another person, every bar and every removal asks this.
 */
export function isOnePerson(policy: People, one: PersonId, other: PersonId): OnePerson {
  const [first, second] = [personOf(policy, one), personOf(policy, other)]
  if ((first?.id ?? one) === (second?.id ?? other)) return 'yes'
  if (first !== undefined && second !== undefined) return mayBeOne(first, second) ? 'perhaps' : 'no'
  if (first !== undefined) return wasPerhaps(other, first)
  if (second !== undefined) return wasPerhaps(one, second)
  const platforms = [platformOfOne(one), platformOfOne(other)]
  return !platforms.includes(undefined) && platforms[0] !== platforms[1] ? 'perhaps' : 'no'
}

/** Gone from their group: the one account that they were known by is all that is left of them. */
function wasPerhaps(gone: PersonId, person: Person): OnePerson {
  const platform = platformOfOne(gone)
  if (platform === undefined || person.apartFrom?.includes(gone) === true) return 'no'
  return ownAccountOn(person, platform) === undefined ? 'perhaps' : 'no'
}

/** Of several persons, the one whom somebody is; else the first whom they may be. */
export function whoOf(
  policy: People,
  several: readonly PersonId[],
  who: PersonId,
): { readonly person: PersonId; readonly one: 'yes' | 'perhaps' } | undefined {
  let perhaps: PersonId | undefined
  for (const person of several) {
    const one = isOnePerson(policy, person, who)
    if (one === 'yes') return { person, one }
    if (one === 'perhaps') perhaps ??= person
  }
  return perhaps === undefined ? undefined : { person: perhaps, one: 'perhaps' }
}

/** Of several persons, those who may be somebody with another account. */
export const whoMayBe = (
  policy: People,
  several: Readonly<Record<string, unknown>>,
  who: PersonId,
): readonly PersonId[] =>
  Object.keys(several)
    .map((id) => PersonId.parse(id))
    .filter((id) => isOnePerson(policy, id, who) === 'perhaps')

const nameOf = (policy: People, id: PersonId): string => personOf(policy, id)?.name ?? id

/** How two persons are known to be two. */
const toldApart = (before: PersonId, person: PersonId): readonly Lift[] => [
  { who: 'an admin who is neither', how: `says that they are two: embargo people apart ${before} ${person}` },
  { who: 'an admin', how: 'lists both, with their accounts, in the policy' },
]

/** Two seats that take two people are not filled while they may be one. */
export function perhapsOne(gate: GateId, policy: People, before: PersonId, person: Person): Refusal {
  return refuse(gate, `${maybe(policy, before, person)}: nothing says that they are two.`, [
    { who: 'you', how: 'link the accounts, if both are yours', verb: 'link' },
    ...toldApart(before, person.id),
  ])
}

/** What keeps one of two out keeps the other out while they may be one. `because` is said of the first. */
export function perhapsBarred(
  gate: GateId,
  policy: People,
  { barred, person, because }: { readonly barred: PersonId; readonly person: Person; readonly because: string },
): Refusal {
  return refuse(
    gate,
    `${maybe(policy, barred, person)}, and ${nameOf(policy, barred)} ${because}: nothing says that they are two.`,
    toldApart(barred, person.id),
  )
}

const maybe = (policy: People, before: PersonId, person: Person): string =>
  `${person.name} and ${nameOf(policy, before)} may be one person with two accounts`
