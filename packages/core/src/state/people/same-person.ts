import type { Person, Policy } from '../../policy/schema.ts'
import { PersonId } from '../../shared/ids.ts'
import { platformOfOne } from './account.ts'
import { ownAccountOn, personOf } from './directory.ts'
import { mayBeSamePerson } from './current-people.ts'

type People = Pick<Policy, 'people'>

export type SamePerson = 'yes' | 'perhaps' | 'no'

/**
 * Whether two ids are one person. `perhaps`: each is known by accounts where the other has none, and one of them by a
 * group alone, so one human may have both. Every seat that takes another person, every bar and every removal asks this.
 */
export function isSamePerson(policy: People, one: PersonId, other: PersonId): SamePerson {
  const [first, second] = [personOf(policy, one), personOf(policy, other)]
  if ((first?.id ?? one) === (second?.id ?? other)) return 'yes'
  if (first !== undefined && second !== undefined) return mayBeSamePerson(first, second) ? 'perhaps' : 'no'
  if (first !== undefined) return wasPerhaps(other, first)
  if (second !== undefined) return wasPerhaps(one, second)
  const platforms = [platformOfOne(one), platformOfOne(other)]
  return !platforms.includes(undefined) && platforms[0] !== platforms[1] ? 'perhaps' : 'no'
}

/** Gone from their group: the one account that they were known by is all that is left of them. */
function wasPerhaps(gone: PersonId, person: Person): SamePerson {
  const platform = platformOfOne(gone)
  if (platform === undefined || person.apartFrom?.includes(gone) === true) return 'no'
  return ownAccountOn(person, platform) === undefined ? 'perhaps' : 'no'
}

/** Of several persons, the one whom somebody is; else the first whom they may be. */
export function matchingPerson(
  policy: People,
  several: readonly PersonId[],
  who: PersonId,
): { readonly person: PersonId; readonly one: 'yes' | 'perhaps' } | undefined {
  let perhaps: PersonId | undefined
  for (const person of several) {
    const one = isSamePerson(policy, person, who)
    if (one === 'yes') return { person, one }
    if (one === 'perhaps') perhaps ??= person
  }
  return perhaps === undefined ? undefined : { person: perhaps, one: 'perhaps' }
}

/** Of several persons, those who may be somebody with another account. */
export const possibleAliases = (
  policy: People,
  several: Readonly<Record<string, unknown>>,
  who: PersonId,
): readonly PersonId[] =>
  Object.keys(several)
    .map((id) => PersonId.parse(id))
    .filter((id) => isSamePerson(policy, id, who) === 'perhaps')
