import { ANA, BEN, CEM } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { clocks, deadlineWords, instant, later, offeredTo, PersonId } from '../../src/index.ts'
import type { Clock, Instant, Moment, ReleaseState } from '../../src/index.ts'
import { inWorkingHours } from '../../src/deadlines/working-hours.ts'
import {
  CVE,
  scenarioWithCve,
  changeState,
  namesOf,
  changeRelease,
  openedCase,
  publishedCase,
  ratedCase,
  scenarioOf,
  prenotifiedCase,
} from '../fixtures/clock-situations.ts'
import { ana, CASE, DAY, HOUR, person, policyOf, RELEASE, Scenario, START } from '../fixtures/scenario.ts'

const MINUTE = HOUR / 60

const clockOf = (scenario: Scenario, name: string): Clock => {
  const found = clocks(scenario.policy, scenario.world).find(({ clock }) => clock === name)
  if (found === undefined) throw new Error(`${name} does not run`)
  return found
}
const hours = (at: Instant): number => (at - START) / HOUR

/** Snoozes a clock until this time, which may be after its due time. */
const snoozed = (scenario: Scenario, name: string, until: Instant): Scenario => {
  const { round } = clockOf(scenario, name)
  return changeState(scenario, () => ({ snoozed: { [`${name}:${round}`]: until } }))
}

describe('a clock that is snoozed past its end', () => {
  it('tells the release at its instant all the same, and of its eve nothing before', () => {
    const scenario = snoozed(prenotifiedCase(), 'release', later(RELEASE, 2 * HOUR))
    const [eve, atIt] = clockOf(scenario, 'release').moments
    expect([eve?.at, atIt?.at]).toEqual([later(RELEASE, 2 * HOUR), RELEASE])
  })

  it('ends the embargo all the same, and reminds of nothing before', () => {
    const scenario = snoozed(openedCase(), 'embargo-end', later(START, 95 * DAY))
    expect(clockOf(scenario, 'embargo-end').moments.map(({ at }) => hours(at) / 24)).toEqual([95, 95, 95, 90])
  })
})

describe('the post that a list asks for', () => {
  const owed = (steps: readonly Partial<ReleaseState['steps'][number]>[]): Scenario => {
    const scenario = changeState(prenotifiedCase(), ({ cs }) => ({ cs: { ...cs, public: START } }))
    const { policy } = scenario
    const lists = policy.prenotification.lists.map((list) => ({ ...list, kind: 'linux-distros' as const }))
    scenario.policy = { ...policy, prenotification: { ...policy.prenotification, lists } }
    return changeRelease(scenario, { steps: steps as ReleaseState['steps'] })
  }

  it('is owed while another step of the publication is done, or this one is only on its way', () => {
    expect(namesOf(owed([{ step: 'announce-mail', doneAt: START }]))).toContain('oss-security-duty')
    expect(namesOf(owed([{ step: 'oss-security-mail' }]))).toContain('oss-security-duty')
  })

  it('is recorded when the publication’s own step posts it', () => {
    expect(namesOf(owed([{ step: 'oss-security-mail', doneAt: START }]))).not.toContain('oss-security-duty')
  })
})

describe('the pre-notification', () => {
  const planned = (): Scenario => {
    const scenario = scenarioOf().untilReady()
    scenario.does({ verb: 'release.plan', case: CASE, at: later(RELEASE, 7 * DAY) }, person(ana))
    return scenario
  }

  it('is due a lead before the date that is planned', () => {
    const clock = clockOf(planned(), 'prenotify')
    expect([clock.round, clock.due]).toEqual([later(RELEASE, 7 * DAY), RELEASE])
  })

  it('aims at the last window before the embargo’s end again, when the release is called off', () => {
    const { round } = clockOf(scenarioOf().untilReady(), 'prenotify')
    expect(clockOf(changeRelease(planned(), { is: 'cancelled' }), 'prenotify').round).toBe(round)
  })

  it('is nobody’s to send where no list has anybody on it, and nothing is said in public', () => {
    const scenario = scenarioOf().untilReady()
    const { policy } = scenario
    const lists = policy.prenotification.lists.map((list) => ({ ...list, recipients: [] }))
    scenario.policy = { ...policy, prenotification: { ...policy.prenotification, lists, headsUp: [] } }
    expect(namesOf(scenario)).not.toContain('prenotify')
  })
})

