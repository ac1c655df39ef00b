import { describe, expect, it } from 'vitest'
import { DAY, later } from '../../src/index.ts'
import type { Instant } from '../../src/index.ts'
import { ana, ben, person } from '../fixtures/scenario.ts'
import { plannedRelease, DATE, ONE, MultiCaseScenario, PREVIEW, TWO } from '../fixtures/multi-case-scenario.ts'

describe('what a release refuses', () => {
  it('refuses an approval from a person without a seat in another of its cases, and keeps the request open', () => {
    const scenario = plannedRelease().request({ verb: 'prenotify', case: ONE, at: DATE })
    const { people, ...rest } = scenario.caseState(TWO)
    const { [ben]: _left, ...without } = people
    scenario.states.set(TWO, { ...rest, people: without })
    const refusal = scenario.refused({ verb: 'approve', case: ONE, shown: PREVIEW }, person(ben))
    expect(refusal).toMatchObject({ gate: 'on-the-case', facts: { case: TWO } })
    expect(scenario.caseState(ONE).approvals.at(-1)?.status).toBe('open')
  })
})

describe('the instants that a refused date is answered with', () => {
  const plan = (scenario: MultiCaseScenario, at: Instant) =>
    scenario.refused({ verb: 'release.plan', case: ONE, at }, person(ana)).liftedBy
  const assigned = () => new MultiCaseScenario().assign(ONE, 'main')
  /** Mon 18 May 2026, 14:00 UTC */
  const MONDAY = later(DATE, -DAY)

  it('are the next three', () => {
    expect(plan(assigned(), MONDAY)).toMatchObject([
      {
        who: 'any team member',
        how: 'names one of the next possible times: 2026-05-19T14:00:00.000Z, 2026-05-20T14:00:00.000Z, 2026-05-21T14:00:00.000Z',
        verb: 'release.plan',
      },
      { verb: 'waive' },
    ])
  })

  const until = (end: Instant, scenario = assigned()) => {
    scenario.states.set(ONE, { ...scenario.caseState(ONE), em: { is: 'active', end } })
    return scenario
  }

  it('are inside the embargo, or else the last one that is', () => {
    expect(plan(until(later(DATE, DAY)), MONDAY)[0]?.how).toBe(
      'names one of the next possible times: 2026-05-19T14:00:00.000Z, 2026-05-20T14:00:00.000Z',
    )
    expect(plan(until(later(DATE, -DAY / 2)), MONDAY)[0]?.how).toBe(
      'names 2026-05-14T14:00:00.000Z, the last time inside the embargo',
    )
  })

  it('give way to a later end of the embargo if the window does not open again before it', () => {
    const scenario = until(later(DATE, -DAY / 2), new MultiCaseScenario().assign(ONE, 'main', 'low'))
    scenario.now = later(DATE, -3 * DAY)
    expect(plan(scenario, MONDAY)).toContainEqual({
      who: 'the reporter and the team',
      how: 'agree on a later end of the embargo',
      verb: 'embargo.until',
    })
  })
})
