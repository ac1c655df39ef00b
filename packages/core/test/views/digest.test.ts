import { describe, expect, it } from 'vitest'
import { digestDay, digestItems } from '../../src/index.ts'
import { ana, CASE, DAY, Scenario } from '../fixtures/scenario.ts'

/** The deadlines that Ana's digest names on the day on which a report must be acknowledged. */
function dueToAna(scenario: Scenario): readonly string[] {
  const at = scenario.wait(DAY).now
  const { policy, world } = scenario
  const person = policy.people.find(({ id }) => id === ana)
  const day = person && digestDay(policy, person, at)
  if (person === undefined || day === undefined) throw new Error('it is not a working hour')
  return digestItems(policy, world, { person, day, at }).map(({ clock }) => clock)
}

describe('the digest of deadlines', () => {
  it('leaves out practice cases, of which nothing leaves the machine', () => {
    const real = new Scenario().opens()
    const practice = new Scenario().opens()
    const { case: state } = practice.world
    if (state === undefined) throw new Error('no case')
    practice.states.set(CASE, { ...state, practice: true })
    expect(dueToAna(real)).toContain('acknowledge')
    expect(dueToAna(practice)).toEqual([])
  })
})
