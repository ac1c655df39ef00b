import { describe, expect, it } from 'vitest'
import {
  answerPromised,
  clocks,
  audienceOf,
  instant,
  isoInstant,
  retrospectiveOf,
  measuresOf,
  Milestones,
  outlook,
  PEOPLE,
  rowOf,
} from '../../src/index.ts'
import type { Policy } from '../../src/index.ts'
import { ana, ben, CASE, DAY, person, policyOf, Scenario } from '../fixtures/scenario.ts'

/** Away from Mon 4 May 2026, and back on Fri 22 May 2026. */
const AWAY = [{ from: '2026-05-04', back: '2026-05-22' }]
const away = (...who: readonly string[]): Policy => {
  const policy = policyOf()
  return { ...policy, people: policy.people.map((one) => (who.includes(one.id) ? { ...one, away: AWAY } : one)) }
}

const promised = (policy: Policy, iso: string) => {
  const scenario = new Scenario(policy)
  scenario.now = instant(Date.parse(iso))
  const { by, nobodyBefore } = answerPromised(policy, scenario.opens().worldAt(CASE).case ?? expect.fail('no case'))
  const words = (at: number | undefined) => (at === undefined ? undefined : new Date(at).toISOString().slice(0, 16))
  return [words(by), words(nobodyBefore)]
}

describe('the promise of an answer', () => {
  it.each([
    ['on a working day', away(), '2026-05-05T10:00Z', ['2026-05-06T10:00', undefined]],
    ['while one of two is away', away(ana), '2026-05-05T10:00Z', ['2026-05-06T10:00', undefined]],
    ['while everybody is away', away(ana, ben), '2026-05-05T10:00Z', ['2026-05-23T09:00', '2026-05-22T09:00']],
    ['on a Saturday', away(), '2026-05-30T10:00Z', ['2026-06-02T09:00', '2026-06-01T09:00']],
  ])('%s is one that somebody can keep', (_when, policy, at, expected) => {
    expect(promised(policy, at)).toEqual(expected)
  })

  it.each([
    ['on a working day', away(), '2026-05-05T10:00Z'],
    ['while everybody is away', away(ana, ben), '2026-05-05T10:00Z'],
    ['on a Saturday', away(), '2026-05-30T10:00Z'],
  ])('%s is the day that the card names too', (_when, policy, at) => {
    const scenario = new Scenario(policy)
    scenario.now = instant(Date.parse(at))
    const world = scenario.opens().worldAt(CASE)
    const { by } = answerPromised(policy, world.case ?? expect.fail('no case'))
    expect(clocks(policy, world).find(({ clock }) => clock === 'acknowledge')?.due).toBe(by)
    expect(outlook(policy, world, scenario.now)?.next.due).toBe(by)
  })

  it('is what the retrospective and the figures measure by', () => {
    const policy = away(ana, ben)
    const scenario = new Scenario(policy)
    scenario.now = instant(Date.parse('2026-05-05T10:00Z'))
    scenario.opens()
    scenario.now = instant(Date.parse('2026-05-22T10:00Z'))
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    expect(retrospectiveOf(policy, scenario.world, scenario.log)?.nearMisses).toEqual([])
    const row = Milestones.parse(rowOf(policy, scenario.world)?.summary)
    const time = { from: instant(0), to: scenario.now, now: scenario.now }
    expect(measuresOf(policy, [row], time).measures[0]).toMatchObject({ done: 1, within: 1 })
  })

  it('knows who said before the report that they are away, and keeps to it when they come back', () => {
    const scenario = new Scenario(policyOf())
    scenario.now = instant(Date.parse('2026-05-05T10:00Z'))
    const until = instant(Date.parse('2026-05-22T00:00Z'))
    for (const one of [ana, ben]) scenario.does({ verb: 'absence', stream: PEOPLE, until }, person(one))
    scenario.opens()
    const promise = () => {
      const state = scenario.worldAt(CASE).case ?? expect.fail('no case')
      return Object.values(answerPromised(scenario.policy, state)).map(isoInstant)
    }
    expect(promise()).toEqual(['2026-05-23T09:00:00.000Z', '2026-05-22T09:00:00.000Z'])
    scenario.wait(DAY)
    scenario.does({ verb: 'away', case: CASE, until: 'back' }, person(ana))
    expect(promise()).toEqual(['2026-05-23T09:00:00.000Z', '2026-05-22T09:00:00.000Z'])
  })

  it('is not moved when somebody goes away afterwards', () => {
    const scenario = new Scenario(policyOf()).opens()
    scenario.wait(1)
    const promise = () => answerPromised(scenario.policy, scenario.worldAt(CASE).case ?? expect.fail('no case'))
    const before = promise()
    for (const one of [ana, ben])
      scenario.does({ verb: 'away', case: CASE, until: instant(scenario.now + 20 * DAY) }, person(one))
    expect(promise()).toEqual(before)
  })

  it('begins after a holiday', () => {
    const policy = away()
    const calendar = { ...policy.calendar, holidays: ['2026-05-05', '2026-05-06'] }
    expect(promised({ ...policy, calendar }, '2026-05-04T17:30Z')).toEqual(['2026-05-08T09:00', '2026-05-07T09:00'])
  })
})

describe('an escalation', () => {
  it('goes to somebody who is present if the admins are away', () => {
    const policy = away(ana)
    const state = new Scenario(policy).opens().worldAt(CASE).case ?? expect.fail('no case')
    const hears = (iso: string) =>
      audienceOf(policy, state, { hears: 'admins', at: instant(Date.parse(iso)) }).map(({ id }) => id)
    expect(hears('2026-05-06T10:00Z')).toEqual([ben])
    expect(hears('2026-05-25T10:00Z')).toEqual([ana])
  })
})
