import { describe, expect, it } from 'vitest'
import { audienceOf, clocks, later, MessageId } from '../../src/index.ts'
import type { PolicySource } from '../../src/index.ts'
import {
  ana,
  ben,
  BLOB,
  CASE,
  DAY,
  HASH,
  HOUR,
  person,
  policyOf,
  RELEASE,
  Scenario,
  START,
} from '../fixtures/scenario.ts'
import { clockOf, dueDays, momentsOf } from '../fixtures/running-clocks.ts'
import { mergedReports, reportId } from '../fixtures/two-reports.ts'
import { ONE, prenotifiedRelease as toldOfTwo, TWO } from '../fixtures/multi-case-scenario.ts'

const acknowledged = (change: Partial<PolicySource> = {}) => {
  const scenario = new Scenario(policyOf('team', change)).opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}

const rated = (severity: 'critical' | 'high' | 'moderate' | 'low') => {
  const scenario = acknowledged()
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity }, person(ana))
  return scenario
}

describe('a case that nobody owns', () => {
  it('is offered to one person after another, every three working days', () => {
    const scenario = new Scenario().opens()
    expect(clockOf(scenario, 'offer-owner')).toMatchObject({ owner: 'Ben', due: later(START, 3 * DAY) })
    scenario.wait(3 * DAY)
    const fire = { verb: 'fire-clock', stream: CASE, clock: 'offer-owner', round: START, fraction: 1 } as const
    expect(scenario.does(fire)).toEqual(['ReminderDue'])
    expect(clockOf(scenario, 'offer-owner')).toMatchObject({ owner: 'Ana', due: later(START, 8 * DAY) })
    expect(clockOf(scenario, 'acknowledge')).toMatchObject({ start: START })
  })

  it('is no longer offered once it has an owner', () => {
    expect(clockOf(acknowledged(), 'offer-owner')).toBeUndefined()
  })
})

