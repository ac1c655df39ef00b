import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { clocks } from '../../../src/index.ts'
import type { Policy } from '../../../src/index.ts'
import { ana, ben, CASE, DAY, person, policyOf, RELEASE, Scenario } from '../../fixtures/scenario.ts'

const three = policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })
const withoutAna: Policy = { ...three, people: three.people.filter(({ id }) => id !== ana) }

/**
 * Fires the given clock until none of its moments is due. If several moments are due, only the last one is fired, as by
 * the scheduler. Returns the fired moments.
 */
function tells(scenario: Scenario, clock: string): readonly number[] {
  const notices: number[] = []
  for (;;) {
    const due = clocks(scenario.policy, scenario.world).find((one) => one.clock === clock)
    const last = due?.moments.filter(({ at }) => at <= scenario.now).at(-1)
    if (due === undefined || last === undefined) return notices
    const { stream, round } = due
    scenario.does({ verb: 'fire-clock', stream, clock, round, fraction: last.fraction })
    notices.push(scenario.world.case?.told[`${clock}:${round}`] ?? 0)
  }
}

/** Ana has owned the case for this many days, and is no longer in the policy. */
function left(days: number): Scenario {
  const scenario = new Scenario(three).opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  scenario.wait(days * DAY)
  scenario.policy = withoutAna
  return scenario
}

describe('the case of a leaver', () => {
  it.each([10, 80, 170, 1200])('that they owned for %i days is offered to one person at once', (days) => {
    expect(tells(left(days), 'offer-owner')).toHaveLength(1)
  })

  it('is offered to the next person when it is due', () => {
    const scenario = left(80)
    tells(scenario, 'offer-owner')
    expect(tells(scenario, 'offer-owner')).toEqual([])
    scenario.wait(7 * DAY)
    expect(tells(scenario, 'offer-owner')).toHaveLength(1)
  })
})

it('a release that was overdue for weeks while nothing ran is reported once, and then each day', () => {
  const scenario = new Scenario().untilPrenotified(RELEASE)
  scenario.wait(RELEASE - scenario.now + 40 * DAY)
  expect(tells(scenario, 'release')).toEqual([41])
  expect(tells(scenario.wait(DAY), 'release')).toEqual([42])
})

it('a weekly reminder is sent once after a stop of half a year', () => {
  const scenario = new Scenario().untilPatch()
  scenario.does({ verb: 'party.wait', case: CASE, party: 'upstream' }, person(ben))
  scenario.wait(180 * DAY)
  expect(tells(scenario, 'waiting-on-party')).toEqual([25])
})
