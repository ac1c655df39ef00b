import { tooLowForAttacks } from '../state/report/severity-floor.ts'
import { anyTeamMember, refuse, refusesAs } from './gate.ts'
import type { Gate } from './gate.ts'

export const severityRated: Gate = ({ state }) =>
  state.severity === undefined
    ? refuse('severity-rated', 'The severity is not rated yet.', anyTeamMember('rates it', 'triage'))
    : undefined

/** Attacks that were observed while texts were leaving raised nothing: what is approved next says how bad it is. */
export const severityRatedForAttacks: Gate = refusesAs('severity-rated', ({ state }) =>
  state.cs.attacks !== undefined && tooLowForAttacks(state.severity)
    ? refuse(
        'severity-rated',
        `Attacks are observed, and the case is still rated ${state.severity ?? 'not at all'}.`,
        anyTeamMember('rates it high or critical', 'triage'),
      )
    : undefined,
)

/** What rested is accepted again by being taken up, so it needs the rating that accepting needs. A new round begins without. */
export const severityRatedToReopen: Gate = refusesAs('severity-rated', (context) =>
  context.state.rm === 'deferred' ? severityRated(context) : undefined,
)
