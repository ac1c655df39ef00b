import type { Refusal } from '../../vocabulary/decision.ts'
import { refuse } from '../../gates/gate.ts'
import { unlinkedAccount } from '../../gates/role.ts'
import type { Person, Policy } from '../../policy/schema.ts'
import type { Actor } from '../../shared/actor.ts'
import { personOf } from '../../state/people/directory.ts'
import { rolesFor } from '../../policy/roles.ts'

/**
 * Returns the person if they may decide about mails that the intake limit held back. The roles that may open a case may
 * decide this. The mails belong to no case, so no conflict of interest can bar anybody.
 */
export function intakeDecider(policy: Policy, actor: Actor): Person | Refusal {
  const person = actor.kind === 'person' ? personOf(policy, actor.person) : undefined
  if (person === undefined) return unlinkedAccount(actor)
  const allowed = rolesFor(policy, 'open')
  if (person.roles.some((one) => allowed.includes(one))) return person
  return refuse(
    'role',
    `${person.name} is ${person.roles.join(' and ')}; this command requires ${allowed.join(' or ')}.`,
    [{ who: `somebody who is ${allowed.join(' or ')}`, how: 'decides about them', verb: 'intake' }],
  )
}

export const isRefused = (one: Person | Refusal): one is Refusal => 'gate' in one
