import { describe, expect, it } from 'vitest'
import {
  DAY,
  evolveRecorded,
  HOUR,
  instant,
  later,
  policyFor,
  RELEASE_TRANSITIONS,
  releaseMoveOf,
} from '../../src/index.ts'
import type { Instant, State, StreamId } from '../../src/index.ts'
import { ana, person } from '../fixtures/scenario.ts'
import type { Scenario } from '../fixtures/scenario.ts'
import {
  plannedRelease,
  DATE,
  NEXT_WEEK,
  ONE,
  RELEASE,
  MultiCaseScenario,
  PREVIEW,
  prenotifiedRelease,
  TWO,
} from '../fixtures/multi-case-scenario.ts'

describe('a release that moves', () => {
  it('is recorded if it stays on the same day, and nobody is mailed', () => {
    const scenario = prenotifiedRelease()
    const before = scenario.effects.length
    expect(scenario.does({ verb: 'release.move', case: TWO, at: later(DATE, HOUR) }, person(ana))).toEqual([
      'ReleaseRescheduled',
    ])
    expect(scenario.mails(before)).toEqual([])
    expect(scenario.releaseState().at).toBe(later(DATE, HOUR))
  })

  it('needs two people to move to another day, and tells everybody who knew the old one', () => {
    const scenario = prenotifiedRelease().request({
      verb: 'release.move',
      case: ONE,
      at: NEXT_WEEK,
      reason: 'the fix for 4.2 is late',
    })
    expect(scenario.releaseState().at).toBe(DATE)
    const before = scenario.effects.length
    scenario.approve()
    expect(scenario.releaseState()).toMatchObject({ is: 'prenotified', at: NEXT_WEEK })
    const holders = scenario.releaseState().prenotified.map(({ recipient }) => `recipient-slipped ${recipient}`)
    expect(scenario.mails(before)).toEqual([
      ...holders,
      'heads-up-corrected public',
      `slipped ${ONE}/r1`,
      `slipped ${TWO}/r1`,
    ])
  })

  it('is not moved to a date that has passed by the time of the second approval', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main', 'low').plan()
    const sooner = later(DATE, -6 * DAY)
    scenario.request({ verb: 'release.move', case: ONE, at: sooner })
    scenario.now = later(sooner, HOUR)
    const before = scenario.effects.length

    expect(scenario.approve()).toEqual(['ApprovalVoided'])
    expect(scenario.mails(before)).toEqual([])
    expect(scenario.releaseState().at).toBe(DATE)
  })

  it('tells nobody about a date that has passed by the time of the second approval', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main', 'low')
    scenario.request({ verb: 'prenotify', case: ONE, at: DATE })
    scenario.now = later(DATE, HOUR / 2)

    expect(scenario.approve()).toEqual(['ApprovalVoided'])
    const refusal = scenario.refused({ verb: 'prenotify', case: ONE, at: DATE, shown: PREVIEW }, person(ana))
    expect(refusal.liftedBy).toMatchObject([{ how: 'names 2026-05-20T14:00:00.000Z or later', verb: 'prenotify' }])
  })

  it('needs no lead if the date becomes earlier after a leak', () => {
    const scenario = prenotifiedRelease()
    const leaked = scenario.caseState(ONE)
    scenario.states.set(ONE, {
      ...leaked,
      signals: [{ id: 's', what: 'leak', raisedAt: scenario.now, is: 'counted', countedAt: scenario.now }],
    })
    const other = scenario.caseState(TWO)
    scenario.states.set(TWO, { ...other, signals: scenario.caseState(ONE).signals })
    const sooner: Instant = instant(Date.UTC(2026, 4, 7, 14, 0))
    scenario.request({ verb: 'release.move', case: ONE, at: sooner }).approve()
    expect(scenario.releaseState().at).toBe(sooner)
  })

  it('is cancelled by two people: every recipient is told, and its cases continue', () => {
    const scenario = prenotifiedRelease().request({ verb: 'release.cancel', case: ONE, reason: 'the fix is wrong' })
    const before = scenario.effects.length
    expect(scenario.approve()).toEqual(['ApprovalGiven', 'ReleaseLeft', 'ReleaseLeft', 'ReleaseCancelled'])
    const holders = scenario.releaseState().prenotified.map(({ recipient }) => `recipient-slipped ${recipient}`)
    expect(scenario.mails(before)).toEqual(expect.arrayContaining(holders))
    for (const id of [ONE, TWO]) {
      expect(scenario.caseState(id).release).toBeUndefined()
      expect(policyFor(scenario.policy, scenario.caseState(id)).projects).toHaveLength(1)
      expect(scenario.caseState(id).em.is).toBe('active')
    }
  })

  it('lets a person settle uncertain mails of a cancelled release', () => {
    const scenario = prenotifiedRelease().request({ verb: 'release.cancel', case: ONE })
    scenario.approve()
    const slip = scenario.effects.find((effect) => effect.kind === 'send-mail' && effect.letter === 'recipient-slipped')
    if (slip?.kind !== 'send-mail') throw new Error('nobody is told')
    const { letter, to } = slip
    scenario.does({
      verb: 'record-outcome',
      stream: RELEASE,
      effect: slip.id,
      outcome: { is: 'parked', doubt: true, because: 'the program stopped', letter, to },
    })
    const settle = { verb: 'settle', case: TWO, effect: slip.id, outcome: 'went' } as const
    expect(scenario.does(settle, person(ana))).toEqual(['DoubtSettled'])
    expect(scenario.releaseState().parked).toEqual([])
  })

  it('loses a case that is closed or deferred before anybody was told', () => {
    const scenario = plannedRelease()
    scenario.does({ verb: 'close', case: TWO, reason: 'the fix went out by accident' }, person(ana))
    expect(scenario.releaseState().cases).toEqual([ONE])
    scenario.does({ verb: 'triage.not-now', case: ONE, reason: 'after the summer' }, person(ana))
    expect(scenario.releaseState().is).toBe('cancelled')
  })
})

