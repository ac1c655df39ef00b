import { CaseId, MessageId, ReporterId, ReportId } from '../src/index.ts'
import type { CaseState, PersonRequest, Policy } from '../src/index.ts'
import { ana, CASE, DAY, person, Scenario } from './scenario.ts'

export const SECOND = CaseId.parse('SEC-2026-0002')
export const THIRD = CaseId.parse('SEC-2026-0003')
export const r = (id: CaseId, n: number) => ReportId.parse(`${id}/r${n}`)
export const at = (scenario: Scenario, id: CaseId): CaseState => {
  const { case: state } = scenario.worldAt(id)
  if (state === undefined) throw new Error('no such case')
  return state
}
export const endOf = (scenario: Scenario, id: CaseId) => {
  const { em } = at(scenario, id)
  return em.is === 'active' ? em.end : em.is
}
export const letters = (scenario: Scenario) =>
  scenario.effects.flatMap((effect) =>
    effect.kind === 'send-mail' ? [`${effect.letter} ${effect.to.kind === 'report' ? effect.to.report : ''}`] : [],
  )

/** Two reports of the same, a day apart: the second names itself and wants a pseudonym. */
export function two(policy?: Policy): Scenario {
  const scenario = new Scenario(policy).opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  scenario.wait(DAY)
  scenario.does({
    verb: 'open-case',
    case: SECOND,
    project: 'quillmark',
    message: MessageId.parse('mail-s'),
    receivedAt: scenario.now,
    reporter: ReporterId.parse('rep-2'),
    identity: { name: 'Sol', address: 'sol@other.example' },
    trust: 'nothing-proven',
    automatic: false,
  })
  scenario.does({ verb: 'credit', case: SECOND, credit: 'pseudonym', name: 'night owl' }, person(ana))
  return scenario
}
export const duplicate = (scenario: Scenario): PersonRequest => {
  const end = endOf(scenario, CASE)
  return { verb: 'duplicate', case: SECOND, of: CASE, end: typeof end === 'string' ? 'none' : end }
}
export const merged = () => {
  const scenario = two()
  scenario.does(duplicate(scenario), person(ana))
  return scenario
}
