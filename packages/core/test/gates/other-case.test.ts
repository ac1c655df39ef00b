import { describe, expect, it } from 'vitest'
import { later } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import type { Scenario } from '../fixtures/scenario.ts'
import { ana, DAY, HOUR, person } from '../fixtures/scenario.ts'
import { plannedRelease, DATE, ONE, TWO } from '../fixtures/multi-case-scenario.ts'

const lifts = (scenario: Scenario, request: PersonRequest, by = ana): readonly string[] =>
  scenario.refused(request, person(by)).liftedBy.map(({ who, how }) => `${who} ${how}`)

describe('a rule of another case of the release', () => {
  it('says where it is lifted, and says nothing of it where that is here', () => {
    const scenario = plannedRelease()
    const early = later(scenario.now, 30 * DAY)
    scenario.states.set(TWO, { ...scenario.caseState(TWO), em: { is: 'active', end: early } })
    scenario.now = later(scenario.now, HOUR)
    expect(lifts(scenario, { verb: 'release.move', case: ONE, at: later(DATE, 35 * DAY) })).toEqual([
      'any team member names an earlier date',
      `the reporter and the team agree on a later end (in ${TWO})`,
    ])
  })
})
