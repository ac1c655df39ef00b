import type { Severity } from '@embargo/core'
import type { Arena } from './scenario.ts'
import { onTheMainLine } from './main-line.ts'
import { oneCase } from './model.ts'
import type { Game } from './model.ts'
import type { Move, Step } from './transitions.ts'
import { RULES } from './rules.ts'

/**
 * One case on the main line, rated with the severities that its policy tells apart. What carries no case on is left to the
 * proof: a policy settles who may run it, which `roles` looks at. Nor is a stranger played: no policy lets one in.
 */
export function rated(arena: Arena, severities: readonly Severity[]): Game {
  const whole = oneCase(RULES, arena)
  return {
    ...whole,
    moves: (place) => whole.moves(place).flatMap((move) => (move.every(isPlayed) ? each(move, severities) : [])),
  }
}

const isPlayed = (step: Step): boolean =>
  onTheMainLine(step) && (step.actor.kind !== 'person' || step.actor.person !== undefined) && !isBeside(step)

/** What reporter and team agree on about secrecy, and a publication without a fix: both leave the main line. */
function isBeside({ request }: Step): boolean {
  if (request.verb === 'disclose') return request.unfixed !== undefined
  return request.verb === 'log-answer' && (request.answer.about === 'embargo-date' || request.answer.about === 'open')
}

/** The alphabet rates cases as high and as low, which here stand for all. */
function each(move: Move, severities: readonly Severity[]): readonly Move[] {
  const [step, ...more] = move
  if (step?.request.verb !== 'triage' || step.request.severity === undefined || more.length > 0) return [move]
  const { actor, request } = step
  return request.severity === 'high' ? severities.map((severity) => [{ actor, request: { ...request, severity } }]) : []
}
