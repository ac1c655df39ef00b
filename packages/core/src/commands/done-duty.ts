import { clocks } from '../deadlines/running-clocks.ts'
import { nothingToDo, onCase, senseless, you } from './decisions.ts'
import { defineRequest } from './define-request.ts'
import { Duty } from '../shared/words.ts'

/** Records that a duty towards an authority or a list is fulfilled, with a link or number as evidence. */
export const doneDuty = defineRequest({
  verb: 'done.duty',
  gates: [],
  decide: (context) => {
    const { request, state, policy, release, others } = context
    const { duty: which, evidence } = request
    if (state.duties?.[which] !== undefined) return nothingToDo('That was recorded before.')
    const running = clocks(policy, { case: state, ...(release === undefined ? {} : { release }), others })
    if (!running.some(({ clock }) => clock === which))
      return senseless(
        `This case has no such duty: the clock ${which} does not run.`,
        you('see which clocks run', 'status'),
      )
    return onCase(context, [{ type: 'DutyDone', duty: which, evidence }])
  },
  inputs: ({ id }) =>
    Duty.options.map((duty) => ({ verb: 'done.duty', case: id, duty, evidence: 'https://example.org/done' })),
})
