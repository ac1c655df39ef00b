import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

export const acknowledged: Gate = ({ state }) =>
  state.acknowledgedAt === undefined
    ? refuse('acknowledged', 'Nobody has acknowledged the report yet.', anyTeamMember('acknowledges it', 'ack'))
    : undefined
