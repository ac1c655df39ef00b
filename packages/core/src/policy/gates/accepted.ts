import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

export const accepted: Gate = ({ state }) =>
  state.rm === 'accepted'
    ? undefined
    : refuse(
        'fits-the-stage',
        `The case is ${state.rm}, not accepted.`,
        anyTeamMember('assigns the patch, which accepts the case', 'assign-patch'),
        {
          rm: state.rm,
        },
      )
