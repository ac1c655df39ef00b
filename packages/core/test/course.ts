import { MessageId, stageOf } from '../src/index.ts'
import type { CaseState } from '../src/index.ts'
import { ana, BLOB, CASE, HASH, person, Scenario } from './scenario.ts'

// The course of a case beside its main line, as tests begin with it.

export const state = (scenario: Scenario): CaseState => {
  const { case: found } = scenario.world
  if (found === undefined) throw new Error('no case')
  return found
}
export const stage = ({ world }: Scenario) => world.case && stageOf(world.case, world.release)
export const acked = () => {
  const scenario = new Scenario().opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}
export const valid = () => {
  const scenario = acked()
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
  return scenario
}
export const unratedAndDeferred = () => {
  const scenario = acked()
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid' }, person(ana))
  scenario.does({ verb: 'defer', case: CASE, reason: 'after the summer' }, person(ana))
  return scenario
}
export const question = { verb: 'ask', case: CASE, text: BLOB, sha256: HASH } as const
export const reply = (scenario: Scenario, message: string, from: 'reporter' | 'unverified' | 'team' = 'reporter') =>
  scenario.does({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse(message),
    from,
    trust: 'nothing-proven',
    automatic: false,
    ...(from === 'reporter' ? { report: scenario.reportId } : {}),
  })
export const letters = (scenario: Scenario): readonly string[] =>
  scenario.effects.flatMap((effect) => (effect.kind === 'send-mail' ? [effect.letter] : []))
export const closed = () => {
  const scenario = valid()
  scenario.does({ verb: 'triage', case: CASE, disposition: 'info-only', reason: 'nothing to fix' }, person(ana))
  return scenario
}
