import { describe, expect, it } from 'vitest'
import { clocks, PROFILES } from '../../src/index.ts'
import type { Clock, PolicySource } from '../../src/index.ts'
import { ana, BLOB, CASE, DAY, HASH, HOUR, person, policyOf, Scenario, START } from '../fixtures/scenario.ts'

const clockOf = (scenario: Scenario, name: string): Clock | undefined =>
  clocks(scenario.policy, scenario.world).find(({ clock }) => clock === name)

const acknowledged = (change: Partial<PolicySource>): Scenario => {
  const scenario = new Scenario(policyOf('team', change)).opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}

describe('deadlines as few policies have them', () => {
  it('acknowledge: the breach is told at its own time, however soon after the target it comes', () => {
    const { clocks: usual } = PROFILES.team
    const breach = (hours: number) => {
      const acknowledge = { target: '24 hours', breach: `${hours} hours`, fractions: [1] }
      const scenario = new Scenario(policyOf('team', { clocks: { ...usual, acknowledge } })).opens()
      return clockOf(scenario, 'acknowledge')?.moments.map(({ fraction, at }) => [fraction, (at - START) / HOUR])
    }
    expect(breach(36)).toEqual([
      [1, 24],
      [1.5, 36],
    ])
    // It is another moment than the target's own, or it would count as told with it.
    expect(breach(24)).toEqual([
      [1, 24],
      [1.001, 24],
    ])
  })

  it('needs-info: the end is told once, where the policy names it among the reminders too', () => {
    const { clocks: usual } = PROFILES.team
    const scenario = acknowledged({ clocks: { ...usual, needsInfo: { closeAfter: '30 days', fractions: [0.5, 1] } } })
    scenario.does({ verb: 'reply.question', case: CASE, text: BLOB, sha256: HASH }, person(ana))
    expect(clockOf(scenario, 'needs-info')?.moments.map(({ fraction, breach }) => [fraction, breach])).toEqual([
      [0.5, undefined],
      [1, true],
    ])
  })

  it('fix-ready: of what was never thought milder, by its own time alone, be it the longer one', () => {
    const { clocks: usual } = PROFILES.team
    const scenario = acknowledged({ clocks: { ...usual, fixReady: { ...usual.fixReady, low: '10 days' } } })
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    expect(((clockOf(scenario, 'fix-ready')?.due ?? START) - START) / DAY).toBe(30)
  })
})
