import { anyTeamMember, refuse } from './gate.ts'
import type { Gate } from './gate.ts'

/** What the public texts cannot be written without. An unanswered credit question is no gap: it means anonymous. */
export const textsComplete: Gate = ({ state }) =>
  state.advisory === undefined
    ? refuse(
        'texts-complete',
        'The advisory has no component and impact yet.',
        anyTeamMember('writes them', 'advisory'),
      )
    : undefined
