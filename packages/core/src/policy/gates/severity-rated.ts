import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

export const severityRated: Gate = ({ state }) =>
  state.severity === undefined
    ? refuse('severity-rated', 'The severity is not rated yet.', anyTeamMember('rates it', 'triage'))
    : undefined
