import { describe, expect, it } from 'vitest'
import { clocks, PROFILES } from '../../src/index.ts'
import type { Clock, PolicySource } from '../../src/index.ts'
import { ana, CASE, DAY, HOUR, person, policyOf, Scenario, START } from '../fixtures/scenario.ts'

const clockOf = (scenario: Scenario, name: string): Clock | undefined =>
  clocks(scenario.policy, scenario.world).find(({ clock }) => clock === name)

const acknowledged = (change: Partial<PolicySource>): Scenario => {
  const scenario = new Scenario(policyOf('team', change)).opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}

describe('deadlines under unusual policies', () => {
  it('acknowledge: the breach is told at its own time, however soon after the target it comes', () => {
    const { clocks: usual } = PROFILES.team
    const breach = (hours: number) => {
      const acknowledge = { target: '24 hours', breach: `${hours} hours` }
      const scenario = new Scenario(policyOf('team', { clocks: { ...usual, acknowledge } })).opens()
      const moments = clockOf(scenario, 'acknowledge')?.moments.filter(({ fraction }) => fraction >= 1)
      return moments?.map(({ fraction, at }) => [fraction, (at - START) / HOUR])
    }
    expect(breach(36)).toEqual([
      [1, 24],
      [1.5, 36],
    ])
    // The target and the breach are due at the same time, but the breach has its own fraction. With the same fraction,
    // the breach would count as announced together with the target.
    expect(breach(24)).toEqual([
      [1, 24],
      [1.001, 24],
    ])
  })

  it('fix-ready: of what was never thought milder, by its own time alone, be it the longer one', () => {
    const { clocks: usual } = PROFILES.team
    const scenario = acknowledged({ clocks: { ...usual, fixReady: { ...usual.fixReady, low: '10 days' } } })
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    expect(((clockOf(scenario, 'fix-ready')?.due ?? START) - START) / DAY).toBe(30)
  })
})
