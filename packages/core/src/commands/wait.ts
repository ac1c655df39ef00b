import type { PersonRequest } from '../vocabulary/command.ts'
import { caseOpen } from '../gates/case-open.ts'
import { onCase } from './handler.ts'
import type { Handler } from './handler.ts'

/** Another vendor, an upstream, a registry: the case waits for them and is asked about weekly. */
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
