import { describe, expect, it } from 'vitest'
import { clocks, DAY, HOUR, later, MessageId, ReporterId, rowOf } from '../../src/index.ts'
import type { PersonRequest, Severity } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, HASH, person, Scenario, START } from '../fixtures/scenario.ts'

/** The sort key of the case's row: a smaller number is more urgent. */
const urgency = (scenario: Scenario): number => rowOf(scenario.policy, scenario.world)?.urgency ?? Number.NaN

/** A report that a program sent and that nobody has looked at yet. */
function unseen(at = START): Scenario {
  const scenario = new Scenario()
  scenario.now = at
  scenario.does({
    verb: 'open-case',
    case: CASE,
    project: 'quillmark',
    message: MessageId.parse('mail-1'),
    receivedAt: at,
    reporter: ReporterId.parse('rep-1'),
    trust: 'nothing-proven',
    automatic: true,
  })
  return scenario
}

/** A case that Ana acknowledged and found valid `days` days before `START`. */
function inWork(severity: Severity, days = 1): Scenario {
  const scenario = new Scenario()
  scenario.now = later(START, -days * DAY)
  scenario.opens()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity, cwe: 'CWE-22' }, person(ana))
  return scenario
}

describe('the order of open cases', () => {
  it('lists a critical case in work before unacknowledged reports, and a mild case after them', () => {
    expect(urgency(inWork('critical'))).toBeLessThan(urgency(unseen()))
    expect(urgency(unseen())).toBeLessThan(urgency(inWork('moderate')))
  })

  it('lists the case that is due first before a similar one', () => {
    expect(urgency(inWork('low', 30))).toBeLessThan(urgency(inWork('low', 1)))
    expect(urgency(unseen())).toBeLessThan(urgency(unseen(later(START, HOUR))))
  })

  it('lists a case long overdue before one that came today', () => {
    expect(urgency(inWork('moderate', 60))).toBeLessThan(urgency(unseen()))
  })

  it('lists an embargo that ends tomorrow before everything late if there is no patch, but not if there is one', () => {
    const late = urgency(inWork('critical', 60))
    const ends = (scenario: Scenario) => {
      const { em } = scenario.world.case ?? {}
      if (em?.is !== 'active') throw new Error('no embargo')
      scenario.now = later(em.end, -DAY)
      const clock = clocks(scenario.policy, scenario.world).find((one) => one.clock === 'embargo-end')
      const warnings = clock?.moments.filter(({ breach }) => breach !== true) ?? []
      for (const { fraction } of warnings)
        scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'embargo-end', round: em.end, fraction })
      return urgency(scenario)
    }
    expect(ends(inWork('low', 1))).toBeLessThan(late)
    expect(ends(new Scenario().untilReady())).toBeGreaterThan(late)
  })

  it('lists a case that can wait after unacknowledged reports', () => {
    const disclosed = new Scenario()
    disclosed.now = later(START, -10 * DAY)
    disclosed.untilReady()
    const state = disclosed.world.case
    if (state === undefined) throw new Error('no case')
    disclosed.states.set(CASE, {
      ...state,
      em: { is: 'none' },
      cs: { ...state.cs, public: later(START, -5 * DAY) },
    })
    expect(urgency(unseen())).toBeLessThan(urgency(disclosed))
  })

  it('lists a case that waits for an approval before a similar one', () => {
    const scenario = new Scenario().untilPatch()
    const like = urgency(scenario)
    expect(scenario.does(waive, person(ana))).toEqual(['ApprovalRequested'])
    expect(urgency(scenario)).toBeLessThan(like)
    // After Ben refuses the request, nothing waits for approval any longer.
    scenario.does(no(scenario), person(ben))
    expect(urgency(scenario)).toBe(like)
  })

  it('lists closed cases after all open ones', () => {
    const closed = new Scenario().opens()
    closed.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    expect(urgency(closed)).toBeGreaterThan(urgency(unseen(later(START, 1000 * DAY))))
  })
})

const waive: PersonRequest = {
  verb: 'waive',
  case: CASE,
  rule: 'reporter-check',
  branch: 'main',
  reason: 'nobody runs it',
  shown: { digest: HASH, blob: BLOB },
}

function no(scenario: Scenario): PersonRequest {
  const [approval] = scenario.world.case?.approvals ?? []
  if (approval === undefined) throw new Error('nothing waits')
  return { verb: 'approve.no', case: CASE, approval: approval.id, reason: 'not yet' }
}
