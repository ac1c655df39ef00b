import type { Severity } from '@embargo/core'
import type { Scenario } from './scenario.ts'
import { isMainLineStep } from './main-line.ts'
import { caseModel } from './model.ts'
import type { Model } from './model.ts'
import type { Transition, Step } from './transitions.ts'
import { RULES } from './rules.ts'

/**
 * One case on the main line, tried with each of the given severities. Commands off the main line are explored only in
 * the proof of the rules (`npm run prove`). About those commands, a policy decides nothing but who may run them, and
 * the static check `roles` covers that. Strangers are left out, because no policy gives them access to a case.
 */
export function mainLineModel(scenario: Scenario, severities: readonly Severity[]): Model {
  const whole = caseModel(RULES, scenario)
  return {
    ...whole,
    transitions: (current) =>
      whole
        .transitions(current)
        .flatMap((transition) => (transition.every(isPlayed) ? perSeverity(transition, severities) : [])),
  }
}

const isPlayed = (step: Step): boolean =>
  isMainLineStep(step) && (step.actor.kind !== 'person' || step.actor.person !== undefined) && !isBeside(step)

/**
 * Whether a step is left out although its command is on the main line: a reporter's answer about secrecy, or a
 * publication without a fix.
 */
function isBeside({ request }: Step): boolean {
  if (request.verb === 'disclose') return request.unfixed !== undefined
  return request.verb === 'log-answer' && (request.answer.about === 'embargo-date' || request.answer.about === 'open')
}

/**
 * The sample inputs rate cases only as `high` and `low`. Replaces the rating `high` with one rating for each distinct
 * severity, and drops the rating `low`.
 */
function perSeverity(transition: Transition, severities: readonly Severity[]): readonly Transition[] {
  const [step, ...more] = transition
  if (step?.request.verb !== 'triage' || step.request.severity === undefined || more.length > 0) return [transition]
  const { actor, request } = step
  return request.severity === 'high' ? severities.map((severity) => [{ actor, request: { ...request, severity } }]) : []
}
