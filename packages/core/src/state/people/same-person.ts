import type { Person, Policy } from '../../policy/schema.ts'
import { PersonId } from '../../shared/ids.ts'
import { platformOfOne } from './account.ts'
import { ownAccountOn, personOf } from './directory.ts'
import { mayBeSamePerson } from './current-people.ts'

type People = Pick<Policy, 'people'>

export type SamePerson = 'yes' | 'perhaps' | 'no'

/**
 * Whether two ids are one person. `perhaps`: they have no accounts on the same platform, and at least one is known only
 * from a group, so both may be one human. Used wherever two people are required or a person is barred or removed.
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

/**
 * Whether a former member of a group may be this person. Of the former member, only one account is still known: the one
 * in the id.
 */
function wasPerhaps(former: PersonId, person: Person): SamePerson {
  const platform = platformOfOne(former)
  if (platform === undefined || person.apartFrom?.includes(former) === true) return 'no'
  return ownAccountOn(person, platform) === undefined ? 'perhaps' : 'no'
}

/** Finds the given person among several. If none is certainly the given person, finds the first who may be. */
export function matchingPerson(
  policy: People,
  several: readonly PersonId[],
  id: PersonId,
): { readonly person: PersonId; readonly one: 'yes' | 'perhaps' } | undefined {
  let perhaps: PersonId | undefined
  for (const person of several) {
    const one = isSamePerson(policy, person, id)
    if (one === 'yes') return { person, one }
    if (one === 'perhaps') perhaps ??= person
  }
  return perhaps === undefined ? undefined : { person: perhaps, one: 'perhaps' }
}

/** The ids in `several` that may be the given person under another account. */
export const possibleAliases = (
  policy: People,
  several: Readonly<Record<string, unknown>>,
  person: PersonId,
): readonly PersonId[] =>
  Object.keys(several)
    .map((id) => PersonId.parse(id))
    .filter((id) => isSamePerson(policy, id, person) === 'perhaps')
