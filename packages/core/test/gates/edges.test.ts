import { ANA, BEN } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { Duration, instant, later, mergeTerms } from '../../src/index.ts'
import type { CaseId, Instant, PersonRequest, PolicySource } from '../../src/index.ts'
import { unlikeLeads } from '../commands/two-cases.ts'
import { lay, onRelease, told } from '../fixtures/clock-situations.ts'
import {
  ana,
  ben,
  BLOB,
  CASE,
  DAY,
  HOUR,
  OTHER_HASH,
  person,
  policyOf,
  RELEASE,
  Scenario,
  START,
} from '../fixtures/scenario.ts'
import { both, DATE, delivered, ONE, Several, told as toldTogether, TWO } from '../fixtures/several.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const lifts = (scenario: Scenario, request: PersonRequest, by = ana): readonly string[] =>
  scenario.refused(request, person(by)).liftedBy.map(({ who, how }) => `${who} ${how}`)

/** What was approved has left. */
const out = (scenario: Scenario): Scenario =>
  onRelease(scenario, {
    headsUpAt: START,
    prenotified: (scenario.world.release?.prenotified ?? []).map((one) => ({ ...one, sentAt: START })),
  })

describe('texts and patches', () => {
  const change: PersonRequest = { verb: 'advisory', case: CASE, component: 'another', impact: 'another' }
  const left = (scenario: Scenario): Scenario =>
    onRelease(scenario, {
      approved: (scenario.world.release?.approved ?? []).filter(({ letter }) => letter !== 'heads-up'),
    })

  it('stand still while the heads-up alone is on its way', () => {
    expect(told().refused(change, person(ana))).toMatchObject({
      gate: 'frozen',
      because: 'What was approved is still leaving: 1 of its mails are not out yet.',
    })
  })

  it('stand still while it and one recipient’s mail are', () => {
    const scenario = told()
    const prenotified = (scenario.world.release?.prenotified ?? []).map((one, index) => {
      const { sentAt: _sent, ...rest } = one
      return index === 0 ? rest : one
    })
    expect(onRelease(scenario, { prenotified }).refused(change, person(ana)).facts).toEqual({ waiting: 2 })
  })

  it('move again when it stands', () => {
    expect(onRelease(told(), { headsUpAt: START }).does(change, person(ana))).toEqual(['AdvisoryDrafted'])
  })

  it('move again when the last recipient has it, where there is no heads-up', () => {
    expect(left(told()).does(change, person(ana))).toEqual(['AdvisoryDrafted'])
  })
})

describe('how long a list keeps a secret', () => {
  /** Asks for two dates ahead, and keeps it for five. */
  const strict = (change: Partial<PolicySource> = {}): Scenario => {
    const policy = policyOf('team', change)
    const { prenotification } = policy
    const lists = prenotification.lists.map((list) => ({ ...list, lead: Duration.parse('2 days'), mostDays: 5 }))
    return new Scenario({ ...policy, prenotification: { ...prenotification, lists } })
  }
  /** Of May 2026; the scenario begins on Monday the 4th. */
  const may = (day: number, hour = 14): Instant => instant(Date.UTC(2026, 4, day, hour))
  const prenotify = (at: Instant): PersonRequest => ({ verb: 'prenotify', case: CASE, at, shown })
  const planned = (scenario: Scenario, at: Instant): Scenario => {
    scenario.does({ verb: 'release-plan', case: CASE, at }, person(ana))
    return scenario
  }

  it('is asked of each instant that is proposed, and they pass', () => {
    const on = (day: number) =>
      strict()
        .untilReady()
        .wait((day - 4) * DAY)
    const [saturday] = lifts(on(9), prenotify(may(11)))
    expect(saturday).toMatch(/2026-05-12T14:00:00.000Z, 2026-05-13T14:00:00.000Z, 2026-05-14T14:00:00.000Z$/u)
    const [friday] = lifts(on(8), prenotify(may(11)))
    expect(friday).toMatch(/next instants: 2026-05-12T14:00:00.000Z, 2026-05-13T14:00:00.000Z$/u)
    // Of the next ones none passes: the list hears of the last before that.
    expect(lifts(on(11), prenotify(may(16)))[0]).toBe(
      'any team member names 2026-05-14T14:00:00.000Z, the last one that no rule refuses',
    )
    expect(on(11).does(prenotify(may(14)), person(ana))).toEqual(['ApprovalRequested'])
  })

  it('binds what is told now, to the very date', () => {
    // Of Saturday to Monday none is in the window, so that Wednesday is five dates after Friday.
    const friday = () =>
      strict()
        .untilReady()
        .wait(4 * DAY)
    expect(friday().does(prenotify(may(13)), person(ana))).toEqual(['ApprovalRequested'])
    expect(lifts(friday(), prenotify(may(14)))).toEqual([
      'any team member pre-notifies 1 day later',
      'any team member names 2026-05-13T14:00:00.000Z or earlier',
    ])
  })

  it('binds no plan, since a plan tells nobody yet', () => {
    expect(planned(strict().untilReady(), may(14)).world.release?.at).toBe(may(14))
  })

  it('binds no other date of a plan', () => {
    const scenario = planned(strict().untilReady(), may(12))
    expect(scenario.does({ verb: 'reschedule', case: CASE, at: may(20), shown }, person(ana))).toEqual([
      'ApprovalRequested',
    ])
  })

  it('binds another date of those who know already, from when they were told', () => {
    const scenario = out(strict().untilPrenotified(may(6))).wait(DAY)
    expect(lifts(scenario, { verb: 'reschedule', case: CASE, at: may(12), shown })).toEqual([
      'any team member names 2026-05-07T14:00:00.000Z or earlier',
    ])
  })
})

