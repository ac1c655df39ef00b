import { personOf } from '../state/people/directory.ts'
import { isInvited } from '../state/people/access.ts'
import { refuse } from '../gates/gate.ts'
import { nothingToDo, refused } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { aliasesOnCase, refuseLastMember, leaveCase } from './leave-case.ts'

/**
 * Removes a person from the case on every platform. The person no longer sees the case, and their tasks are offered to
 * others. Their open requests become void, except signals.
 */
export const peopleRemove = defineRequest({
  verb: 'people.remove',
  gates: [],
  decide: (context) => {
    const { policy, state, request, person } = context
    const name = personOf(policy, request.person)?.name ?? request.person
    const isOn = state.people[request.person] !== undefined || isInvited(state, request.person)
    if (!isOn && aliasesOnCase(context, request.person).length === 0) return nothingToDo(`${name} is not on this case.`)
    const may =
      person !== undefined &&
      (person.id === request.person || person.roles.includes('admin') || person.id === state.coordinator)
    if (!may) {
      return refused(
        refuse('role', 'Only its coordinator and the admins decide who is on the case.', [
          { who: 'the coordinator or an admin', how: `removes ${name}`, verb: 'people.remove' },
        ]),
      )
    }
    const last = refuseLastMember(context, request.person)
    if (last !== undefined) return refused(last)
    const { reason } = request
    return leaveCase(context, request.person, {
      left: { type: 'PersonRemoved', person: request.person, ...(reason === undefined ? {} : { reason }) },
      because: `${name}, who requested or approved this, was removed from the case`,
    })
  },
  inputs: ({ id, people }) => people.map((person) => ({ verb: 'people.remove', case: id, person })),
})
