import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clocks, instant, isWorkingDay, later } from '../../src/index.ts'
import type { Clock, Instant, Policy, Severity } from '../../src/index.ts'
import { localAt, minutesOf } from '../../src/policy/local-time.ts'
import { ana, CASE, DAY, HOUR, person, policyOf, RELEASE, Scenario } from '../fixtures/scenario.ts'

const zones = fc.constantFrom('UTC', 'Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Pacific/Apia')
const policies = fc
  .tuple(zones, fc.constantFrom('team' as const, 'organisation' as const, 'solo' as const))
  .map(([zone, profile]) =>
    policyOf(profile, {
      calendar: { zone, workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: ['2026-05-14', '2026-05-25'] },
    }),
  )
/** Any minute of six weeks, including weekends, holidays and nights. */
const openings = fc
  .integer({ min: 0, max: 6 * 7 * 24 * 60 })
  .map((minutes) => instant(Date.UTC(2026, 3, 20) + minutes * 60_000))
const calm = fc.constantFrom(undefined, 'high', 'moderate', 'low')

function atWork({ calendar }: Policy, at: Instant): boolean {
  const { time } = localAt(at, calendar.zone)
  const { from, to } = calendar.workingHours
  return isWorkingDay(calendar, at) && time >= minutesOf(from) && time < minutesOf(to)
}

/**
 * The reminders that wait for working hours. Breaches and moments that are announced at their exact time do not wait.
 */
const reminders = ({ moments }: Clock) => moments.filter(({ breach, prompt }) => breach !== true && prompt !== true)

function opened(policy: Policy, at: Instant): Scenario {
  const scenario = new Scenario(policy)
  scenario.now = at
  return scenario.opens()
}

function rated(policy: Policy, at: Instant, severity: Severity | undefined): Scenario {
  const scenario = opened(policy, at)
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  const rating = severity === undefined ? {} : { severity }
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', ...rating }, person(ana))
  return scenario
}

describe('a reminder', () => {
  it('waits for working hours also when it rested until a night or a Sunday', () => {
    fc.assert(
      fc.property(policies, openings, calm, fc.integer({ min: 1, max: 30 * 24 }), (policy, at, severity, hours) => {
        const scenario = rated(policy, at, severity)
        const until = later(at, hours * HOUR)
        scenario.does(
          { verb: 'remind.later', case: CASE, clock: 'update-reporter', until, reason: 'a feast' },
          person(ana),
        )
        const clock = clocks(policy, scenario.world).find((one) => one.clock === 'update-reporter')
        if (clock === undefined) throw new Error('nobody is reminded')
        for (const moment of reminders(clock)) {
          expect(atWork(policy, moment.at)).toBe(true)
          expect(moment.at).toBeGreaterThanOrEqual(until)
        }
      }),
      { numRuns: 200 },
    )
  })

  it('rests no longer than was said where the case is critical', () => {
    const scenario = rated(policyOf(), instant(Date.UTC(2026, 4, 11, 9)), 'critical')
    const until = instant(Date.UTC(2026, 4, 24, 3))
    scenario.does({ verb: 'remind.later', case: CASE, clock: 'update-reporter', until, reason: 'a feast' }, person(ana))
    const clock = clocks(scenario.policy, scenario.world).find((one) => one.clock === 'update-reporter')
    expect(clock?.moments[0]?.at).toBe(until)
  })

  it('comes in working hours and never before its clock began, for a report that nobody has looked at yet', () => {
    fc.assert(
      fc.property(policies, openings, (policy, at) => {
        const scenario = opened(policy, at)
        for (const clock of clocks(policy, scenario.world))
          for (const moment of reminders(clock)) {
            expect(atWork(policy, moment.at)).toBe(true)
            expect(moment.at).toBeGreaterThanOrEqual(clock.start)
          }
      }),
      { numRuns: 300 },
    )
  })

  it('comes in working hours all along the way of a case that is neither critical nor attacked', () => {
    fc.assert(
      fc.property(policies, openings, calm, fc.integer({ min: 1, max: 200 }), (policy, at, severity, hours) => {
        const scenario = opened(policy, at).wait(hours * HOUR)
        scenario.does({ verb: 'ack', case: CASE }, person(ana))
        const rating = severity === undefined ? {} : { severity }
        scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', ...rating }, person(ana))
        const all = clocks(policy, scenario.world).flatMap(reminders)
        expect(all.length).toBeGreaterThan(0)
        expect(all.every((moment) => atWork(policy, moment.at))).toBe(true)
      }),
      { numRuns: 200 },
    )
  })

  it('waits for nothing in a critical case', () => {
    fc.assert(
      fc.property(policies, openings, (policy, at) => {
        const scenario = opened(policy, at)
        scenario.does({ verb: 'ack', case: CASE }, person(ana))
        scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' }, person(ana))
        const fix = clocks(policy, scenario.world).find(({ clock }) => clock === 'fix-ready')
        if (fix === undefined) throw new Error('no clock runs for the fix')
        for (const { fraction, at: told } of reminders(fix))
          expect(told).toBe(later(fix.start, (fix.due - fix.start) * fraction))
      }),
      { numRuns: 100 },
    )
  })
})

describe('a report late on a Friday', () => {
  /** Fri 8 May 2026, 17:30. */
  const FRIDAY = instant(Date.UTC(2026, 4, 8, 17, 30))
  const MONDAY = instant(Date.UTC(2026, 4, 11, 9))
  const acknowledge = (scenario: Scenario) =>
    clocks(scenario.policy, scenario.world).find(({ clock }) => clock === 'acknowledge')

  it('is due a day after Monday morning, and its reminders come in working hours', () => {
    const scenario = opened(policyOf('team'), FRIDAY)
    const clock = acknowledge(scenario)
    expect(clock?.due).toBe(later(MONDAY, DAY))
    expect(clock && reminders(clock).map(({ at }) => at)).toEqual([
      later(MONDAY, 7 * HOUR),
      later(MONDAY, 7 * HOUR),
      later(MONDAY, DAY),
    ])
    scenario.now = later(MONDAY, DAY)
    scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'acknowledge', round: 1, fraction: 1 })
    const left = acknowledge(scenario)
    expect(left?.moments.map(({ breach }) => breach)).toEqual([true])
  })

  it('causes reminders on the weekend once attacks are observed', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    scenario.now = FRIDAY
    const before = clocks(scenario.policy, scenario.world).flatMap(reminders)
    expect(before.every(({ at }) => atWork(scenario.policy, at))).toBe(true)
    const { case: state, ...world } = scenario.world
    if (state === undefined) throw new Error('no case')
    const attacked = { ...world, case: { ...state, cs: { ...state.cs, attacks: FRIDAY } } }
    const after = clocks(scenario.policy, attacked).flatMap(reminders)
    expect(after.some(({ at }) => !atWork(scenario.policy, at))).toBe(true)
  })
})
