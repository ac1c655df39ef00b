import { anyTeamMember, nobody, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

export const caseOpen: Gate = ({ state, release }) =>
  state.rm === 'closed'
    ? refuse(
        'case-open',
        'The case is closed.',
        release?.startedAt === undefined
          ? anyTeamMember('opens it again, with the reason', 'reopen')
          : nobody('what was published is not opened again; a new, linked case is'),
      )
    : undefined
