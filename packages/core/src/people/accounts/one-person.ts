import type { Refusal } from '../../case/decision.ts'
import { refuse } from '../../policy/gates/gate.ts'
import type { GateId } from '../../policy/gate-id.ts'
import type { Person, Policy } from '../../policy/schema.ts'
import type { PersonId } from '../../shared/ids.ts'
import { platformOfOne } from './account.ts'
import { accountOn, personOf } from '../directory.ts'
import { mayBeOne } from './people-now.ts'

/**
 * Whether somebody who acted before is this person. `perhaps`: each of them is known by accounts where the other has
 * none, and one of them by a group alone, so one human may have both.
 */
export function isOnePerson(policy: Policy, before: PersonId, person: Person): 'yes' | 'perhaps' | 'no' {
  const other = personOf(policy, before)
  if ((other?.id ?? before) === person.id) return 'yes'
  if (other !== undefined) return mayBeOne(other, person) ? 'perhaps' : 'no'
  // Gone from their group: the one account that they were known by is all that is left of them.
  const platform = platformOfOne(before)
  if (platform === undefined || person.apartFrom?.includes(before) === true) return 'no'
  return accountOn(person, platform) === undefined ? 'perhaps' : 'no'
}

/** Two seats that take two people are not filled while they may be one. */
export function perhapsOne(gate: GateId, policy: Policy, before: PersonId, person: Person): Refusal {
  const other = personOf(policy, before)?.name ?? before
  return refuse(
    gate,
    `${person.name} and ${other} may be one person with two accounts: nothing says that they are two.`,
    [
      { who: 'you', how: 'link the accounts, if both are yours', verb: 'link' },
      { who: 'an admin who is neither', how: `says that they are two: embargo people apart ${before} ${person.id}` },
      { who: 'an admin', how: 'lists both, with their accounts, in the policy' },
    ],
  )
}