describe('a date that comes too soon', () => {
  it('is refused with a later one, where the window opens at all', () => {
    const soon: PersonRequest = { verb: 'prenotify', case: CASE, at: instant(Date.UTC(2026, 4, 6, 14)), shown }
    expect(lifts(new Scenario().untilReady(), soon)[0]).toBe('any team member names 2026-05-12T14:00:00.000Z or later')
    const scenario = new Scenario().untilReady()
    const { policy } = scenario
    scenario.policy = { ...policy, releaseWindow: { ...policy.releaseWindow, days: [] } }
    expect(lifts(scenario, soon)[0]).toBe('any team member names a later date')
  })
})

describe('a date on which no release comes', () => {
  const saturday: PersonRequest = { verb: 'prenotify', case: CASE, at: instant(Date.UTC(2026, 4, 16, 14)), shown }
  const inZone = (zone: 'UTC' | 'Europe/Berlin' | undefined): readonly string[] => {
    const scenario = new Scenario().untilReady()
    const { zone: _own, ...releaseWindow } = scenario.policy.releaseWindow
    scenario.policy = {
      ...scenario.policy,
      releaseWindow: { ...releaseWindow, ...(zone === undefined ? {} : { zone }) },
    }
    return lifts(scenario, saturday)
  }
  const NEXT = ['2026-05-19T14:00:00.000Z', '2026-05-20T14:00:00.000Z', '2026-05-21T14:00:00.000Z']

  it.each(['UTC', undefined] as const)('is refused with the next three, in the window’s zone: %s', (zone) => {
    expect(inZone(zone)[0]).toBe(`any team member names one of the next instants: ${NEXT.join(', ')}`)
  })

  it('says their local time too, where the window has another zone', () => {
    const [first = ''] = inZone('Europe/Berlin')
    expect(first.match(/ in Europe\/Berlin\)/g)).toHaveLength(3)
    expect(first).toContain('2026-05-19T12:00:00.000Z (')
  })
})