describe('a repeating clock', () => {
  it.each([
    ['offer-owner', openedCase],
    [
      'waiting-on-party',
      () => changeState(ratedCase('moderate'), () => ({ waiting: { party: 'the upstream', since: START } })),
    ],
    ['publish-cve', () => publishedCase('form', { requestedAt: START, id: CVE })],
  ] as const)('%s: knows a dozen of its times ahead, from the first on', (name, given) => {
    expect(clockOf(given(), name).moments.map(({ fraction }) => fraction)).toEqual(
      Array.from({ length: 12 }, (_, index) => index + 1),
    )
  })
})

describe('what a clock is about', () => {
  it('is said of a clock that runs more than once, and of one that an older version wrote down', () => {
    expect(deadlineWords('retrospective')).toBe('hold the retrospective')
    expect(deadlineWords('reporter-verification/4.2')).toBe(deadlineWords('reporter-verification'))
    expect(deadlineWords('lunch')).toBe('look at the case')
  })
})

describe('the CVE id', () => {
  const ready = () => scenarioWithCve('form').untilReady()

  it('is asked for before the date that is planned, and before the embargo’s end when that is called off', () => {
    const scenario = ready()
    const { round } = clockOf(scenario, 'request-cve')
    scenario.does({ verb: 'release.plan', case: CASE, at: later(RELEASE, 28 * DAY) }, person(ana))
    expect(clockOf(scenario, 'request-cve').round).toBe(later(RELEASE, 28 * DAY))
    expect(clockOf(changeRelease(scenario, { is: 'cancelled' }), 'request-cve').round).toBe(round)
  })

  it('is not asked for in the past, but a minute after a late case is accepted', () => {
    const { due } = clockOf(ready(), 'request-cve')
    const dueWhere = (acceptedAt: Instant) =>
      clockOf(
        changeState(ready(), () => ({ acceptedAt })),
        'request-cve',
      ).due
    expect(dueWhere(later(due, -MINUTE))).toBe(due)
    expect(dueWhere(later(due, 1 - MINUTE))).toBe(later(due, 1))
    expect(dueWhere(due)).toBe(later(due, MINUTE))
  })
})

describe('the CVE record', () => {
  const reminded = (project: 'own' | 'form'): Clock =>
    clockOf(
      changeState(publishedCase(project, { requestedAt: START, id: CVE }), () => ({
        told: { [`publish-cve:${START}`]: 1 },
      })),
      'publish-cve',
    )

  it('of an id of one’s own stays due when it was, once that was told', () => {
    expect(hours(reminded('own').due)).toBe(24)
  })

  it('of another’s id is asked for again in a week', () => {
    const { due, moments } = reminded('form')
    expect([hours(due) / 24, moments[0]?.fraction]).toEqual([14, 2])
  })
})

describe('a release that nobody is told of ahead', () => {
  it('takes a week of work', () => {
    const scenario = scenarioOf().untilReady()
    scenario.does({ verb: 'release.plan', case: CASE, at: later(RELEASE, 14 * DAY) }, person(ana))
    const { start, due } = clockOf(changeRelease(scenario, { is: 'scheduled' }), 'release')
    expect(due - start).toBe(7 * DAY)
  })
})

describe('the reminder on the day before a release', () => {
  it('is not sent to people who learn of the release only on the day', () => {
    const eve = later(RELEASE, -DAY)
    const from = (prenotifiedAt: Instant) =>
      clockOf(changeRelease(prenotifiedCase(), { prenotifiedAt }), 'release')
        .moments.map(({ at }) => at)
        .filter((at) => at <= RELEASE)
    expect(from(later(eve, -1))).toEqual([eve, RELEASE])
    expect(from(eve)).toEqual([RELEASE])
  })
})

