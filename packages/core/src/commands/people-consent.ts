import type { Lift } from '../vocabulary/decision.ts'
import type { Context } from '../gates/gate.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { refuseLastMember } from './leave-case.ts'
import { defineRequest } from './define-request.ts'

const wayToLeave = (context: Context): readonly Lift[] =>
  context.person !== undefined && refuseLastMember(context, context.person.id) === undefined
    ? you('leave it', 'people.remove')
    : you('look at who is on it', 'status')

/**
 * Records whether an invited person accepts the terms. Only that person can answer, and they are on the case only after
 * a yes.
 */
export const peopleConsent = defineRequest({
  verb: 'people.consent',
  gates: [],
  decide: (context) => {
    const { state, request, person } = context
    if (person === undefined || state.invited?.[person.id] === undefined) {
      return request.agreed
        ? nothingToDo('You are on this case already.')
        : senseless('You are on this case already.', wayToLeave(context))
    }
    return onCase(context, [{ type: request.agreed ? 'ConsentGiven' : 'ConsentDeclined', person: person.id }])
  },
  inputs: ({ id }) => [true, false].map((agreed) => ({ verb: 'people.consent', case: id, agreed })),
})
