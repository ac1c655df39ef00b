import { describe, expect, it } from 'vitest'
import { promisesOf } from '../../src/views/measures.ts'
import {
  CaseId,
  clocks,
  DAY,
  HOUR,
  instant,
  later,
  measuresOf,
  MessageId,
  Milestones,
  MINUTE,
  rowOf,
} from '../../src/index.ts'
import type { LoggedAnswer } from '../../src/vocabulary/command.ts'
import { ana, ben, BLOB, CASE, OTHER_HASH, person, policyOf, RELEASE, Scenario, START } from '../fixtures/scenario.ts'

const policy = policyOf('team')
const time = { from: START, to: later(START, 300 * DAY), now: later(START, 200 * DAY) }

const milestones = (scenario: Scenario): Milestones => Milestones.parse(rowOf(scenario.policy, scenario.world)?.summary)

/** A case that was opened `day` days after the start. `hours`: how many hours later it reached each milestone. */
const kept = (day: number, hours: { ack?: number; decided?: number; fix?: number; out?: number }): Milestones => {
  const openedAt = later(START, day * DAY)
  const at = (after: number | undefined) => (after === undefined ? undefined : later(openedAt, after * HOUR))
  const all = {
    acknowledgedAt: at(hours.ack),
    decidedAt: at(hours.decided),
    ratedAt: at(hours.decided),
    fixReadyAt: at(hours.fix),
    disclosedAt: at(hours.out),
  }
  const reached = Object.fromEntries(Object.entries(all).filter(([, one]) => one !== undefined))
  return { project: 'quillmark', severity: 'high', openedAt, ...reached }
}

const shown = { digest: OTHER_HASH, blob: BLOB }

const fixOf = (theCase: Milestones) => promisesOf(policy, theCase).find(({ said }) => said === 'fix ready')

/** The reporter writes, and Ana logs what they answered. */
function says(scenario: Scenario, answer: LoggedAnswer): void {
  const message = MessageId.parse(`answer-${scenario.log.length}`)
  const mail = {
    message,
    from: 'reporter',
    report: scenario.reportId,
    trust: 'domain-vouches',
    automatic: false,
  } as const
  scenario.does({ verb: 'take-in-message', case: CASE, ...mail })
  scenario.does({ verb: 'log-answer', case: CASE, message, answer }, person(ana))
}

/**
 * The reporter proposes that the embargo end `days` days after `START`. If that is earlier than the present end, the
 * earlier end is in force at once, although nobody has agreed to it.
 */
const endsAfter = (scenario: Scenario, days: number): void =>
  says(scenario, { about: 'embargo-date', end: later(START, days * DAY) })

