import type { Lift, Refusal } from '../vocabulary/decision.ts'
import type { RoleName } from '../shared/role-name.ts'
import { barredPersonRefusal } from '../gates/same-person-refusal.ts'
import { personOf } from '../state/people/directory.ts'
import { teamRole } from '../policy/roles.ts'
import { matchingConflict, matchingRemoved, matchingReporter } from '../state/people/access.ts'
import { caseOpen } from '../gates/case-open.ts'
import { refuse } from '../gates/gate.ts'
import type { Context } from '../gates/gate.ts'
import type { GateId } from '../shared/gate-id.ts'
import type { Person } from '../policy/schema.ts'
import type { PersonId } from '../shared/ids.ts'
import { somebodyElse } from './somebody-else.ts'
import { nothingToDo, onCase, refused, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/** If the request names no role, the invited person gets the first role in this list that the policy gives them. */
const BY_REACH: readonly RoleName[] = ['admin', 'team', 'maintainer', 'releaser', 'observer']

const ADDED: Lift = { who: 'an admin', how: 'adds the person, with their accounts, to the policy’s people' }

/** What lifts a refusal about a person who is not on the case: somebody invites the person first. */
export function invitedFirst({ whole }: Context, person: PersonId | 'reporter'): Lift {
  const known = person === 'reporter' ? undefined : personOf(whole, person)
  return known === undefined
    ? ADDED
    : { who: 'any team member', how: `invites ${known.name} first`, verb: 'people.invite' }
}

/**
 * Invites a person of the policy to the case. A team member knows the terms and joins at once. Anybody else is told the
 * terms first, and sees nothing until they accept.
 */
export const peopleInvite = defineRequest({
  verb: 'people.invite',
  gates: [caseOpen],
  decide: (context) => {
    const { whole, state, request, person } = context
    const invited = personOf(whole, request.person)
    if (invited === undefined || person === undefined) {
      return senseless('Nobody of that name is in the policy.', [ADDED])
    }
    const { id, name, roles } = invited
    const bar = barred(context, invited)
    if (bar !== undefined) return refused(bar)
    if (state.people[id] !== undefined) return nothingToDo(`${name} is on this case already.`)
    if (state.invited?.[id] !== undefined) return nothingToDo(`${name} is invited already, and has not answered.`)
    const role = request.role ?? BY_REACH.find((one) => roles.includes(one)) ?? 'observer'
    if (!roles.includes(role)) {
      return senseless(`${name} is ${roles.join(' and ')} in the policy, not ${role}.`, [
        ...you(`invite them as ${roles.join(' or ')}`, 'people.invite'),
        { who: 'an admin', how: 'gives the role in the policy' },
      ])
    }
    const known = teamRole(invited) === role
    return onCase(context, [
      { type: 'PersonInvited', person: id, role, by: person.id, ...(known ? {} : { consent: 'asked' as const }) },
    ])
  },
  inputs: ({ id, people, late }) => [...people, ...late].map((person) => ({ verb: 'people.invite', case: id, person })),
})

/**
 * Why a person cannot be invited: the person, or somebody who may be the same person, reported the case, has a conflict
 * of interest, or was removed from the case.
 */
function barred(context: Context, person: Person): Refusal | undefined {
  const { whole, state } = context
  const { id, name } = person
  const conflict = matchingConflict(whole, state, id)
  if (conflict?.one === 'yes')
    return refuse('no-conflict', `${name} has a conflict of interest in this case.`, somebodyElse(context))
  const reporter = matchingReporter(whole, state, id)
  if (reporter?.one === 'yes')
    return refuse(
      'not-the-reporter',
      `${name} reported this vulnerability, and can neither act nor approve in its case.`,
      somebodyElse(context),
    )
  const of = (gate: GateId, who: PersonId, because: string) =>
    barredPersonRefusal(gate, whole, { barred: who, person, because })
  if (conflict !== undefined) return of('no-conflict', conflict.person, 'has a conflict of interest in this case')
  if (reporter !== undefined) return of('not-the-reporter', reporter.person, 'reported this vulnerability')
  const removed = matchingRemoved(whole, state, id)
  return removed?.one === 'perhaps'
    ? of('on-the-case', removed.person, 'was removed from this case and must be invited again first')
    : undefined
}