describe('a case that nobody owns', () => {
  it('is offered to each person in turn, and then from the start', () => {
    const scenario = new Scenario(policyOf('team', { people: [ANA, BEN, { ...CEM, roles: ['team'] }] })).opens()
    const { policy } = scenario
    const { case: state } = scenario.world
    if (state === undefined) throw new Error('no case')
    const turns = [1, 2, 3, 4].map((turn) => offeredTo({ policy, state }, { turn, at: START })?.name)
    expect(turns).toEqual(['Ben', 'Cem', 'Ana', 'Ben'])
    expect(clockOf(scenario, 'offer-owner').owner).toBe('Ben')
  })

  it('is offered to the same person again if there is no other', () => {
    const { policy, world } = new Scenario(policyOf('solo')).opens()
    if (world.case === undefined) throw new Error('no case')
    const { case: state } = world
    expect([1, 2, 3].map((turn) => offeredTo({ policy, state }, { turn, at: START })?.name)).toEqual([
      'Ana',
      'Ana',
      'Ana',
    ])
  })

  it('is offered to a person who is not away when the offer comes', () => {
    const ben = PersonId.parse('ben')
    const away = (from: number, until: number) =>
      changeState(openedCase(), () => ({ away: { [ben]: { from: later(START, from), until: later(START, until) } } }))
    // The first offer comes three working days after `START`. It goes to Ben, unless he is away at that time.
    expect(clockOf(away(0, DAY), 'offer-owner').owner).toBe('Ben')
    expect(clockOf(away(-5 * DAY, DAY), 'offer-owner').owner).toBe('Ben')
    expect(clockOf(away(2 * DAY, 4 * DAY), 'offer-owner').owner).toBe('Ana')
  })

  it('is open to everybody if nobody is available', () => {
    const scenario = changeState(openedCase(), () => ({ people: {} }))
    expect(clockOf(scenario, 'offer-owner').owner).toBe('the team')
  })
})

describe('a report that was reopened before anybody had acknowledged it', () => {
  it('waits for the acknowledgment, and not for the decision', () => {
    expect(namesOf(changeState(openedCase(), () => ({ reopenedAt: START })))).not.toContain('decide-validity')
  })
})

describe('the decision whether a report is valid', () => {
  it('has its full time again after the case was reopened', () => {
    const scenario = changeState(openedCase(), () => ({
      acknowledgedAt: START,
      reopenedAt: later(START, DAY),
      coordinator: ana,
    }))
    expect(clockOf(scenario, 'decide-validity').start).toBe(later(START, DAY))
  })
})

describe('a reminder on the edge of working hours', () => {
  const { calendar } = policyOf('team')
  const policy = { ...policyOf('team'), calendar }
  const state = ratedCase('high').world.case
  /** This many hours after midnight on Monday 4 May 2026. */
  const monday = (hour: number): Instant => instant(Date.UTC(2026, 4, 4, hour))
  const moved = (start: Instant, due: Instant, at: Instant, more: Partial<Moment> = {}): readonly Instant[] => {
    if (state === undefined) throw new Error('no case')
    const moments: readonly Moment[] = [{ fraction: 0.5, at, hears: 'owner', ...more }]
    const clock = { ...clockOf(ratedCase('high'), 'fix-ready'), start, due, moments }
    return inWorkingHours(policy, state, clock).moments.map((moment) => moment.at)
  }
  const LAST = monday(16)
  const TUESDAY = later(monday(9), DAY)

  it.each([
    ['comes when the day’s work begins', monday(1), later(TUESDAY, HOUR), monday(9), monday(9)],
    ['waits where work is over at that minute', monday(9), later(TUESDAY, DAY), monday(18), TUESDAY],
    ['comes in the last hour before it, where the next morning is too late', monday(9), TUESDAY, monday(20), LAST],
    ['waits where its clock began in that last hour', LAST, TUESDAY, monday(20), TUESDAY],
    ['comes in that hour where its clock began before', later(LAST, -1), TUESDAY, monday(20), LAST],
    ['waits where its time is up by then', monday(9), monday(20), monday(20), TUESDAY],
  ])('%s', (_what, start, due, at, expected) => {
    expect(moved(start, due, at)).toEqual([expected])
  })

  it.each([{ prompt: true }, { breach: true }])('waits for nobody where it is told whatever the hour: %o', (more) => {
    expect(moved(monday(9), later(TUESDAY, DAY), monday(22), more)).toEqual([monday(22)])
  })
})
