import { describe, expect, it } from 'vitest'
import { clocks, MINUTE } from '../../../src/index.ts'
import type { Request } from '../../../src/index.ts'
import { acknowledgedCase, letters, question, reply, state } from '../../fixtures/course.ts'
import { publicSignal, openedCase, refuse, silence, openApproval } from '../../fixtures/secrecy.ts'
import { ana, ben, CASE, DAY, HOUR, person, Scenario } from '../../fixtures/scenario.ts'

/** The request of a program that was not running when the deadline passed and notices this after its start. */
const missed = (request: Request): Request => (request.verb === 'fire-clock' ? { ...request, missed: true } : request)

/** The request that the clock makes when the reporter's time for answering a question is over. */
const questionEnds = (scenario: Scenario): Request => {
  const { askedAt, againAt } = state(scenario).needsInfo ?? {}
  if (askedAt === undefined) throw new Error('nothing was asked')
  return { verb: 'fire-clock', stream: CASE, clock: 'needs-info', round: againAt ?? askedAt, fraction: 1 }
}

describe('a signal whose half hour ended while nothing ran', () => {
  const afterAStop = () => {
    const scenario = openedCase()
    scenario.does(publicSignal, person(ana))
    scenario.wait(7 * DAY)
    expect(scenario.does(missed(silence(scenario)))).toEqual(['ReminderDue'])
    return scenario
  }

  it('still waits its full time for an objection, and is announced', () => {
    const scenario = afterAStop()
    expect(openApproval(scenario).yesFrom).toBe(scenario.now + 30 * MINUTE)
    expect(state(scenario).cs.public).toBeUndefined()
    expect(scenario.does(refuse, person(ben))).toContain('ApprovalRefused')
  })

  it('counts after that time if nobody objects', () => {
    const scenario = afterAStop()
    const again = silence(scenario)
    expect(scenario.wait(29 * MINUTE).does(again)).toEqual([])
    expect(scenario.wait(MINUTE).does(again)).toContain('VulnerabilityPublic')
  })

  it('counts at once if only its announcement is late and somebody could have objected', () => {
    const scenario = openedCase()
    scenario.does(publicSignal, person(ana))
    scenario.wait(HOUR)
    expect(scenario.does(silence(scenario))).toContain('VulnerabilityPublic')
  })
})

describe('a patch whose reporter’s reminder fell due while nothing ran', () => {
  const CLOCK = 'reporter-verification/main'
  /** Lets the given time pass while the program is not running. The reporter has three days to answer. */
  const after = (milliseconds: number) => {
    const scenario = new Scenario().untilPatch()
    const patch = clocks(scenario.policy, scenario.world).find(({ clock }) => clock === CLOCK)
    if (patch === undefined) throw new Error('nobody is asked')
    scenario.wait(milliseconds)
    const fraction = patch.due <= scenario.now ? 1 : 0.5
    const told = { verb: 'fire-clock', stream: CASE, clock: CLOCK, round: patch.round, fraction } as const
    return { scenario, asked: patch, told }
  }
  const nudges = (scenario: Scenario) => letters(scenario).filter((letter) => letter === 'verification-nudge').length
  const STAND_IN = { verb: 'confirm', case: CASE, fixed: true, note: 'no word from them' } as const

  it('reminds the reporter after a stop past both halves, and silence counts after another half', () => {
    const { scenario, told } = after(9 * DAY)
    expect(scenario.does(missed(told))).toEqual(['ReminderDue'])
    expect(nudges(scenario)).toBe(1)
    expect(scenario.refused(STAND_IN, person(ana)).gate).toBe('reporter-check')
    const [main] = clocks(scenario.policy, scenario.world).filter(({ clock }) => clock === CLOCK)
    expect(main).toMatchObject({ round: scenario.now, due: scenario.now + 1.5 * DAY })
    expect(main?.moments.map(({ fraction }) => fraction)).toEqual([1])
    // The last reminder comes only in working hours, so the test waits longer than the time that the reporter has left.
    scenario.wait(4 * DAY)
    expect(scenario.does({ ...told, round: main?.round ?? 0, fraction: 1 })).toEqual(['ReminderDue'])
    expect(nudges(scenario)).toBe(1)
    expect(scenario.does(STAND_IN, person(ana))).toContain('FixVerified')
  })

  it('gives the reporter the same time if only the first half was missed', () => {
    const { scenario, told } = after(2.5 * DAY)
    scenario.does(missed(told))
    expect(nudges(scenario)).toBe(1)
    scenario.wait(DAY)
    expect(scenario.refused(STAND_IN, person(ana)).gate).toBe('reporter-check')
    scenario.wait(0.5 * DAY)
    expect(scenario.does(STAND_IN, person(ana))).toContain('FixVerified')
  })

  it('gives no extra time to a reporter who was reminded in time, or whose last reminder is late', () => {
    const { scenario, asked, told } = after(2 * DAY)
    scenario.does(told)
    scenario.wait(7 * DAY)
    expect(scenario.does(missed({ ...told, fraction: 1 }))).toEqual(['ReminderDue'])
    expect(nudges(scenario)).toBe(1)
    expect(clocks(scenario.policy, scenario.world).find(({ clock }) => clock === CLOCK)?.due).toBe(asked.due)
    expect(scenario.does(STAND_IN, person(ana))).toContain('FixVerified')
  })
})

describe('a question whose deadline passed while nothing ran', () => {
  const afterAStop = (scenario: Scenario = acknowledgedCase()) => {
    scenario.does(question, person(ana))
    scenario.wait(35 * DAY)
    scenario.does(missed(questionEnds(scenario)))
    return scenario
  }

  it('is repeated once, with the time that follows the last reminder', () => {
    const scenario = afterAStop()
    expect(letters(scenario).filter((letter) => letter === 'question')).toHaveLength(2)
    expect(state(scenario)).toMatchObject({ rm: 'received', needsInfo: { dueAt: scenario.now + 6 * DAY } })
    expect(scenario.wait(5 * DAY).does(questionEnds(scenario))).toEqual([])
    expect(scenario.wait(DAY).does(questionEnds(scenario))).toContain('CaseClosed')
  })

  it('is answered by a mail that waited while the program was stopped', () => {
    const scenario = afterAStop()
    expect(reply(scenario, 'mail-2')).toEqual(['MessageTakenIn', 'InfoReceived'])
  })

  it('ends at once in an accepted case, in which silence changes nothing', () => {
    const scenario = new Scenario().untilReady()
    scenario.does(question, person(ana))
    scenario.wait(35 * DAY)
    expect(scenario.does(missed(questionEnds(scenario)))).toEqual(['ClockBreached'])
  })

  it('was reminded of in its time, or late, as any other', () => {
    const scenario = acknowledgedCase()
    scenario.does(question, person(ana))
    const round = scenario.now
    scenario.wait(28 * DAY)
    const reminder: Request = { verb: 'fire-clock', stream: CASE, clock: 'needs-info', round, fraction: 0.8 }
    expect(scenario.does(missed(reminder))).toEqual(['ReminderDue'])
    expect(state(scenario).needsInfo?.dueAt).toBe(round + 30 * DAY)
  })
})
