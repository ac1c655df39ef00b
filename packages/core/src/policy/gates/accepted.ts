import { anyTeamMember, refuse, refusesAs } from './gate.ts'
import type { Gate } from './gate.ts'

export const accepted: Gate = refusesAs('fits-the-stage', ({ state }) =>
  state.rm === 'accepted'
    ? undefined
    : refuse(
        'fits-the-stage',
        `The case is ${state.rm}, not accepted.`,
        anyTeamMember('assigns the patch, which accepts the case', 'assign-patch'),
        {
          rm: state.rm,
        },
      ),
)
