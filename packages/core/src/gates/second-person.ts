import type { Lift } from '../vocabulary/decision.ts'
import { listOr } from '../text/name-list.ts'
import type { Approval } from '../state/state.ts'
import { isSamePerson } from '../state/people/same-person.ts'
import { samePersonRefusal } from './same-person-refusal.ts'
import { isoInstant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { defineGate, refuse } from './gate.ts'
import type { Context } from './gate.ts'
import { nameOf, on } from './facts.ts'

/** The approval request that the command names or, if it names none, the only open request. */
export function pendingApproval(context: Context): Approval | undefined {
  const { request, state } = context
  const open = state.approvals.filter((one) => one.status === 'open')
  const named = 'approval' in request ? request.approval : undefined
  if (named !== undefined) return open.find((one) => one.id === named)
  return open.length === 1 ? open[0] : undefined
}

/** Whether the person who asked may go on without a second person, because nobody answered in time. */
export const mayGoOnAlone = ({ aloneFrom }: Pick<Approval, 'aloneFrom'>, at: Instant): boolean =>
  aloneFrom !== undefined && at >= aloneFrom

/**
 * What lifts the refusal: another admin on the case answers. If there is no such admin, one must be invited; if the
 * policy has no other admin, somebody must be made one.
 */
function secondAdmin({ whole, state }: Context, { by }: Approval): Lift {
  const others = whole.people.filter(({ id, roles }) => id !== by && roles.includes('admin'))
  if (others.some(({ id }) => state.people[id] !== undefined))
    return { who: 'another admin', how: 'approves or refuses', verb: 'approve' }
  return others.length > 0
    ? { who: 'any team member', how: `invites ${listOr(others.map(({ name }) => name))}`, verb: 'people.invite' }
    : { who: 'an admin', how: 'makes somebody else an admin in the policy' }
}

/**
 * This gate can never be waived. In the solo profile, the same person must come back after an hour, look again and type
 * the case number.
 */
export const secondPerson = defineGate({
  id: 'second-person',
  rule: 'A second person must agree; in the solo profile the same person must look again.',
  check: (context) => {
    const approval = pendingApproval(context)
    const { person, request, state, whole, at } = context
    if (approval === undefined || person === undefined || request.verb !== 'approve') return undefined
    if (approval.mode !== 'second-look') {
      if (approval.by === person.id && mayGoOnAlone(approval, at)) return undefined
      if (approval.mode === 'second-admin' && !person.roles.includes('admin'))
        return refuse('second-person', 'This takes the approval of a second admin.', [secondAdmin(context, approval)])
      const one = isSamePerson(whole, approval.by, person.id)
      if (one === 'perhaps') return samePersonRefusal('second-person', whole, approval.by, person)
      if (one === 'no') return undefined
      return refuse('second-person', 'You asked for this yourself; it takes a second person.', [
        { who: `any team member but ${person.name}`, how: 'approves or refuses', verb: 'approve' },
      ])
    }
    if (at < approval.notBefore) {
      return refuse('second-person', `The second look is possible from ${isoInstant(approval.notBefore)} on.`, [
        { who: person.name, how: 'looks again then' },
      ])
    }
    if (request.typedCase === state.id) return undefined
    return refuse('second-person', 'For the second look, type the case number.', [
      { who: person.name, how: `types ${state.id}`, verb: 'approve' },
    ])
  },
  passes: (context) => {
    const approval = pendingApproval(context)
    return approval === undefined
      ? 'No open request was named.'
      : `${nameOf(context, approval.by)} asked${on(approval.askedAt)}.`
  },
  notAsked: (context) => {
    if (context.request.verb !== 'approve' || pendingApproval(context) !== undefined) return undefined
    return context.state.approvals.some(({ status }) => status === 'open')
      ? 'name the question'
      : 'nothing waits for approval'
  },
  means:
    'What cannot be undone takes two people who have both seen the same texts. In the solo profile the same person looks again after `approvals.secondLookAfter`, and types the case number.',
  instead: 'Another team member, or for a long embargo another admin, runs `approve` or `approve no`.',
})
