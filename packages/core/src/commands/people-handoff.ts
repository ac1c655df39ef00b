import { personOf } from '../state/people/directory.ts'
import { coordinatorOf, freeTeam, isAway } from '../state/people/access.ts'
import { caseOpen } from '../gates/case-open.ts'
import { refuse } from '../gates/gate.ts'
import { nothingToDo, onCase, refused, senseless, you } from './decisions.ts'
import { invitedFirst } from './people-invite.ts'
import { defineRequest } from './define-request.ts'

/** Offers the case to another person of its team. The owner stays the same until that person takes the case. */
export const peopleHandoff = defineRequest({
  verb: 'people.handoff',
  gates: [caseOpen],
  decide: (context) => {
    const { policy, state, request, person, at } = context
    const owner = coordinatorOf(policy, state)
    if (owner !== undefined && owner.id !== person?.id && person?.roles.includes('admin') !== true) {
      return refused(
        refuse('role', `${owner.name} coordinates this case, so only they can hand it over.`, [
          { who: owner.name, how: 'hands it over', verb: 'people.handoff' },
          { who: 'an admin', how: 'offers it to somebody', verb: 'people.handoff' },
        ]),
      )
    }
    const to = freeTeam(policy, state).find(({ id }) => id === request.to)
    const name = to?.name ?? personOf(policy, request.to)?.name ?? request.to
    if (to === undefined) {
      return refused(
        refuse('on-the-case', `${name} is not on the team of this case.`, [
          invitedFirst(context, request.to),
          ...you('offer it to somebody who is on the team', 'people.handoff'),
        ]),
      )
    }
    if (to.id === owner?.id) return nothingToDo(`${name} coordinates this case already.`)
    if (to.id === person?.id) return senseless('You cannot offer the case to yourself.', you('take the case', 'take'))
    if (state.offer?.to === to.id) return nothingToDo(`It is offered to ${name} already.`)
    if (isAway(state, to, at)) {
      return senseless(
        `${name} is away, and would not see the offer.`,
        you('offer it to somebody who is not away', 'people.handoff'),
      )
    }
    const { note } = request
    return onCase(context, [{ type: 'HandoffOffered', to: to.id, ...(note === undefined ? {} : { note }) }])
  },
  inputs: ({ id, people }) => people.map((to) => ({ verb: 'people.handoff', case: id, to })),
})
