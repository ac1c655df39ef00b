import { describe, expect, it } from 'vitest'
import { ana, ben, CASE, person, Scenario } from '../fixtures/scenario.ts'

describe('a patch that is assigned a second time', () => {
  it('tells the reporter once who writes it', () => {
    const scenario = new Scenario().untilPatch()
    const letters = scenario.effects.length
    expect(scenario.does({ verb: 'assign-patch', case: CASE, to: ben, branches: ['main'] }, person(ana))).toEqual([])
    expect(scenario.effects).toHaveLength(letters)
  })
})
