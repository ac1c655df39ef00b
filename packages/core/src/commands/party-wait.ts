import type { PersonRequest } from '../vocabulary/command.ts'
import { caseOpen } from '../gates/case-open.ts'
import { onCase } from './handler.ts'
import type { Handler } from './handler.ts'

/** Records that the case waits for another vendor, an upstream or a registry. The team is asked about it each week. */
export const wait: Handler<Extract<PersonRequest, { verb: 'party.wait' }>> = {
  gates: [caseOpen],
  decide: (context) => {
    const { state, request } = context
    const { party } = request
    if (party === undefined) {
      return state.waiting === undefined
        ? onCase(context, [], 'The case waits for nobody.')
        : onCase(context, [{ type: 'PartyAnswered' }])
    }
    if (state.waiting?.party === party) return onCase(context, [], `The case waits for ${party} already.`)
    return onCase(context, [{ type: 'WaitingOnParty', party }])
  },
}
