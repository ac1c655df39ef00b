import { caseOpen } from '../gates/case-open.ts'
import { nothingToDo, onCase } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/**
 * Records that the case waits for another vendor, an upstream or a registry. The owner is reminded each week to ask
 * that party.
 */
export const partyWait = defineRequest({
  verb: 'party.wait',
  gates: [caseOpen],
  decide: (context) => {
    const { state, request } = context
    const { party } = request
    if (party === undefined) {
      return state.waiting === undefined
        ? nothingToDo('The case is not waiting for anybody.')
        : onCase(context, [{ type: 'PartyAnswered' }])
    }
    if (state.waiting?.party === party) return nothingToDo(`The case waits for ${party} already.`)
    return onCase(context, [{ type: 'WaitingOnParty', party }])
  },
  inputs: ({ id, state }) => [
    { verb: 'party.wait', case: id, ...(state.waiting === undefined ? { party: 'an upstream' } : {}) },
  ],
})
