import { describe, expect, it } from 'vitest'
import {
  after,
  clocks,
  datesBetween,
  Duration,
  inReleaseWindow,
  instant,
  later,
  nextDue,
  nextReleaseInstants,
} from '../../src/index.ts'
import { ana, CASE, DAY, HOUR, person, policyOf, RELEASE, Scenario, START } from '../fixtures/scenario.ts'

const clockNames = (scenario: Scenario) => clocks(scenario.policy, scenario.world).map((clock) => clock.clock)

describe('clocks', () => {
  it('remind of an unseen report at half, four fifths and all of the target, and breach after three working days', () => {
    const scenario = new Scenario().opens()
    const [acknowledge] = clocks(scenario.policy, scenario.world)
    // The deadline starts on Monday at 09:00. The first two reminders would come at night, and the next morning is too
    // late for them. So both come in the last working hour of Monday.
    expect(acknowledge?.moments.map(({ at, breach, hears }) => [(at - START) / HOUR, breach ?? false, hears])).toEqual([
      [7, false, 'owner'],
      [7, false, 'owner'],
      [24, false, 'team'],
      [72, true, 'admins'],
    ])
    expect(nextDue(clocks(scenario.policy, scenario.world))).toBe(later(START, 7 * HOUR))
  })

  it('stop when somebody acknowledges', () => {
    const scenario = new Scenario().opens()
    expect(clockNames(scenario)).toEqual(['acknowledge', 'offer-owner', 'embargo-end'])
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    expect(clockNames(scenario)).toEqual(['decide-validity', 'update-reporter', 'stale', 'embargo-end'])
  })

  it('report each moment once, and after a gap only the latest missed moment', () => {
    const scenario = new Scenario().opens().wait(2 * DAY)
    const fire = { verb: 'fire-clock', stream: CASE, clock: 'acknowledge', round: 1, fraction: 1 } as const
    expect(scenario.does(fire)).toEqual(['ReminderDue'])
    expect(scenario.does(fire)).toEqual([])
    expect(scenario.does({ ...fire, fraction: 0.5 })).toEqual([])
    expect(clocks(scenario.policy, scenario.world)[0]?.moments.map((moment) => moment.breach)).toEqual([true])
  })

  it('report nothing before they are due', () => {
    const scenario = new Scenario().opens()
    expect(scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'acknowledge', round: 1, fraction: 0.5 })).toEqual(
      [],
    )
  })

  it('end the embargo at its end instant, tell its reporter, and publish nothing', () => {
    const scenario = new Scenario().opens().wait(90 * DAY)
    const end = later(START, 90 * DAY)
    const mails = () => scenario.effects.filter((effect) => effect.kind === 'send-mail' && effect.to.kind !== 'person')
    const before = mails()
    expect(scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'embargo-end', round: end, fraction: 1 })).toEqual([
      'ClockBreached',
      'EmbargoExited',
    ])
    expect(scenario.world.case?.em).toEqual({ is: 'exited', reason: 'expired', at: end, end })
    expect(mails().slice(before.length)).toMatchObject([{ letter: 'embargo-expired', to: { kind: 'report' } }])
  })

  it('run for the reporter’s verification with a nudge at half, and for the release from the pre-notification on', () => {
    const scenario = new Scenario().untilPatch()
    const [, verification] = [
      undefined,
      clocks(scenario.policy, scenario.world).find((clock) => clock.clock === 'reporter-verification/main'),
    ]
    expect(verification?.moments.map((moment) => (moment.at - START) / DAY)).toEqual([2, 3])
    const prenotified = new Scenario().untilPrenotified(RELEASE)
    const release = clocks(prenotified.policy, prenotified.world).find((clock) => clock.clock === 'release')
    expect(release?.moments.slice(0, 2).map((moment) => moment.at)).toEqual([later(RELEASE, -DAY), RELEASE])
  })
})

describe('the calendar', () => {
  const { calendar } = policyOf()
  const days = (written: string) => Duration.parse(written)

  it.each([
    ['Friday noon', Date.UTC(2026, 4, 8, 12), '1 working day', Date.UTC(2026, 4, 11, 12)],
    ['Friday noon', Date.UTC(2026, 4, 8, 12), '3 working days', Date.UTC(2026, 4, 13, 12)],
    ['Saturday', Date.UTC(2026, 4, 9, 12), '1 working day', Date.UTC(2026, 4, 11, 12)],
    ['Monday', Date.UTC(2026, 4, 4, 9), '24 hours', Date.UTC(2026, 4, 5, 9)],
  ])('from %s (%d), %s later', (_name, from, duration, expected) => {
    expect(after(calendar, instant(from), days(duration))).toBe(expected)
  })

  it('skips holidays, and closes the release window on them', () => {
    const policy = policyOf('team', {
      calendar: { workingDays: ['mon', 'tue', 'wed', 'thu', 'fri'], holidays: ['2026-05-12'] },
    })
    expect(inReleaseWindow(policy, RELEASE)).toBe(false)
    expect(nextReleaseInstants(policy, RELEASE, 2).map((at) => new Date(at).toISOString())).toEqual([
      '2026-05-13T14:00:00.000Z',
      '2026-05-14T14:00:00.000Z',
    ])
    expect(after(policy.calendar, instant(Date.UTC(2026, 4, 11, 9)), days('1 working day'))).toBe(
      Date.UTC(2026, 4, 13, 9),
    )
  })

  it('counts a lead in dates, not in hours', () => {
    expect(datesBetween(instant(Date.UTC(2026, 4, 5, 23, 0)), instant(Date.UTC(2026, 4, 12, 14, 0)))).toBe(7)
  })

  it('ends even where every day is a holiday', () => {
    const never = { workingDays: ['sun'] as const, holidays: [] }
    expect(after({ ...never, workingDays: ['sun'] }, START, days('1 working day'))).toBe(Date.UTC(2026, 4, 10, 9))
  })
})
