import { describe, expect, it } from 'vitest'
import { ana, ben, CASE, person, Scenario } from '../fixtures/scenario.ts'

const opened = () => new Scenario().opens()
const acked = () => {
  const scenario = opened()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}

describe('a report', () => {
  it('answers a repeated acknowledgment with who did it and when, and appends nothing', () => {
    const scenario = acked()
    const decision = scenario.ask({ verb: 'ack', case: CASE }, person(ben))
    expect(decision).toMatchObject({ ok: true, appends: [], note: expect.stringContaining('Ana acknowledged') })
  })

  it('ends a spam report with one command and no mail, and a wrong one with one mail', () => {
    for (const [disposition, letters] of [
      ['spam', ['receipt']],
      ['invalid', ['receipt', 'outcome']],
    ] as const) {
      const scenario = opened()
      scenario.does({ verb: 'triage', case: CASE, disposition, reason: 'it only reads what is public' }, person(ana))
      expect(scenario.world.case?.rm).toBe('closed')
      expect(scenario.effects.flatMap((effect) => (effect.kind === 'send-mail' ? [effect.letter] : []))).toEqual(
        letters,
      )
    }
  })
})