describe('deadlines', () => {
  it('decide-validity: ten working days from the acknowledgment, until it is decided', () => {
    expect(dueDays(acknowledged(), 'decide-validity')).toBe(14)
    expect(clockOf(rated('high'), 'decide-validity')).toBeUndefined()
  })

  it('update-reporter: two weeks from the last mail, however it was the last', () => {
    const scenario = acknowledged()
    expect(dueDays(scenario, 'update-reporter')).toBe(14)
    scenario.wait(5 * DAY)
    scenario.does({ verb: 'reply', case: CASE, report: scenario.reportId, text: BLOB, sha256: HASH }, person(ana))
    expect(dueDays(scenario, 'update-reporter')).toBe(19)
  })

  it('update-reporter: of the reporter who has waited longest, even when others were written to', () => {
    const scenario = mergedReports()
    const due = () => clocks(scenario.policy, scenario.world).find(({ clock }) => clock === 'update-reporter')
    const replyTo = (n: number) =>
      scenario.does({ verb: 'reply', case: CASE, report: reportId(CASE, n), text: BLOB, sha256: HASH }, person(ana))
    scenario.wait(5 * DAY)
    replyTo(1)
    expect(due()).toMatchObject({
      due: later(START, 15 * DAY),
      about: `tell the reporter of ${reportId(CASE, 2)} how far the case is`,
    })
    scenario.wait(DAY)
    replyTo(2)
    expect(due()).toMatchObject({
      due: later(START, 20 * DAY),
      about: `tell the reporter of ${reportId(CASE, 1)} how far the case is`,
    })
  })

  it.each([
    ['critical', 7],
    ['high', 30],
    ['moderate', 60],
    ['low', 75],
  ] as const)('fix-ready: %s, within %d days', (severity, days) => {
    expect(dueDays(rated(severity), 'fix-ready')).toBe(days)
  })

  it('fix-ready: never later than two weeks before the embargo’s end', () => {
    const scenario = new Scenario(policyOf('team', { embargo: { standing: '40 days', agreedMost: '60 days' } })).opens()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'moderate' }, person(ana))
    expect(dueDays(scenario, 'fix-ready')).toBe(26)
  })

  it('fix-ready: stops with the last verification, and is due sooner with a worse severity', () => {
    expect(clockOf(new Scenario().untilReady(), 'fix-ready')).toBeUndefined()
    const scenario = rated('high').wait(2 * DAY)
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' }, person(ana))
    expect(dueDays(scenario, 'fix-ready')).toBe(9)
    scenario.wait(DAY).does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' }, person(ana))
    expect(dueDays(scenario, 'fix-ready')).toBe(9)
  })

  describe('of a case that was closed, or rested, for forty days', () => {
    const again = (scenario: Scenario): Scenario => {
      scenario.wait(40 * DAY).does({ verb: 'reopen', case: CASE, reason: 'they sent a proof' }, person(ana))
      return scenario
    }
    const closed = () => {
      const scenario = rated('high')
      scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'after the summer' }, person(ana))
      scenario.does({ verb: 'close', case: CASE, reason: 'nobody can' }, person(ana))
      return again(scenario)
    }
    const rested = () => {
      const scenario = new Scenario().untilPatch()
      scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'after the summer' }, person(ana))
      return again(scenario)
    }
    const invalid = () => {
      const scenario = new Scenario().opens()
      scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'as it should be' }, person(ana))
      return again(scenario)
    }

    it.each([
      ['fix-ready', 70, closed],
      ['fix-ready', 70, rested],
      ['update-reporter', 54, closed],
      ['acknowledge', 41, invalid],
    ] as const)('%s: starts over', (name, due, scenario) => {
      expect(dueDays(scenario(), name)).toBe(due)
      const past = clockOf(scenario(), name)?.moments.filter(({ at }) => at <= scenario().now)
      expect(past).toEqual([])
    })

    it('offer-owner: starts over if the case had no owner', () => {
      const scenario = new Scenario().opens()
      scenario.happens(CASE, { type: 'CaseClosed', reason: 'no answer' })
      const moments = clockOf(again(scenario), 'offer-owner')?.moments ?? []
      expect(moments.filter(({ at }) => at <= scenario.now)).toEqual([])
    })
  })

  it('go to the owner, then the team, then the admins', () => {
    expect(momentsOf(rated('high'), 'fix-ready')).toEqual(['576 owner', '720 team', '1080 admins'])
  })

  it.each([
    ['critical', ['48 owner', '96 team', '144 admins']],
    ['high', ['168 owner', '336 team', '504 admins']],
  ] as const)('stale: %s, again and again, to more and more people', (severity, expected) => {
    expect(momentsOf(rated(severity), 'stale')).toEqual(expected)
  })

  it('stale: never for a low case, and from the last thing that a person did', () => {
    expect(clockOf(rated('low'), 'stale')).toBeUndefined()
    const scenario = rated('critical').wait(2 * DAY)
    const { round } = clockOf(scenario, 'stale') ?? { round: 0 }
    scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'stale', round, fraction: 1 })
    expect(clockOf(scenario, 'stale')).toMatchObject({ round: START })
    scenario.does({ verb: 'advisory', case: CASE, component: 'loader', impact: 'It reads.' }, person(ana))
    expect(clockOf(scenario, 'stale')).toMatchObject({ round: later(START, 2 * DAY) })
  })
})

