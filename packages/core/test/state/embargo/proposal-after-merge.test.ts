import { describe, expect, it } from 'vitest'
import { agreedEnd, embargoInForce, later, mergeTerms, MessageId } from '../../../src/index.ts'
import type { CaseId, Instant } from '../../../src/index.ts'
import { ana, ben, CASE, DAY, HOUR, person } from '../../fixtures/scenario.ts'
import type { Scenario } from '../../fixtures/scenario.ts'
import { caseAt, letters, reportId, SECOND, THIRD, twoReports } from '../../fixtures/two-reports.ts'

const em = (scenario: Scenario, id: CaseId = CASE) => caseAt(scenario, id).em
function embargo(scenario: Scenario, id: CaseId = CASE) {
  const state = em(scenario, id)
  if (!embargoInForce(state)) throw new Error('no embargo is in force')
  return state
}
const inForce = (scenario: Scenario, id: CaseId): Instant => embargo(scenario, id).end
const agreed = (scenario: Scenario, id: CaseId = CASE): Instant => agreedEnd(embargo(scenario, id))

/** The reporter of a case proposes an end date. */
function names(scenario: Scenario, id: CaseId, end: Instant): void {
  const message = MessageId.parse(`mail-${scenario.log.length}`)
  const answer = { about: 'embargo-date', end } as const
  scenario.wait(HOUR).does({
    verb: 'take-in-message',
    case: id,
    message,
    from: 'reporter',
    report: reportId(id, 1),
    trust: 'domain-vouches',
    automatic: false,
  })
  scenario.does({ verb: 'log-answer', case: id, message, answer }, person(ana))
}

function merges(scenario: Scenario): void {
  const { end } = mergeTerms(caseAt(scenario, SECOND), caseAt(scenario, CASE), undefined)
  scenario.does({ verb: 'triage.duplicate', case: SECOND, of: CASE, end: end ?? 'none' }, person(ana))
}

describe('a date that a reporter named before the merge, and nobody agreed to', () => {
  it.each([
    ['the later case', SECOND],
    ['the earlier case', CASE],
  ])('becomes a proposal after the merge, which applies until the team answers: in %s', (_where, id) => {
    const scenario = twoReports()
    const earlier = Math.min(inForce(scenario, CASE), inForce(scenario, SECOND))
    const named = later(scenario.now, 30 * DAY)
    names(scenario, id, named)
    merges(scenario)
    expect(em(scenario)).toMatchObject({ is: 'revise', by: 'reporter', end: named, proposedEnd: named })
    expect(agreed(scenario)).toBe(earlier)
    const accepted = scenario.log.flatMap(({ event }) => (event.type === 'EmbargoAccepted' ? [event.end] : []))
    expect(accepted).not.toContain(named)
    const before = letters(scenario).length
    expect(scenario.does({ verb: 'embargo.accept', case: CASE }, person(ben))).toEqual(['EmbargoAccepted'])
    expect(agreed(scenario)).toBe(named)
    expect(scenario.log.at(-1)?.event).toMatchObject({ report: reportId(CASE, id === CASE ? 1 : 2) })
    expect(letters(scenario).slice(before)).toEqual([
      `embargo-settled ${reportId(CASE, 1)}`,
      `embargo-settled ${reportId(CASE, 2)}`,
    ])
  })

  it('keeps their reporter to nothing longer where the team said no, and is not agreed by that', () => {
    const scenario = twoReports()
    const earlier = inForce(scenario, CASE)
    const named = later(scenario.now, 30 * DAY)
    names(scenario, SECOND, named)
    scenario.does({ verb: 'embargo.reject', case: SECOND, reason: 'too soon' }, person(ana))
    merges(scenario)
    expect(em(scenario)).toEqual({ is: 'active', end: named, agreed: earlier })
  })

  it('applies as the earliest date, if both reporters named one', () => {
    const scenario = twoReports()
    const [first, second] = [later(scenario.now, 40 * DAY), later(scenario.now, 30 * DAY)]
    names(scenario, CASE, first)
    names(scenario, SECOND, second)
    merges(scenario)
    expect(em(scenario)).toMatchObject({ is: 'revise', end: second, proposedEnd: second })
  })

  it('is shown as a proposal before the merge', () => {
    const scenario = twoReports()
    const earlier = inForce(scenario, CASE)
    const named = later(scenario.now, 30 * DAY)
    names(scenario, SECOND, named)
    expect(mergeTerms(caseAt(scenario, SECOND), caseAt(scenario, CASE), undefined)).toMatchObject({
      end: named,
      agreed: earlier,
    })
  })

  const splits = (scenario: Scenario, into?: CaseId) =>
    scenario.does(
      {
        verb: 'open.report',
        case: CASE,
        report: reportId(CASE, into === undefined ? 2 : 1),
        project: 'quillmark',
        reason: 'another problem',
        ...(into === undefined ? {} : { into }),
      },
      person(ana),
    )

  it('keeps counting for a report that is split off, where another reporter named it, and asks nobody there', () => {
    const scenario = twoReports()
    merges(scenario)
    const before = agreed(scenario)
    const named = later(scenario.now, 30 * DAY)
    names(scenario, CASE, named)
    splits(scenario)
    expect(em(scenario, SECOND)).toEqual({ is: 'active', end: named, agreed: before })
    expect(em(scenario, CASE)).toMatchObject({ is: 'revise', end: named, report: reportId(CASE, 1) })
  })

  it('is put to nobody if its reporter left, and the end that the others were told stays', () => {
    const scenario = twoReports()
    const named = later(scenario.now, 30 * DAY)
    names(scenario, SECOND, named)
    merges(scenario)
    const before = agreed(scenario)
    const mails = letters(scenario).length
    splits(scenario)
    expect(em(scenario, CASE)).toEqual({ is: 'active', end: named, agreed: before })
    expect(em(scenario, SECOND)).toMatchObject({ is: 'revise', end: named, report: reportId(SECOND, 1) })
    expect(letters(scenario).slice(mails)).toEqual([`split ${reportId(SECOND, 1)}`])
  })

  it('waits for an answer in both parts of a report that is split', () => {
    const scenario = twoReports()
    const named = later(scenario.now, 30 * DAY)
    names(scenario, CASE, named)
    splits(scenario, THIRD)
    expect([em(scenario, CASE), em(scenario, THIRD)]).toMatchObject([
      { is: 'revise', end: named, report: reportId(CASE, 1) },
      { is: 'revise', end: named, report: reportId(THIRD, 1) },
    ])
  })
})

describe('a date that the team proposed, and no reporter answered', () => {
  it('is not agreed by a merge', () => {
    const scenario = twoReports()
    const earlier = inForce(scenario, CASE)
    scenario.does({ verb: 'embargo.until', case: SECOND, end: later(scenario.now, 20 * DAY) }, person(ana))
    merges(scenario)
    expect(em(scenario)).toEqual({ is: 'active', end: earlier })
  })
})
