import { personOf } from '../state/people/directory.ts'
import { refuse } from '../gates/gate.ts'
import { nothingToDo, refused, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { refuseLastMember, leaveCase } from './leave-case.ts'

/**
 * Declares a conflict of interest. People declare their own, and an admin can declare anybody's. From then on the
 * person does not see the case, and can neither run commands nor approve in it.
 */
export const peopleConflict = defineRequest({
  verb: 'people.conflict',
  gates: [],
  decide: (context) => {
    const { policy, state, request, person } = context
    const personId = request.person ?? person?.id
    const named = personOf(policy, personId)
    if (personId === undefined || (named === undefined && state.people[personId] === undefined))
      return senseless('Nobody of that name is in the policy.', you('name a person of this case', 'people.conflict'))
    const name = named?.name ?? personId
    if (state.conflicts?.[personId] !== undefined) return nothingToDo(`That is declared for ${name} already.`)
    if (personId !== person?.id && person?.roles.includes('admin') !== true) {
      return refused(
        refuse('role', 'You can declare only your own conflict of interest; an admin can declare anybody’s.', [
          { who: name, how: 'declares it', verb: 'people.conflict' },
          { who: 'an admin', how: 'declares it for them', verb: 'people.conflict' },
        ]),
      )
    }
    const last = refuseLastMember(context, personId)
    if (last !== undefined) return refused(last)
    return leaveCase(context, personId, {
      left: { type: 'ConflictDeclared', person: personId, reason: request.reason },
      because: `${name}, who requested or approved this, has a conflict of interest`,
    })
  },
  inputs: ({ id, people }) =>
    people.map((person) => ({ verb: 'people.conflict', case: id, person, reason: 'because' })),
})