describe('the times of cases', () => {
  it('come from the row of a case, without folding it again', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    expect(milestones(scenario)).toMatchObject({
      project: 'quillmark',
      severity: 'high',
      openedAt: START,
      acknowledgedAt: START,
      fixReadyAt: later(START, HOUR),
    })
    expect(milestones(scenario)).not.toHaveProperty('disclosedAt')
  })

  it('treat a report that a triage answers at once as acknowledged', () => {
    const scenario = new Scenario().opens().wait(3 * HOUR)
    scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'by design' }, person(ana))
    expect(milestones(scenario)).toMatchObject({ acknowledgedAt: later(START, 3 * HOUR) })
  })

  it('are compared with the policy: within, late, waiting and overdue', () => {
    const { cases, measures } = measuresOf(
      policy,
      [
        kept(0, { ack: 2, decided: 30, fix: 10 * 24, out: 30 * 24 }),
        kept(1, { ack: 30, decided: 40, fix: 60 * 24, out: 100 * 24 }),
        kept(35, { ack: 5 }),
        kept(199, {}),
        kept(400, { ack: 1 }),
      ],
      time,
    )
    expect(cases).toBe(4)
    const of = (measure: string) => measures.find((one) => one.measure === measure)
    expect(of('acknowledgment')).toEqual({
      measure: 'acknowledgment',
      said: 'acknowledged',
      done: 3,
      within: 2,
      waiting: 1,
      // The report has waited for exactly one day, which is the promised time. At that moment, it is still in time.
      overdue: 0,
      median: 5 * HOUR,
      ninth: 30 * HOUR,
      longest: 30 * HOUR,
      months: [
        { month: '2026-05', within: 1, late: 1 },
        { month: '2026-06', within: 1, late: 0 },
        ...['2026-07', '2026-08', '2026-09', '2026-10', '2026-11'].map((month) => ({ month, within: 0, late: 0 })),
      ],
    })
    expect(of('validity')).toMatchObject({ done: 2, waiting: 1, overdue: 1 })
    expect(of('fix')).toMatchObject({ done: 2, within: 1, waiting: 0 })
    expect(of('disclosure')).toMatchObject({ done: 2, within: 1, median: 30 * DAY, longest: 100 * DAY })
  })

  it.each([
    ['the usual time after the rating', undefined, 30],
    ['the same under an embargo that ends long after', 90, 30],
    ['fourteen days before an embargo that ends sooner', 40, 26],
    ['at once under one that ends sooner than that', 10, 0],
  ])('hold a fix against %s', (_what, ends, days) => {
    const of = kept(0, { ack: 0, decided: 0, fix: 27 * 24 })
    const theCase = ends === undefined ? of : { ...of, fixBefore: later(START, ends * DAY) }
    expect(fixOf(theCase)).toMatchObject({ due: later(START, days === 0 ? MINUTE : days * DAY) })
    const { measures } = measuresOf(policy, [theCase], time)
    expect(measures.find(({ measure }) => measure === 'fix')).toMatchObject({ done: 1, within: days > 27 ? 1 : 0 })
  })

  it('hold a fix that was late against when it was due, however much worse it is rated later', () => {
    const scenario = new Scenario().untilPatch().wait(40 * DAY)
    expect(fixOf(milestones(scenario))).toMatchObject({ due: later(START, 30 * DAY) })
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' }, person(ana))
    expect(fixOf(milestones(scenario))).toMatchObject({ due: later(START, 30 * DAY) })
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'low' }, person(ana))
    expect(fixOf(milestones(scenario))).toMatchObject({ due: later(START, 75 * DAY) })
  })

  it('give a case that turns out to be worse the time of what it is from then on', () => {
    const scenario = new Scenario().untilPatch().wait(2 * DAY)
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' }, person(ana))
    expect(fixOf(milestones(scenario))).toMatchObject({ due: later(START, 9 * DAY) })
  })

  it('hold a fix against the end that was agreed on when it was ready, whatever is agreed on later', () => {
    const scenario = new Scenario().untilPatch()
    endsAfter(scenario, 30)
    expect(fixOf(milestones(scenario))).toEqual({ said: 'fix ready', due: later(START, 16 * DAY) })
    scenario.wait(DAY)
    says(scenario, { about: 'verification', fixed: true })
    const ready = { said: 'fix ready', due: later(START, 16 * DAY), at: scenario.now }
    expect(fixOf(milestones(scenario))).toEqual(ready)

    endsAfter(scenario, 12)
    expect(scenario.world.case?.em).toMatchObject({ end: later(START, 12 * DAY) })
    expect(fixOf(milestones(scenario))).toEqual(ready)

    scenario.does({ verb: 'patch', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'f.patch' }, person(ben))
    expect(fixOf(milestones(scenario))).toEqual({ said: 'fix ready', due: later(START, MINUTE) })
  })

  it('leave a fix late that was not there when the embargo expired, and ask no such thing where it ended early', () => {
    const expired = new Scenario().untilPatch()
    endsAfter(expired, 30)
    expired.wait(30 * DAY)
    const round = later(START, 30 * DAY)
    expired.does({ verb: 'fire-clock', stream: CASE, clock: 'embargo-end', round, fraction: 1 })
    expect(expired.world.case?.em).toMatchObject({ is: 'exited', reason: 'expired' })
    expect(fixOf(milestones(expired))).toEqual({ said: 'fix ready', due: later(START, 16 * DAY) })

    const opened = new Scenario().untilPatch()
    endsAfter(opened, 30)
    says(opened, { about: 'open', agreed: true })
    opened.does({ verb: 'embargo.open', case: CASE }, person(ana))
    expect(fixOf(milestones(opened))).toEqual({ said: 'fix ready', due: later(START, 30 * DAY) })
  })

  const promised = (scenario: Scenario, said: string) =>
    promisesOf(policy, milestones(scenario)).find((one) => one.said === said)
  const invalid = { verb: 'triage', case: CASE, disposition: 'invalid', reason: 'by design' } as const
  const again = { verb: 'reopen', case: CASE, reason: 'they sent a proof' } as const

  it('compare a decision in a later round with that round’s own deadline, and the first decision of a round counts', () => {
    const scenario = new Scenario().opens()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    scenario.wait(DAY).does(invalid, person(ana))
    expect(promised(scenario, 'valid or not')).toMatchObject({ at: later(START, DAY) })
    scenario.wait(60 * DAY).does(again, person(ana))
    const round = scenario.now
    const due = clocks(scenario.policy, scenario.world).find(({ clock }) => clock === 'decide-validity')?.due
    expect(promised(scenario, 'valid or not')).toEqual({ said: 'valid or not', due })
    scenario.wait(HOUR).does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    expect(promised(scenario, 'valid or not')).toEqual({ said: 'valid or not', due, at: later(round, HOUR) })
    const { measures } = measuresOf(policy, [milestones(scenario)], time)
    expect(measures.find(({ measure }) => measure === 'validity')).toMatchObject({ within: 1, longest: HOUR })
    scenario.wait(40 * DAY)
    scenario.does({ verb: 'triage', case: CASE, disposition: 'defense-in-depth', reason: 'no border' }, person(ana))
    expect(promised(scenario, 'valid or not')).toMatchObject({ at: later(round, HOUR) })
  })

  it('compare the publication of a later round with that round’s own deadline', () => {
    const scenario = new Scenario().untilReady()
    const before = promised(scenario, 'disclosed')?.due ?? START
    scenario.does({ verb: 'close', case: CASE, reason: 'nobody can fix it' }, person(ana))
    expect(promised(scenario, 'disclosed')).toBeUndefined()
    scenario.wait(60 * DAY).does(again, person(ana))
    expect(promised(scenario, 'disclosed')?.due).toBe(later(before, scenario.now - START))
    // The case was found valid before it was closed, so the reopened case needs no new decision.
    expect(promised(scenario, 'valid or not')).toMatchObject({ at: START })
  })

  it('ask nothing of a case that rests, and measure from when it is taken up again', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'after the summer' }, person(ana))
    const { measures } = measuresOf(policy, [milestones(scenario)], time)
    const of = (measure: string) => measures.find((one) => one.measure === measure)
    expect(of('fix')).toMatchObject({ done: 0, waiting: 0, overdue: 0 })
    expect(of('disclosure')).toMatchObject({ done: 0, waiting: 0, overdue: 0 })
    expect(promised(scenario, 'fix ready')).toBeUndefined()
    scenario.wait(20 * DAY).does(again, person(ana))
    expect(promised(scenario, 'fix ready')).toMatchObject({ due: later(START, 50 * DAY) })
  })

  it('hold the publication against the end that was agreed on, before and after it', () => {
    const waits = new Scenario().untilPatch()
    expect(promised(waits, 'disclosed')).toEqual({ said: 'disclosed', due: later(START, 90 * DAY) })
    endsAfter(waits, 30)
    expect(promised(waits, 'disclosed')).toEqual({ said: 'disclosed', due: later(START, 30 * DAY) })
    const round = later(START, 30 * DAY)
    waits.wait(30 * DAY).does({ verb: 'fire-clock', stream: CASE, clock: 'embargo-end', round, fraction: 1 })
    expect(promised(waits, 'disclosed')).toEqual({ said: 'disclosed', due: round })

    const out = new Scenario().untilPrenotified(RELEASE)
    endsAfter(out, 20)
    out.now = RELEASE
    out.does({ verb: 'disclose', case: CASE, shown }, person(ana))
    out.does({ verb: 'approve', case: CASE, shown }, person(ben))
    expect(promised(out, 'disclosed')).toEqual({ said: 'disclosed', due: later(START, 20 * DAY), at: RELEASE })
  })

  it('include no acknowledgment of a case that a person opened', () => {
    const scenario = new Scenario()
    scenario.does({ verb: 'open', case: CASE, project: 'quillmark' }, person(ana))
    expect(promised(scenario, 'acknowledged')).toBeUndefined()
    const { measures } = measuresOf(policy, [milestones(scenario), kept(0, { ack: 2 })], time)
    expect(measures.find(({ measure }) => measure === 'acknowledgment')).toMatchObject({ done: 1, median: 2 * HOUR })
  })

  it('include no acknowledgment of spam, which nobody answers', () => {
    const scenario = new Scenario().opens().wait(9 * DAY)
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    expect(promised(scenario, 'acknowledged')).toBeUndefined()
  })

  it('include none of a case that was split from one in which it was acknowledged', () => {
    const scenario = new Scenario().opens().wait(HOUR)
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    const into = CaseId.parse('SEC-2026-0002')
    const two = { report: scenario.reportId, into, project: 'quillmark', reason: 'two bugs' }
    scenario.does({ verb: 'open.report', case: CASE, ...two }, person(ana))
    expect(rowOf(scenario.policy, scenario.worldAt(into))?.summary).toMatchObject({ begunByUs: true })
    expect(promised(scenario, 'acknowledged')).toMatchObject({ at: later(START, HOUR) })
  })

  it('include no decision of a case that closed without one', () => {
    const scenario = new Scenario().opens()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    scenario.happens(CASE, { type: 'CaseClosed', reason: 'no answer' })
    expect(promised(scenario, 'valid or not')).toBeUndefined()
  })

  it('are empty for a period in which no case came', () => {
    const empty = measuresOf(policy, [kept(0, { ack: 1 })], { ...time, to: instant(START) })
    expect(empty).toMatchObject({ cases: 0 })
    expect(empty.measures.every(({ done, months }) => done === 0 && months.length === 0)).toBe(true)
    expect(empty.measures[0]).not.toHaveProperty('median')
  })
})