/** Each transition of a release in the log: its state before, the transition, and its state after. */
function movesIn({ log }: Scenario): readonly string[] {
  const states = new Map<StreamId, State>()
  return log.flatMap((recorded) => {
    const before = states.get(recorded.stream)
    const next = evolveRecorded(before, recorded)
    states.set(recorded.stream, next)
    const move = releaseMoveOf(recorded.event)
    if (move === undefined || next.kind !== 'release') return []
    return [`${before?.kind === 'release' ? before.is : 'planned'} ${move} ${next.is}`]
  })
}

/** A scenario with only the first case. It ends when the interim advisory is published. */
const inTheInterim = () => {
  const scenario = new MultiCaseScenario().ready(ONE, 'main')
  scenario.request({ verb: 'signal.public', case: ONE, link: 'https://forum.example/thread/1' }).approve()
  scenario.request({ verb: 'disclose.interim', case: ONE }).approve()
  return scenario
}

describe('a security release', () => {
  it('moves as its table says, and makes every move that the table has', () => {
    const moved = plannedRelease()
    moved.does({ verb: 'release.move', case: ONE, at: later(DATE, HOUR) }, person(ana))

    const published = prenotifiedRelease()
    published.does({ verb: 'release.move', case: ONE, at: later(DATE, HOUR) }, person(ana))
    published.wait(later(DATE, HOUR) - published.now)
    published.request({ verb: 'disclose', case: ONE }).approve()

    const calledOff = prenotifiedRelease().request({ verb: 'release.cancel', case: ONE })
    calledOff.approve()

    const emptied = new MultiCaseScenario().ready(ONE, 'main').plan()
    emptied.does({ verb: 'triage.not-now', case: ONE, reason: 'after the summer' }, person(ana))

    const straight = plannedRelease()
    straight.wait(DATE - straight.now)
    straight.request({ verb: 'disclose', case: ONE }).approve()

    const whole = inTheInterim().request({ verb: 'disclose', case: ONE })
    whole.approve()

    const left = inTheInterim()
    left.does({ verb: 'close', case: ONE, reason: 'another fixed it' }, person(ana))

    const made = [moved, published, calledOff, emptied, straight, whole, left].flatMap(movesIn)
    const table = Object.entries(RELEASE_TRANSITIONS).flatMap(([from, moves]) =>
      Object.entries(moves).map(([move, to]) => `${from} ${move} ${to}`),
    )
    expect([...new Set(made)].toSorted()).toEqual(table.toSorted())
  })

  it('ends as published or cancelled: the table has a row for these states, and no move', () => {
    expect([RELEASE_TRANSITIONS.released, RELEASE_TRANSITIONS.cancelled]).toEqual([{}, {}])
  })
})