describe('a date on which no release comes, near the end of an embargo', () => {
  const SATURDAY = instant(Date.UTC(2026, 4, 16, 14))
  const TUESDAY = instant(Date.UTC(2026, 4, 19, 14))
  const ended = (end: Instant, now: Instant = START): string | undefined => {
    const scenario = lay(new Scenario().untilReady(), () => ({ em: { is: 'active', end } }))
    scenario.now = now
    const { policy } = scenario
    const lists = policy.prenotification.lists.map((list) => ({ ...list, lead: Duration.parse('1 day') }))
    scenario.policy = { ...policy, prenotification: { ...policy.prenotification, lists } }
    return lifts(scenario, { verb: 'prenotify', case: CASE, at: SATURDAY, shown })[0]
  }

  it('is refused with the one instant that is left, or with the last that was not far', () => {
    expect(ended(TUESDAY)).toBe('any team member names one of the next instants: 2026-05-19T14:00:00.000Z')
    expect(ended(later(SATURDAY, HOUR))).toBe(
      'any team member names 2026-05-14T14:00:00.000Z, the last one inside the embargo',
    )
  })

  it('is refused with a later end where that last one is now', () => {
    const now = instant(Date.UTC(2026, 4, 14, 14))
    expect(ended(later(SATURDAY, HOUR), now)).toBe('the reporter and the team agree on a later end of the embargo')
  })

  it.each([
    [ONE, TWO],
    [TWO, ONE],
  ])('counts the embargo that ends first of a release: %s before %s', (first, second) => {
    const scenario = both()
    const ends = (id: CaseId, end: Instant): unknown =>
      scenario.states.set(id, { ...scenario.caseState(id), em: { is: 'active', end } })
    ends(first, TUESDAY)
    ends(second, later(TUESDAY, 60 * DAY))
    const moved: PersonRequest = { verb: 'reschedule', case: ONE, at: SATURDAY, shown }
    expect(lifts(scenario, moved)[0]).toBe('any team member names one of the next instants: 2026-05-19T14:00:00.000Z')
  })
})

describe('the end of an embargo', () => {
  it('is the last instant of a release, and no later one is', () => {
    const ends = (end: Instant): Scenario => lay(new Scenario().untilReady(), () => ({ em: { is: 'active', end } }))
    const on: PersonRequest = { verb: 'prenotify', case: CASE, at: RELEASE, shown }
    expect(ends(RELEASE).does(on, person(ana))).toEqual(['ApprovalRequested'])
    expect(ends(later(RELEASE, -1)).refused(on, person(ana)).gate).toBe('inside-embargo')
  })
})

describe('the lead that a list is promised', () => {
  const on = (at: Instant): PersonRequest => ({ verb: 'prenotify', case: CASE, at, shown })

  it('is kept to the very date, however late in the day it begins', () => {
    const tuesday = () => new Scenario().untilReady().wait(DAY)
    expect(tuesday().does(on(RELEASE), person(ana))).toEqual(['ApprovalRequested'])
    expect(lifts(tuesday().wait(DAY + 6 * HOUR), on(RELEASE))[0]).toBe(
      'any team member names 2026-05-13T14:00:00.000Z or later',
    )
  })

  it('holds back no earlier date once it leaked', () => {
    const scenario = out(new Scenario().untilPrenotified(later(RELEASE, 7 * DAY)))
    const reschedule = (at: Instant): PersonRequest => ({ verb: 'reschedule', case: CASE, at, shown })
    const soon = instant(Date.UTC(2026, 4, 6, 14))
    expect(scenario.refused(reschedule(soon), person(ana)).gate).toBe('lead-time')
    const leaked = lay(scenario, () => ({
      signals: [{ id: `${CASE}/s1`, what: 'leak', raisedAt: START, is: 'counted', countedAt: START }],
    }))
    expect(leaked.does(reschedule(soon), person(ana))).toEqual(['ApprovalRequested'])
  })

  it('is not asked of the date that is planned already, of which nothing changes', () => {
    const soon = instant(Date.UTC(2026, 4, 7, 14))
    const scenario = onRelease(out(new Scenario().untilPrenotified(RELEASE)), { at: soon })
    const named = (at: Instant): PersonRequest => ({ verb: 'reschedule', case: CASE, at, shown })
    expect(scenario.refused(named(later(soon, -DAY)), person(ana)).gate).toBe('lead-time')
    expect(scenario.does(named(soon), person(ana))).toEqual([])
  })
})

describe('a pre-notification of a release that has its date', () => {
  it('tells that date; where none is named it is put in before anything is asked, and no rule is broken', () => {
    const prenotify = (at: Instant | undefined): PersonRequest => ({
      verb: 'prenotify',
      case: ONE,
      ...(at === undefined ? {} : { at }),
      shown,
    })
    expect(both().does(prenotify(DATE), person(ana))).toEqual(['ApprovalRequested'])
    expect(both().refused(prenotify(undefined), person(ana)).gate).toBe('makes-sense')
    expect(both().foretold(prenotify(undefined)).releaseAt).toBe(DATE)
  })
})

