import type { PersonVerb } from '../vocabulary/command.ts'
import type { Refusal } from '../vocabulary/decision.ts'
import { isPersonVerb, rolesFor } from '../policy/roles.ts'
import type { Actor } from '../shared/actor.ts'
import { defineGate, refuse } from './gate.ts'
import type { Context } from './gate.ts'
import { pendingApproval } from './second-person.ts'
import { callerName } from './facts.ts'

/** An account that belongs to no person may not run commands. */
export const unlinkedAccount = (actor: Actor): Refusal =>
  refuse(
    'role',
    `Your account${actor.kind === 'person' ? ` on ${actor.platform}` : ''} belongs to no person that Embargo knows, so it cannot run commands.`,
    [{ who: 'an admin', how: 'adds the account to a person in the policy’s people list' }],
  )

/**
 * The verb that the person's role must allow. If nobody answered an approval request, the person who asked may approve
 * it alone. Their role must then allow the command for which they asked, and need not allow approvals.
 */
export function verbForRole(context: Context): PersonVerb {
  const { person, request } = context
  const own = request.verb === 'approve' ? pendingApproval(context) : undefined
  if (own === undefined || own.aloneFrom === undefined || own.by !== person?.id) return request.verb
  const { verb }: { verb?: unknown } = Object(JSON.parse(own.asked))
  return typeof verb === 'string' && isPersonVerb(verb) ? verb : request.verb
}

export const role = defineGate({
  id: 'role',
  rule: 'The account must belong to a person whose role allows the command.',
  inFact: true,
  check: (context) => {
    const { policy, actor, person } = context
    if (person === undefined) return unlinkedAccount(actor)
    const allowed = rolesFor(policy, verbForRole(context))
    if (person.roles.some((one) => allowed.includes(one))) return undefined
    return refuse(
      'role',
      `${person.name} is ${person.roles.join(' and ')}; this command requires ${allowed.join(' or ')}.`,
      [
        { who: 'an admin', how: 'gives the role in the policy' },
        ...[{ who: `somebody who is ${allowed.join(' or ')}`, how: 'runs it instead' }],
      ],
    )
  },
  passes: (context) => {
    const allowed = rolesFor(context.policy, verbForRole(context)).join(' or ')
    const roles = context.person?.roles ?? []
    return `${callerName(context)} is ${roles.length === 0 ? 'without a role' : roles.join(' and ')}; this command requires ${allowed}.`
  },
  means:
    'The policy says under `roles` which roles can run a command. An account that belongs to nobody cannot run commands.',
  instead:
    'Somebody who has the role runs the command; or an admin gives the person the role, or adds the account to a person.',
})
