import { anyTeamMember, refuse, refusesAs } from './gate.ts'
import type { Gate } from './gate.ts'

export const severityRated: Gate = ({ state }) =>
  state.severity === undefined
    ? refuse('severity-rated', 'The severity is not rated yet.', anyTeamMember('rates it', 'triage'))
    : undefined

/** What rested is accepted again by being taken up, so it needs the rating that accepting needs. A new round begins without. */
export const ratedToGoOn: Gate = refusesAs('severity-rated', (context) =>
  context.state.rm === 'deferred' ? severityRated(context) : undefined,
)
