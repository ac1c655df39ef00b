import { describe, expect, it } from 'vitest'
import { DAY, later } from '../../src/index.ts'
import { ana, ben, OTHER_HASH, person } from '../fixtures/scenario.ts'
import {
  plannedRelease,
  DATE,
  NEXT_WEEK,
  ONE,
  PREVIEW,
  prenotifiedRelease,
  TWO,
} from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'

const move = { verb: 'release.move', case: ONE, at: NEXT_WEEK, reason: 'a branch is late' } as const

/**
 * The messages posted after the first `since` effects: for each, the event that it is about and the case in whose
 * channel it was posted.
 */
const saidIn = (scenario: MultiCaseScenario, since: number): readonly string[] =>
  scenario.effects.slice(since).flatMap((effect) => {
    if (effect.kind !== 'post' && effect.kind !== 'place-card') return []
    const event = scenario.log.find(({ eventId }) => eventId === effect.event)?.event.type
    return [`${event} in ${effect.case}`]
  })

describe('what concerns a release', () => {
  it('is asked in one channel and told in those of its other cases', () => {
    const scenario = prenotifiedRelease()
    const before = scenario.effects.length
    scenario.request(move)
    expect(saidIn(scenario, before)).toEqual([`ApprovalRequested in ${ONE}`, `ApprovalRequested in ${TWO}`])
  })

  it('is told there too when it is refused', () => {
    const scenario = prenotifiedRelease().request(move)
    const before = scenario.effects.length
    scenario.does({ verb: 'approve.no', case: ONE, reason: 'it is in time' }, person(ben))
    expect(saidIn(scenario, before)).toEqual([`ApprovalRefused in ${ONE}`, `ApprovalRefused in ${TWO}`])
  })

  it('says what it voids when the same is asked through another case, and tells both channels', () => {
    const scenario = prenotifiedRelease().request(move)
    const before = scenario.effects.length
    const decision = scenario.ask({ ...move, case: TWO, shown: PREVIEW }, person(ana))
    expect(decision).toMatchObject({ ok: true, note: `The same request in ${ONE} is void: this one replaces it.` })
    scenario.request({ ...move, case: TWO })
    expect(saidIn(scenario, before).filter((line) => line.startsWith('ApprovalVoided'))).toEqual([
      `ApprovalVoided in ${ONE}`,
      `ApprovalVoided in ${TWO}`,
    ])
  })

  it('is a fix that is withdrawn, also before the day', () => {
    const scenario = prenotifiedRelease()
    const before = scenario.effects.length
    scenario.submitPatch(TWO, OTHER_HASH)
    expect(saidIn(scenario, before).filter((line) => line.startsWith('FixWithdrawn'))).toEqual([
      `FixWithdrawn in ${TWO}`,
      `FixWithdrawn in ${ONE}`,
    ])
  })

  it('is what is said of the secrecy of one of them, and what becomes of that', () => {
    const scenario = prenotifiedRelease()
    const said = (what: () => void) => {
      const before = scenario.effects.length
      what()
      return saidIn(scenario, before).filter((line) => line.endsWith(ONE))
    }
    const leaks = () => scenario.request({ verb: 'signal.leak', case: TWO, text: 'a mirror had it' })
    expect(said(leaks)).toEqual([`SignalRaised in ${ONE}`])
    const refused = () => scenario.does({ verb: 'approve.no', case: TWO, reason: 'it is another file' }, person(ben))
    expect(said(refused)).toEqual([`SignalRefused in ${ONE}`])
    const attacked = () => scenario.request({ verb: 'signal.attack', case: TWO }).approve(TWO)
    expect(said(attacked)).toEqual([`SignalRaised in ${ONE}`, `AttacksObserved in ${ONE}`])
  })

  it('is not what was settled of one of them once the release is out', () => {
    const scenario = prenotifiedRelease()
    scenario.now = DATE
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    const before = scenario.effects.length
    scenario.request({ verb: 'signal.attack', case: TWO }).approve(TWO)
    expect(saidIn(scenario, before).filter((line) => line.endsWith(ONE))).toEqual([])
  })

  it('is not what is asked of one case alone', () => {
    const scenario = plannedRelease()
    const before = scenario.effects.length
    scenario.request({ verb: 'embargo.extend', case: ONE, end: later(DATE, 200 * DAY), reason: 'a vendor is late' })
    expect(saidIn(scenario, before)).toEqual([`ApprovalRequested in ${ONE}`])
  })
})