describe('the ladder', () => {
  it('aims at the last window before the embargo’s end, a week ahead', () => {
    const scenario = new Scenario().untilReady()
    // The embargo ends on Sunday 2 August, after the last release window on Thursday 30 July. The pre-notification is
    // due a week before that Thursday.
    expect(clockOf(scenario, 'prenotify')).toMatchObject({ due: Date.UTC(2026, 6, 23, 14), about: 'pre-notify' })
    expect(clockOf(scenario, 'prenotify')?.moments.map(({ at, hears }) => [new Date(at).toISOString(), hears])).toEqual(
      [
        ['2026-07-16T14:00:00.000Z', 'owner'],
        ['2026-07-20T14:00:00.000Z', 'owner'],
        ['2026-07-23T14:00:00.000Z', 'team'],
        ['2026-07-24T14:00:00.000Z', 'admins'],
      ],
    )
  })

  it('ends with the pre-notification; then the release is told the day before and at its instant', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    expect(clockOf(scenario, 'prenotify')).toBeUndefined()
    expect(clockOf(scenario, 'stale')).toBeUndefined()
    const moments = clockOf(scenario, 'release')?.moments ?? []
    expect(moments.slice(0, 2).map(({ at, prompt }) => [at, prompt ?? false])).toEqual([
      [later(RELEASE, -DAY), false],
      [RELEASE, true],
    ])
  })

  it('tells the admins each day of a release that should have gone, until it goes or moves', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    scenario.now = later(RELEASE, DAY)
    const fire = { verb: 'fire-clock', stream: CASE, clock: 'release', round: RELEASE } as const
    expect(scenario.does({ ...fire, fraction: 2 })).toEqual(['ClockBreached'])
    expect(scenario.does({ ...fire, fraction: 2 })).toEqual([])
    expect(scenario.log.at(-1)?.event).toMatchObject({ hears: 'admins', due: RELEASE })
    expect(clockOf(scenario, 'release')?.moments[0]).toMatchObject({ at: later(RELEASE, 2 * DAY), hears: 'admins' })
    // The program was not running for ten days. After that, only the last of the missed days is announced.
    scenario.wait(10 * DAY)
    expect(scenario.does({ ...fire, fraction: 12 })).toEqual(['ClockBreached'])
    expect(clockOf(scenario, 'release')?.moments[0]).toMatchObject({ at: later(RELEASE, 12 * DAY) })
  })

  it('counts the days of a late release once, in its first case', () => {
    const scenario = toldOfTwo()
    const moments = (id: typeof ONE) =>
      clocks(scenario.policy, scenario.worldAt(id)).find(({ clock }) => clock === 'release')?.moments ?? []
    expect(moments(ONE).filter(({ breach }) => breach === true).length).toBeGreaterThan(0)
    expect(moments(TWO).filter(({ breach }) => breach === true)).toEqual([])
  })
})

describe('working hours', () => {
  const weekend = (severity: 'critical' | 'high') => {
    // Friday 8 May, 15:00 UTC.
    const scenario = new Scenario().wait(4 * DAY + 6 * HOUR).opens()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity }, person(ana))
    return scenario
  }
  const stale = (scenario: Scenario) =>
    clockOf(scenario, 'stale')?.moments.map(({ at }) => new Date(at).toISOString().slice(0, 16))

  it('hold back a reminder, and not what goes to the admins', () => {
    const scenario = new Scenario(
      policyOf('team', { calendar: { zone: 'America/New_York', workingDays: ['mon', 'tue'], holidays: [] } }),
    )
    scenario.wait(4 * DAY + 6 * HOUR).opens()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    // A reminder that is due on a Friday in New York waits until Monday, 09:00 in New York. But the admins are told on
    // the Friday itself.
    expect(stale(scenario)).toEqual(['2026-05-18T13:00', '2026-05-25T13:00', '2026-05-29T15:00'])
  })

  it('hold back nothing of a critical case', () => {
    expect(stale(weekend('critical'))).toEqual(['2026-05-10T15:00', '2026-05-12T15:00', '2026-05-14T15:00'])
  })
})

describe('the audience of a reminder', () => {
  it('is the next in line if a role is empty, and never nobody', () => {
    const scenario = new Scenario().opens()
    const state = scenario.world.case
    if (state === undefined) throw new Error('no case')
    const names = (hears: 'owner' | 'team' | 'admins') =>
      audienceOf(scenario.policy, state, { hears }).map(({ id }) => id)
    expect([names('owner'), names('team'), names('admins')]).toEqual([[ana, ben], [ana, ben], [ana]])
    scenario.does({ verb: 'ack', case: CASE }, person(ben))
    const owned = scenario.world.case ?? state
    expect(audienceOf(scenario.policy, owned, { hears: 'owner' }).map(({ id }) => id)).toEqual([ben])
  })

  it('gets a mail only when the reminder goes to the next in line', () => {
    const scenario = new Scenario().opens().wait(DAY)
    const mails = () =>
      scenario.effects.flatMap((effect) =>
        effect.kind === 'send-mail' && effect.letter === 'escalation' && effect.to.kind === 'person'
          ? [effect.to.person]
          : [],
      )
    scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'acknowledge', round: 1, fraction: 0.8 })
    expect(mails()).toEqual([])
    scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'acknowledge', round: 1, fraction: 1 })
    expect(mails()).toEqual([ana, ben])
    scenario.wait(2 * DAY)
    scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'acknowledge', round: 1, fraction: 3 })
    expect(mails()).toEqual([ana, ben, ana])
  })
})

