import { describe, expect, it } from 'vitest'
import { Duration, instant, later } from '../../src/index.ts'
import type { Instant, PersonRequest, PolicySource } from '../../src/index.ts'
import { differentLeadTimes } from '../commands/two-cases.ts'
import { changeState, changeRelease } from '../fixtures/clock-situations.ts'
import {
  ana,
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
import { DATE, ONE } from '../fixtures/multi-case-scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const lifts = (scenario: Scenario, request: PersonRequest, by = ana): readonly string[] =>
  scenario.refused(request, person(by)).liftedBy.map(({ who, how }) => `${who} ${how}`)
/** The scenario after the approved mails were sent. */
const out = (scenario: Scenario): Scenario =>
  changeRelease(scenario, {
    headsUpAt: START,
    prenotified: (scenario.world.release?.prenotified ?? []).map((one) => ({ ...one, sentAt: START })),
  })

describe('how long a list keeps a secret', () => {
  /** The lists get two days of notice, and keep the secret for at most five days. */
  const strict = (change: Partial<PolicySource> = {}): Scenario => {
    const policy = policyOf('team', change)
    const { prenotification } = policy
    const lists = prenotification.lists.map((list) => ({ ...list, lead: Duration.parse('2 days'), mostDays: 5 }))
    return new Scenario({ ...policy, prenotification: { ...prenotification, lists } })
  }
  /** A day of May 2026. The scenario begins on Monday the 4th. */
  const may = (day: number, hour = 14): Instant => instant(Date.UTC(2026, 4, day, hour))
  const prenotify = (at: Instant): PersonRequest => ({ verb: 'prenotify', case: CASE, at, shown })
  const planned = (scenario: Scenario, at: Instant): Scenario => {
    scenario.does({ verb: 'release.plan', case: CASE, at }, person(ana))
    return scenario
  }

  it('is checked for each proposed date, and all of them pass', () => {
    const on = (day: number) =>
      strict()
        .untilReady()
        .wait((day - 4) * DAY)
    const [saturday] = lifts(on(9), prenotify(may(11)))
    expect(saturday).toMatch(/2026-05-12T14:00:00.000Z, 2026-05-13T14:00:00.000Z, 2026-05-14T14:00:00.000Z$/u)
    const [friday] = lifts(on(8), prenotify(may(11)))
    expect(friday).toMatch(/next possible times: 2026-05-12T14:00:00.000Z, 2026-05-13T14:00:00.000Z$/u)
    // After the requested date, every date is refused too. So the refusal names the last possible date before it.
    expect(lifts(on(11), prenotify(may(16)))[0]).toBe(
      'any team member names 2026-05-14T14:00:00.000Z, the latest time that every rule allows',
    )
    expect(on(11).does(prenotify(may(14)), person(ana))).toEqual(['ApprovalRequested'])
  })

  it('limits a pre-notification that is sent now, to the exact date', () => {
    // Wednesday is the fifth day after Friday. The release window has no Saturday, Sunday or Monday.
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

  it('does not limit a plan, because a plan tells nobody yet', () => {
    expect(planned(strict().untilReady(), may(14)).world.release?.at).toBe(may(14))
  })

  it('does not limit any other date of a plan', () => {
    const scenario = planned(strict().untilReady(), may(12))
    expect(scenario.does({ verb: 'release.move', case: CASE, at: may(20), shown }, person(ana))).toEqual([
      'ApprovalRequested',
    ])
  })

  it('limits a new date for recipients who already know, counted from when they were told', () => {
    const scenario = out(strict().untilPrenotified(may(6))).wait(DAY)
    expect(lifts(scenario, { verb: 'release.move', case: CASE, at: may(12), shown })).toEqual([
      'any team member names 2026-05-07T14:00:00.000Z or earlier',
    ])
  })
})

describe('a date that comes too soon', () => {
  it('is refused with a later date, if the window ever opens', () => {
    const soon: PersonRequest = { verb: 'prenotify', case: CASE, at: instant(Date.UTC(2026, 4, 6, 14)), shown }
    expect(lifts(new Scenario().untilReady(), soon)[0]).toBe('any team member names 2026-05-12T14:00:00.000Z or later')
    const scenario = new Scenario().untilReady()
    const { policy } = scenario
    scenario.policy = { ...policy, releaseWindow: { ...policy.releaseWindow, days: [] } }
    expect(lifts(scenario, soon)[0]).toBe('any team member names a later date')
  })
})

describe('the lead that a list is promised', () => {
  const on = (at: Instant): PersonRequest => ({ verb: 'prenotify', case: CASE, at, shown })

  it('is kept to the exact date, however late in the day it begins', () => {
    const tuesday = () => new Scenario().untilReady().wait(DAY)
    expect(tuesday().does(on(RELEASE), person(ana))).toEqual(['ApprovalRequested'])
    expect(lifts(tuesday().wait(DAY + 6 * HOUR), on(RELEASE))[0]).toBe(
      'any team member names 2026-05-13T14:00:00.000Z or later',
    )
  })

  it('does not prevent an earlier date after a leak', () => {
    const scenario = out(new Scenario().untilPrenotified(later(RELEASE, 7 * DAY)))
    const reschedule = (at: Instant): PersonRequest => ({ verb: 'release.move', case: CASE, at, shown })
    const soon = instant(Date.UTC(2026, 4, 6, 14))
    expect(scenario.refused(reschedule(soon), person(ana)).gate).toBe('notice')
    const leaked = changeState(scenario, () => ({
      signals: [{ id: `${CASE}/s1`, what: 'leak', raisedAt: START, is: 'counted', countedAt: START }],
    }))
    expect(leaked.does(reschedule(soon), person(ana))).toEqual(['ApprovalRequested'])
  })

  it('is not checked for the date already planned, which does not change', () => {
    const soon = instant(Date.UTC(2026, 4, 7, 14))
    const scenario = changeRelease(out(new Scenario().untilPrenotified(RELEASE)), { at: soon })
    const named = (at: Instant): PersonRequest => ({ verb: 'release.move', case: CASE, at, shown })
    expect(scenario.refused(named(later(soon, -DAY)), person(ana)).gate).toBe('notice')
    expect(scenario.does(named(soon), person(ana))).toEqual([])
  })
})

describe('a lead that another case of the release needs', () => {
  it('is lifted by a date for all of them, here', () => {
    const [first] = lifts(differentLeadTimes(), { verb: 'prenotify', case: ONE, at: DATE, shown })
    expect(first).toMatch(/^any team member names [^ ]+ or later$/)
  })
})
