import { describe, expect, it } from 'vitest'
import { later } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { changeState } from '../fixtures/clock-situations.ts'
import { ana, ben, CASE, DAY, person, policyOf, Scenario, START } from '../fixtures/scenario.ts'

const lifts = (scenario: Scenario, request: PersonRequest, by = ana): readonly string[] =>
  scenario.refused(request, person(by)).liftedBy.map(({ who, how }) => `${who} ${how}`)

describe('a proposal in a case whose reporter cannot be reached', () => {
  const alone = (profile: 'solo' | 'team'): Scenario => {
    const scenario = new Scenario(policyOf(profile)).opens()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    changeState(scenario, ({ reports }) => ({ reports: reports.map((one) => ({ ...one, answerable: false })) }))
    scenario.does({ verb: 'embargo.until', case: CASE, end: later(START, 60 * DAY) }, person(ana))
    return scenario
  }
  const accept: PersonRequest = { verb: 'embargo.accept', case: CASE }

  it('is accepted by another team member', () => {
    expect(lifts(alone('team'), accept)).toEqual(['any team member but Ana accepts or rejects it'])
    expect(alone('team').does(accept, person(ben))).toContain('EmbargoAccepted')
  })

  it('is accepted by its author in a team of one', () => {
    expect(alone('solo').does(accept, person(ana))).toContain('EmbargoAccepted')
  })
})
