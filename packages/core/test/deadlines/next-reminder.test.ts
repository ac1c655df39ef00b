import { describe, expect, it } from 'vitest'
import { clocks, nextReminder } from '../../src/index.ts'
import { acknowledgedCase, openedCase, ratedCase, scenarioOf, prenotifiedCase } from '../fixtures/clock-situations.ts'
import { ana, CASE, person } from '../fixtures/scenario.ts'
import type { Scenario } from '../fixtures/scenario.ts'

const waiting = () => {
  const scenario = ratedCase('high')
  scenario.does({ verb: 'party.wait', case: CASE, party: 'the upstream' }, person(ana))
  return scenario
}

/** For each of the first four moments of a clock: who is told at the moment that comes after it. */
function afterEach(scenario: Scenario, name: string): readonly string[] {
  const running = clocks(scenario.policy, scenario.world).find(({ clock }) => clock === name)
  if (running === undefined) throw new Error(`${name} does not run`)
  return running.moments.slice(0, 4).map(({ fraction }) => {
    const next = nextReminder(scenario.policy, scenario.world, { ...running, fraction })
    if (next === undefined || next === 'nobody') return String(next)
    expect(running.moments).toContainEqual(expect.objectContaining({ at: next.at, hears: next.hears }))
    return next.hears
  })
}

describe('the audience of a clock’s next reminder', () => {
  it.each([
    ['acknowledge', () => openedCase(), ['owner', 'team', 'admins', 'nobody']],
    ['decide-validity', () => acknowledgedCase(), ['team', 'admins', 'nobody']],
    ['embargo-end', () => openedCase(), ['owner', 'team', 'admins', 'nobody']],
    ['offer-owner', () => openedCase(), ['team', 'team', 'team', 'team']],
    ['waiting-on-party', waiting, ['owner', 'owner', 'owner', 'owner']],
    ['acknowledge-prenotification', prenotifiedCase, ['owner', 'nobody']],
    ['reporter-verification/main', () => scenarioOf().untilPatch(), ['team', 'nobody']],
  ] as const)('is what its rule says: %s', (name, given, next) => {
    expect(afterEach(given(), name)).toEqual(next)
  })

  it('is not given for a clock that has stopped, or that runs in another round', () => {
    const scenario = openedCase()
    const running = clocks(scenario.policy, scenario.world).find(({ clock }) => clock === 'acknowledge')
    if (running === undefined) throw new Error('it does not run')
    const { clock, round } = running
    expect(nextReminder(scenario.policy, scenario.world, { clock, round: round + 1, fraction: 0.8 })).toBeUndefined()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    expect(nextReminder(scenario.policy, scenario.world, { clock, round, fraction: 0.8 })).toBeUndefined()
  })
})
