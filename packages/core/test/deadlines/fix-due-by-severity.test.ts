import { describe, expect, it } from 'vitest'
import { clocks } from '../../src/index.ts'
import type { Severity } from '../../src/index.ts'
import { ana, CASE, DAY, person, Scenario, START } from '../fixtures/scenario.ts'
import { attackSignal, requestAndApprove } from '../fixtures/secrecy.ts'

/** After how many days a fix is due. */
const due = ({ policy, world }: Scenario): number | undefined => {
  const fix = clocks(policy, world).find(({ clock }) => clock === 'fix-ready')
  return fix && (fix.due - START) / DAY
}

const acknowledged = () => {
  const scenario = new Scenario().opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}

const rate = (scenario: Scenario, days: number, severity: Severity) => {
  scenario.wait(START + days * DAY - scenario.now)
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity }, person(ana))
  return scenario
}

const rated = (severity: Severity) => rate(acknowledged(), 0, severity)

describe('worse news never gives more time for a fix', () => {
  it('when it is rated worse a day before its fix is due', () => {
    expect(due(rate(rated('high'), 29, 'critical'))).toBe(30)
  })

  it('when attacks are observed five days before its fix is due', () => {
    const scenario = rated('moderate').wait(55 * DAY)
    requestAndApprove(scenario, attackSignal)
    expect(scenario.world.case?.severity).toBe('high')
    expect(due(scenario)).toBe(60)
  })

  it('when it was rated milder meanwhile', () => {
    const scenario = rate(rated('high'), 10, 'low')
    expect(due(scenario)).toBe(75)
    expect(due(rate(scenario, 29, 'high'))).toBe(30)
  })

  it('when its fix is late already', () => {
    expect(due(rate(rated('high'), 40, 'critical'))).toBe(30)
  })

  it('when nobody had rated it, and it counted as high', () => {
    const unrated = () => {
      const scenario = acknowledged()
      scenario.does({ verb: 'triage', case: CASE, disposition: 'valid' }, person(ana))
      return scenario
    }
    expect(due(rate(unrated(), 29, 'critical'))).toBe(30)
    // While the case was unrated, it counted as high. The rating as moderate ended that, so the case has been known to
    // be high only since day 35.
    expect(due(rate(rate(unrated(), 5, 'moderate'), 35, 'high'))).toBe(60)
  })

  it('in a later round, from what is known when it begins', () => {
    const scenario = rate(rated('critical'), 1, 'low')
    scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'after the summer' }, person(ana))
    scenario.wait(39 * DAY).does({ verb: 'reopen', case: CASE, reason: 'they sent a proof' }, person(ana))
    expect(due(rate(scenario, 41, 'critical'))).toBe(48)
  })
})
