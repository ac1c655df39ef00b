import type { Refusal } from '../../case/decision.ts'
import { rolesFor } from '../../people/roles.ts'
import type { Actor } from '../../shared/actor.ts'
import { refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** An account that is linked to no person acts for nobody. */
export const unlinked = (actor: Actor): Refusal =>
  refuse(
    'role',
    `Your account on ${actor.kind === 'person' ? actor.platform : 'this way'} belongs to no person that Embargo knows, so it acts for nobody.`,
    [{ who: 'an admin', how: 'adds the account to a person in the policy’s people list' }],
  )

/** The account belongs to a person, and the person's role may run the command. */
export const role: Gate = ({ policy, actor, person, request }) => {
  if (person === undefined) return unlinked(actor)
  const allowed = rolesFor(policy, request.verb)
  if (person.roles.some((one) => allowed.includes(one))) return undefined
  return refuse('role', `${person.name} is ${person.roles.join(' and ')}; this takes ${allowed.join(' or ')}.`, [
    { who: 'an admin', how: 'gives the role in the policy' },
    ...[{ who: `somebody who is ${allowed.join(' or ')}`, how: 'runs it instead' }],
  ])
}