describe('a snoozed clock', () => {
  const snooze = (until: number, reason = 'waiting for the vendor') =>
    ({ verb: 'remind.later', case: CASE, clock: 'fix-ready', until: later(START, until), reason }) as const

  it('is silent until the snooze ends, except for escalations to the admins', () => {
    const scenario = rated('high').wait(DAY)
    expect(scenario.does(snooze(29 * DAY), person(ana))).toEqual(['ClockSnoozed'])
    expect(momentsOf(scenario, 'fix-ready')).toEqual(['696 owner', '720 team', '1080 admins'])
  })

  it('is snoozed once, however often that is requested', () => {
    const scenario = rated('high')
    scenario.does(snooze(5 * DAY), person(ana))
    expect(scenario.does(snooze(5 * DAY), person(ben))).toEqual([])
  })

  it('lists the running clocks if none has the given name', () => {
    const { liftedBy } = acknowledged().refused({ ...snooze(DAY), clock: 'lunch' }, person(ana))
    expect(liftedBy[0]?.how).toBe('name one of those that run: decide-validity, update-reporter, stale, embargo-end')
  })
})

describe('a reminder that a person requests', () => {
  it('is posted at once, sends no mail, and replaces no later reminder', () => {
    const scenario = rated('high')
    const before = momentsOf(scenario, 'fix-ready')
    expect(scenario.does({ verb: 'remind', case: CASE, clock: 'fix-ready' }, person(ben))).toEqual(['ReminderDue'])
    expect(momentsOf(scenario, 'fix-ready')).toEqual(before)
    expect(scenario.effects.filter((effect) => effect.kind === 'send-mail' && effect.letter === 'escalation')).toEqual(
      [],
    )
  })
})

describe('an end date that only one side proposed', () => {
  it('is raised again after a week, and stays open', () => {
    const scenario = rated('high')
    scenario.does({ verb: 'embargo.until', case: CASE, end: later(START, 60 * DAY) }, person(ana))
    expect(dueDays(scenario, 'consent-silence')).toBe(7)
  })
})

describe('the retrospective', () => {
  it('is due three working days after publication, even if the case is closed, until somebody records it', () => {
    const scenario = new Scenario().untilReady()
    const state = scenario.world.case
    if (state === undefined) throw new Error('no case')
    scenario.states.set(CASE, { ...state, rm: 'closed', publishedAt: START, cs: { ...state.cs, public: START } })
    expect(dueDays(scenario, 'retrospective')).toBe(3)
    const held = { verb: 'retro', case: CASE, rootCause: 'a path was never checked' } as const
    expect(scenario.does(held, person(ana))).toEqual(['RetrospectiveRecorded'])
    expect(clocks(scenario.policy, scenario.world)).toEqual([])
  })
})

describe('a pre-notification', () => {
  it('causes two reminders if a recipient does not confirm receipt, and none if each has confirmed it', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const { release } = scenario.world
    if (release === undefined) throw new Error('nothing was pre-notified')
    const [north, south] = release.prenotified
    if (north === undefined || south === undefined) throw new Error('nobody was told')
    const told = (acknowledged: boolean) => ({
      ...release,
      prenotifiedAt: START,
      prenotified: [
        { ...north, sentAt: START, acknowledgedAt: START },
        { ...south, sentAt: START, ...(acknowledged ? { acknowledgedAt: START } : {}) },
      ],
    })
    scenario.states.set(release.id, told(false))
    const clock = clockOf(scenario, 'acknowledge-prenotification')
    expect(clock?.about).toBe('ask south whether they have the pre-notification')
    expect(clock?.moments.map(({ at, hears }) => [(at - START) / DAY, hears])).toEqual([
      [2, 'owner'],
      [4, 'owner'],
    ])
    scenario.does({
      verb: 'take-in-message',
      case: CASE,
      message: MessageId.parse('mail-of-south'),
      from: 'recipient',
      recipient: { list: south.list, recipient: south.recipient },
      trust: 'nothing-proven',
      automatic: false,
    })
    expect(clockOf(scenario, 'acknowledge-prenotification')?.about).toBe(
      'read what south wrote, and say whether they have the pre-notification',
    )
    scenario.states.set(release.id, told(true))
    expect(clockOf(scenario, 'acknowledge-prenotification')).toBeUndefined()
  })
})
