import { tooLowForAttacks } from '../state/report/severity-floor.ts'
import { anyTeamMember, defineGate, refuse } from './gate.ts'
import type { Gate } from './gate.ts'
import { since } from './facts.ts'

export const severityRated = defineGate({
  id: 'severity-rated',
  rule: 'The severity must be rated first.',
  inFact: true,
  check: ({ state }) =>
    state.severity === undefined
      ? refuse('severity-rated', 'The severity is not rated yet.', anyTeamMember('rates it', 'triage'))
      : undefined,
  passes: ({ state: { severity, ratedAt } }) =>
    severity === undefined ? 'It is not rated.' : `It is rated ${severity}${since(ratedAt)}.`,
  means: 'The severity decides the deadlines, how early recipients are told, and which lists are told.',
  instead: 'Any team member rates the severity with `triage`.',
})

/**
 * When attacks are recorded, a case that is not rated yet, or is rated lower than high, is usually rated high
 * automatically. This does not happen while approved texts are being sent: then a person must rate the case before the
 * next approval.
 */
export const severityRatedForAttacks: Gate = {
  id: 'severity-rated',
  check: ({ state }) =>
    state.cs.attacks !== undefined && tooLowForAttacks(state.severity)
      ? refuse(
          'severity-rated',
          `Attacks are observed, and the case is still ${state.severity === undefined ? 'not rated' : `rated ${state.severity}`}.`,
          anyTeamMember('rates it high or critical', 'triage'),
        )
      : undefined,
}

/**
 * Reopening a deferred case accepts the case, so its severity must be rated first. A closed case can be reopened
 * without a rating.
 */
export const severityRatedToReopen: Gate = {
  id: 'severity-rated',
  check: (context) => (context.state.rm === 'deferred' ? severityRated.check(context) : undefined),
}