describe('a rule of another case of the release', () => {
  it('says where it is lifted, and says nothing of it where that is here', () => {
    const scenario = both()
    const early = later(scenario.now, 30 * DAY)
    scenario.states.set(TWO, { ...scenario.caseState(TWO), em: { is: 'active', end: early } })
    scenario.now = later(scenario.now, HOUR)
    expect(lifts(scenario, { verb: 'reschedule', case: ONE, at: later(DATE, 35 * DAY) })).toEqual([
      'any team member names an earlier date',
      `the reporter and the team agree on a later end (in ${TWO})`,
    ])
  })
})

describe('a lead that another case of the release needs', () => {
  it('is lifted by a date for all of them, here', () => {
    const [first] = lifts(unlikeLeads(), { verb: 'prenotify', case: ONE, at: DATE, shown })
    expect(first).toMatch(/^any team member names [^ ]+ or later$/)
  })
})

describe('who goes on the day', () => {
  it('goes though another has no patch yet, and is held where none is ready', () => {
    const scenario = delivered(toldTogether())
    const { advisory: _gone, ...without } = scenario.caseState(TWO)
    scenario.states.set(TWO, without)
    scenario.now = DATE
    expect(scenario.does({ verb: 'disclose', case: TWO, shown }, person(ana))).toEqual(['ApprovalRequested'])
    const { advisory: _too, ...neither } = scenario.caseState(ONE)
    scenario.states.set(ONE, neither)
    expect(scenario.refused({ verb: 'disclose', case: TWO, shown }, person(ben)).gate).toBe('texts-complete')
  })
})

describe('nobody’s own proposal', () => {
  const alone = (profile: 'solo' | 'team'): Scenario => {
    const scenario = new Scenario(policyOf(profile)).opens()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    lay(scenario, ({ reports }) => ({ reports: reports.map((one) => ({ ...one, answerable: false })) }))
    scenario.does({ verb: 'embargo-propose', case: CASE, end: later(START, 60 * DAY) }, person(ana))
    return scenario
  }
  const accept: PersonRequest = { verb: 'embargo-accept', case: CASE }

  it('is accepted by themselves', () => {
    expect(lifts(alone('team'), accept)).toEqual(['any team member but Ana accepts or rejects it'])
    expect(alone('team').does(accept, person(ben))).toContain('EmbargoAccepted')
  })

  it('waits for nobody where nobody else is', () => {
    expect(alone('solo').does(accept, person(ana))).toContain('EmbargoAccepted')
  })
})

describe('two reports of the same instant', () => {
  it('are one after the other by their numbers', () => {
    const scenario = new Several().opened(ONE).opened(TWO)
    const merge = (id: CaseId, of: CaseId): PersonRequest => ({
      verb: 'duplicate',
      case: id,
      of,
      end: mergeTerms(scenario.caseState(id), scenario.caseState(of), undefined).end ?? 'none',
    })
    expect(scenario.refused(merge(ONE, TWO), person(ana)).gate).toBe('earlier-and-open')
    expect(scenario.does(merge(TWO, ONE), person(ana))).toContain('CasesMerged')
  })
})

describe('facts before a fix', () => {
  const interim: PersonRequest = { verb: 'interim', case: CASE, shown }
  const ended = (reason: 'leak' | 'opened'): Scenario =>
    lay(new Scenario().untilReady(), () => ({ em: { is: 'exited', reason, at: START }, signals: [leaked] }))
  const leaked = { id: `${CASE}/s1`, what: 'leak', is: 'counted', raisedAt: START, countedAt: START } as const

  it('go out where a leak ended the embargo, and not where people agreed to end it', () => {
    expect(ended('leak').does(interim, person(ana))).toEqual(['ApprovalRequested'])
    expect(ended('opened').refused(interim, person(ana)).gate).toBe('secrecy-over')
  })
})

describe('a person of two roles', () => {
  it('may do what one of them may', () => {
    const scenario = new Scenario(policyOf('team', { people: [ANA, { ...BEN, roles: ['observer', 'team'] }] })).opens()
    expect(scenario.does({ verb: 'ack', case: CASE }, person(ben))).toContain('CaseAcknowledged')
  })
})
