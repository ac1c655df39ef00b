import { ANA, BEN } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { ben, CASE, person, policyOf, Scenario } from '../fixtures/scenario.ts'

describe('a person with two roles', () => {
  it('may do whatever either role allows', () => {
    const scenario = new Scenario(policyOf('team', { people: [ANA, { ...BEN, roles: ['observer', 'team'] }] })).opens()
    expect(scenario.does({ verb: 'ack', case: CASE }, person(ben))).toContain('CaseAcknowledged')
  })
})
