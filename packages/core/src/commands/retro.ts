import { anyTeamMember, refuse } from '../gates/gate.ts'
import type { Gate } from '../gates/gate.ts'
import { nothingToDo, onCase } from './decisions.ts'
import { defineRequest } from './define-request.ts'

/** Refuses while the case is neither public nor closed, because such a case cannot be reviewed in full. */
const caseOver: Gate = {
  id: 'fits-the-stage',
  check: ({ state }) =>
    state.cs.public !== undefined || state.rm === 'closed'
      ? undefined
      : refuse(
          'fits-the-stage',
          'The case is neither public nor closed, so there is nothing to look back on yet.',
          anyTeamMember('holds the retrospective when the case is public or closed', 'retro'),
        ),
}

/**
 * Records the root cause and what will change. This ends the deadline for the retrospective. A new text replaces the
 * old one.
 */
export const retro = defineRequest({
  verb: 'retro',
  gates: [caseOver],
  decide: (context) => {
    const { state, request } = context
    const { rootCause, change } = request
    const known = state.retrospective
    if (known !== undefined && known.rootCause === rootCause && known.change === change)
      return nothingToDo('That is recorded already.')
    return onCase(context, [{ type: 'RetrospectiveRecorded', rootCause, ...(change === undefined ? {} : { change }) }])
  },
  inputs: ({ id }) => [{ verb: 'retro', case: id, rootCause: 'because' }],
})
