import { describe, expect, it } from 'vitest'
import { boundReporters, CaseEvent, later, mergeTerms, MessageId } from '../../../src/index.ts'
import type { Instant, LoggedAnswer } from '../../../src/index.ts'
import { ana, ben, CASE, DAY, person } from '../../fixtures/scenario.ts'
import type { Scenario } from '../../fixtures/scenario.ts'
import { caseAt, duplicate, endOf, letters, reportId, SECOND, THIRD, twoReports } from '../../fixtures/two-reports.ts'

/** The embargo of the later case expired before that case was merged. */
function freed(): Scenario {
  const scenario = twoReports()
  scenario.states.set(SECOND, {
    ...caseAt(scenario, SECOND),
    em: { is: 'exited', reason: 'expired', at: scenario.now },
  })
  scenario.does(duplicate(scenario), person(ana))
  return scenario
}

const bound = (scenario: Scenario) => boundReporters(caseAt(scenario, CASE)).map(({ id }) => id)

function endNow(scenario: Scenario): Instant {
  const end = endOf(scenario, CASE)
  if (typeof end === 'string') throw new Error('no embargo is in force')
  return end
}

/** A reporter writes a mail, and Ana logs the reporter's answer. */
function says(scenario: Scenario, n: number, answer: LoggedAnswer): readonly string[] {
  const message = MessageId.parse(`mail-${n}-${scenario.log.length}`)
  scenario.wait(DAY).does({
    verb: 'take-in-message',
    case: CASE,
    message,
    from: 'reporter',
    report: reportId(CASE, n),
    trust: 'domain-vouches',
    automatic: false,
  })
  return scenario.does({ verb: 'log-answer', case: CASE, message, answer }, person(ana))
}

const YES = { about: 'consent', agreed: true } as const
const home = {
  verb: 'open.report',
  case: CASE,
  report: reportId(CASE, 2),
  project: 'quillmark',
  reason: 'another',
} as const

describe('a reporter whose own embargo was over when their case was merged', () => {
  it('is not bound by the embargo, as the merge said, and this is recorded', () => {
    const scenario = freed()
    expect(bound(scenario)).toEqual([reportId(CASE, 1)])
    const joined = scenario.log.flatMap(({ event }) => (event.type === 'ReportJoined' ? [event] : []))
    expect(joined).toMatchObject([{ report: reportId(CASE, 2), free: true }])
    expect(joined.map((event) => CaseEvent.parse(event))).toEqual(joined)
  })

  it('is not asked about a later date, and nobody waits for them', () => {
    const scenario = freed()
    const since = letters(scenario).length
    const end = later(endNow(scenario), 10 * DAY)
    scenario.does({ verb: 'embargo.until', case: CASE, end }, person(ana))
    expect(letters(scenario).slice(since)).toEqual([`embargo-proposal ${reportId(CASE, 1)}`])
    expect(says(scenario, 1, YES)).toEqual(['ReporterAnswered', 'EmbargoAccepted'])
    expect(endOf(scenario, CASE)).toBe(end)
  })

  it('does not delay people who continue in public, and is told about it', () => {
    const scenario = freed()
    says(scenario, 1, { about: 'open', agreed: true })
    const since = letters(scenario).length
    expect(scenario.does({ verb: 'embargo.open', case: CASE }, person(ana))).toContain('EmbargoExited')
    expect(letters(scenario).slice(since)).toEqual([
      `embargo-settled ${reportId(CASE, 1)}`,
      `embargo-settled ${reportId(CASE, 2)}`,
    ])
  })

  it('is bound after a recorded yes, or by a date that they name', () => {
    const agrees = freed()
    says(agrees, 2, YES)
    expect(bound(agrees)).toEqual([reportId(CASE, 1), reportId(CASE, 2)])
    const names = freed()
    says(names, 2, { about: 'embargo-date', end: later(names.now, 20 * DAY) })
    expect(bound(names)).toEqual([reportId(CASE, 1), reportId(CASE, 2)])
  })

  it('agrees to the embargo by saying yes, but not to a date that they were not asked about', () => {
    const scenario = freed()
    const before = endNow(scenario)
    const end = later(before, 10 * DAY)
    scenario.does({ verb: 'embargo.until', case: CASE, end }, person(ana))
    expect(says(scenario, 2, YES)).toEqual(['ReporterAnswered'])
    expect(says(scenario, 1, YES)).toEqual(['ReporterAnswered'])
    expect(caseAt(scenario, CASE).em).toMatchObject({ is: 'revise', end: before })
    expect(says(scenario, 2, { about: 'embargo-date', end })).toEqual(['ReporterAnswered', 'EmbargoAccepted'])
    expect(endOf(scenario, CASE)).toBe(end)
  })

  it('does not end a proposal to others by saying no', () => {
    const scenario = freed()
    const end = later(endNow(scenario), 10 * DAY)
    scenario.does({ verb: 'embargo.until', case: CASE, end }, person(ana))
    expect(says(scenario, 2, { about: 'consent', agreed: false })).toEqual(['ReporterAnswered'])
    expect(caseAt(scenario, CASE).em).toMatchObject({ is: 'revise', proposedEnd: end })
  })

  it('takes home no embargo, since theirs was over, and can be asked there about another', () => {
    const scenario = freed()
    expect(scenario.does(home, person(ben))).not.toContain('EmbargoProposed')
    expect(caseAt(scenario, SECOND)).toMatchObject({ rm: 'valid', em: { is: 'none' } })
    const since = letters(scenario).length
    scenario.does({ verb: 'embargo.until', case: SECOND, end: later(scenario.now, 20 * DAY) }, person(ana))
    expect(letters(scenario).slice(since)).toEqual([`embargo-proposal ${reportId(SECOND, 1)}`])
  })

  it('keeps the embargo after a split if they said yes to it', () => {
    const scenario = freed()
    const end = endOf(scenario, CASE)
    says(scenario, 2, YES)
    scenario.does(home, person(ben))
    expect(endOf(scenario, SECOND)).toBe(end)
  })

  it('is also unbound if the merged case is merged into a third, or a part of their report gets a number', () => {
    const scenario = freed()
    const into = { ...caseAt(scenario, CASE), id: SECOND, reports: [] }
    expect(mergeTerms(caseAt(scenario, CASE), into, undefined).binds).toEqual([reportId(CASE, 1)])
    const { [1]: report } = caseAt(scenario, CASE).reports
    if (report === undefined) throw new Error('it did not come')
    const { joined: _merged, ...own } = report
    scenario.states.set(CASE, { ...caseAt(scenario, CASE), reports: [own] })
    scenario.does({ ...home, into: THIRD }, person(ana))
    expect(caseAt(scenario, THIRD).em).toEqual({ is: 'none' })
  })

  it('is one of all whom another round is agreed with, once the embargo of the others is over too', () => {
    const scenario = freed()
    says(scenario, 1, { about: 'open', agreed: true })
    scenario.does({ verb: 'embargo.open', case: CASE }, person(ana))
    expect(bound(scenario)).toEqual([reportId(CASE, 1), reportId(CASE, 2)])
  })
})
