import { onCase, senseless, you } from './handler.ts'
import { defineRequest } from './define-request.ts'

/**
 * Records whether an invited person accepts the terms. Only they can answer, and they are on the case only after a yes.
 */
export const peopleConsent = defineRequest({
  verb: 'people.consent',
  gates: [],
  decide: (context) => {
    const { state, request, person } = context
    if (person === undefined || state.invited?.[person.id] === undefined) {
      return request.agreed
        ? onCase(context, [], 'You are on this case already.')
        : senseless('You are on this case already.', you('leave it', 'people.remove'))
    }
    return onCase(context, [{ type: request.agreed ? 'ConsentGiven' : 'ConsentDeclined', person: person.id }])
  },
  inputs: ({ id }) => [true, false].map((agreed) => ({ verb: 'people.consent', case: id, agreed })),
})
