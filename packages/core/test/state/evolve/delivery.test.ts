import { describe, expect, it } from 'vitest'
import { doubtsOf, MessageId } from '../../../src/index.ts'
import type { CaseId, Outcome } from '../../../src/index.ts'
import { isReachable } from '../../../src/state/report/reachability.ts'
import { ana, CASE, person } from '../../fixtures/scenario.ts'
import type { Scenario } from '../../fixtures/scenario.ts'
import { SECOND, THIRD, reportId, caseAt, twoReports, duplicate } from '../../fixtures/two-reports.ts'

describe('a mail that did not reach a reporter', () => {
  const ACKNOWLEDGMENT = 'acknowledgment'
  /** The second reporter's mail server refuses a mail for good, before the two cases are merged. */
  const lost = () => {
    const scenario = twoReports()
    scenario.does({ verb: 'ack', case: SECOND }, person(ana))
    const mail = scenario.effects.findLast((one) => one.kind === 'send-mail' && one.letter === ACKNOWLEDGMENT)
    if (mail?.kind !== 'send-mail') throw new Error('no mail')
    const { id: effect, letter, to } = mail
    const back = (status: string, kind: 'hard' | 'soft') =>
      scenario.does({
        verb: 'record-bounce',
        case: SECOND,
        of: SECOND,
        effect,
        letter,
        to,
        kind,
        status,
        message: MessageId.parse('mail-b'),
      })
    const outcome = (more: object) =>
      scenario.does({ verb: 'record-outcome', stream: SECOND, effect, outcome: { letter, to, ...more } as Outcome })
    return { scenario, effect, back, outcome }
  }
  const unseen = (scenario: Scenario, id: CaseId) => doubtsOf(caseAt(scenario, id), undefined)

  it('waits in the case that now has their report, and can be settled there', () => {
    const { scenario, effect, back } = lost()
    back('5.1.1', 'hard')
    scenario.does(duplicate(scenario), person(ana))
    expect(unseen(scenario, SECOND)).toEqual([])
    expect(unseen(scenario, CASE)).toMatchObject([
      { effect, letter: ACKNOWLEDGMENT, to: `report:${reportId(CASE, 2)}`, hard: true },
    ])
    const second = caseAt(scenario, CASE).reports.find(({ id }) => id === reportId(CASE, 2))
    expect(second && isReachable(caseAt(scenario, CASE), second)).toBe(false)
    expect(scenario.does({ verb: 'settle', case: CASE, effect, outcome: 'again' }, person(ana))).toEqual([
      'DoubtSettled',
    ])
    expect(unseen(scenario, CASE)).toEqual([])
  })

  it('returns with the report when it is split off again', () => {
    const { scenario, effect, back } = lost()
    back('5.1.1', 'hard')
    scenario.does(duplicate(scenario), person(ana))
    scenario.does(
      { verb: 'open.report', case: CASE, report: reportId(CASE, 2), project: 'quillmark', reason: 'another cause' },
      person(ana),
    )
    expect(unseen(scenario, CASE)).toEqual([])
    expect(unseen(scenario, SECOND)).toMatchObject([{ effect, to: `report:${reportId(SECOND, 1)}`, hard: true }])
  })

  it.each([
    ['was refused', { is: 'mail-failed', because: '550 no such user' }, 1],
    ['was taken', { is: 'mail-accepted', messageId: '<m@example.org>' }, 0],
  ])('tells that it %s in that case, when it was under way during the merge', (_name, more, waiting) => {
    const { scenario, outcome } = lost()
    scenario.does(duplicate(scenario), person(ana))
    outcome(more)
    const told = scenario.log.at(-1)
    expect(told).toMatchObject({ stream: CASE, event: { to: `report:${reportId(CASE, 2)}`, letter: ACKNOWLEDGMENT } })
    expect(unseen(scenario, CASE)).toHaveLength(waiting)
    expect(unseen(scenario, SECOND)).toEqual([])
  })

  it('stays where it is if a report is only divided', () => {
    const { scenario, effect, back } = lost()
    back('4.2.2', 'soft')
    scenario.does(
      {
        verb: 'open.report',
        case: SECOND,
        report: reportId(SECOND, 1),
        project: 'quillmark',
        into: THIRD,
        reason: 'two things',
      },
      person(ana),
    )
    expect(unseen(scenario, SECOND)).toMatchObject([{ effect, hard: false }])
    expect(unseen(scenario, THIRD)).toEqual([])
  })
})
