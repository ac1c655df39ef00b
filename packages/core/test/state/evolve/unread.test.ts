import { describe, expect, it } from 'vitest'
import { CaseEvent, MessageId, outlook, unreadMails } from '../../../src/index.ts'
import type { CaseId, PersonRequest, ReportId } from '../../../src/index.ts'
import { ana, ben, BLOB, CASE, HASH, person } from '../../fixtures/scenario.ts'
import type { Scenario } from '../../fixtures/scenario.ts'
import { caseAt, duplicate, mergedReports, reportId, SECOND, twoReports } from '../../fixtures/two-reports.ts'

/** A mail arrives, from a reporter or from an unknown sender. */
const comes = (scenario: Scenario, id: CaseId, name: string, report?: ReportId) => {
  scenario.does({
    verb: 'take-in-message',
    case: id,
    message: MessageId.parse(name),
    from: report === undefined ? 'unverified' : 'reporter',
    ...(report === undefined ? {} : { report }),
    trust: 'nothing-proven',
    automatic: false,
  })
  return scenario
}
const unread = (scenario: Scenario, id: CaseId = CASE) =>
  unreadMails(caseAt(scenario, id)).map(({ message }) => message)
const reply = (report: ReportId): PersonRequest => ({ verb: 'reply', case: CASE, report, text: BLOB, sha256: HASH })
type LogAnswer = Extract<PersonRequest, { verb: 'log-answer' }>
const log = (answer: LogAnswer['answer']): LogAnswer => ({
  verb: 'log-answer',
  case: CASE,
  message: MessageId.parse('mail-a'),
  answer,
})

/** Both reports are in one case, and both reporters have heard from us. */
const answered = () => {
  const scenario = mergedReports()
  scenario.does(reply(reportId(CASE, 2)), person(ana))
  expect(unread(scenario)).toEqual([])
  return scenario
}

describe('unanswered and unlogged mails', () => {
  it('include a mail of which only a credit or an offer was logged, because it may also contain a question', () => {
    const scenario = comes(comes(answered(), CASE, 'mail-a', reportId(CASE, 1)), CASE, 'mail-b', reportId(CASE, 1))
    scenario.does(log({ about: 'credit', credit: 'anonymous' }), person(ana))
    scenario.does(log({ about: 'patch-offer', willing: false }), person(ana))
    scenario.does(log({ about: 'ai-use', used: false, checkedByPerson: true }), person(ana))
    expect(unread(scenario)).toEqual(['mail-a', 'mail-b'])
    expect(outlook(scenario.policy, scenario.worldAt(CASE), scenario.now)?.unanswered).toBe(2)
    scenario.does(reply(reportId(CASE, 1)), person(ana))
    expect(unread(scenario)).toEqual([])
  })

  it('exclude a mail of which a yes was logged, unless a person says that it also asks something else', () => {
    const scenario = comes(comes(answered(), CASE, 'mail-a', reportId(CASE, 1)), CASE, 'mail-b', reportId(CASE, 1))
    const yes = log({ about: 'consent', agreed: true })
    scenario.does({ ...yes, more: true }, person(ana))
    expect(unread(scenario)).toEqual(['mail-a', 'mail-b'])
    const no = { ...log({ about: 'open', agreed: false }), message: MessageId.parse('mail-b') }
    scenario.does(no, person(ana))
    expect(unread(scenario)).toEqual(['mail-a'])
    scenario.does({ ...no, more: true }, person(ana))
    expect(unread(scenario)).toEqual(['mail-a', 'mail-b'])
    expect(scenario.ask({ ...no, more: true }, person(ana))).toMatchObject({
      note: 'That is logged for this mail already.',
    })
    scenario.does(reply(reportId(CASE, 1)), person(ana))
    expect(unread(scenario)).toEqual([])
  })

  it('are answered only by a reply to the same reporter', () => {
    const scenario = comes(comes(answered(), CASE, 'mail-a', reportId(CASE, 1)), CASE, 'mail-b', reportId(CASE, 2))
    scenario.does(reply(reportId(CASE, 1)), person(ana))
    expect(unread(scenario)).toEqual(['mail-b'])
    const ask = { verb: 'reply.question', case: CASE, report: reportId(CASE, 2), text: BLOB, sha256: HASH } as const
    scenario.does(ask, person(ben))
    expect(unread(scenario)).toEqual([])
  })

  it('that belong to no known reporter are answered by any reply', () => {
    const scenario = comes(answered(), CASE, 'mail-u')
    expect(unread(scenario)).toEqual(['mail-u'])
    scenario.does(reply(reportId(CASE, 1)), person(ana))
    expect(unread(scenario)).toEqual([])
  })

  it('are marked as read by the acknowledgment, and by closing the case', () => {
    const scenario = twoReports()
    expect([unread(scenario, CASE), unread(scenario, SECOND)]).toEqual([[], ['mail-s']])
    scenario.does({ verb: 'ack', case: SECOND }, person(ana))
    expect(unread(scenario, SECOND)).toEqual([])
    comes(scenario, SECOND, 'mail-t', reportId(SECOND, 1))
    scenario.does({ verb: 'triage', case: SECOND, disposition: 'invalid', reason: 'not a bug' }, person(ana))
    expect(unread(scenario, SECOND)).toEqual([])
  })

  it('that arrive after closing remain until each one is answered', () => {
    const scenario = answered()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'not a bug' }, person(ana))
    comes(comes(scenario, CASE, 'mail-a', reportId(CASE, 1)), CASE, 'mail-b', reportId(CASE, 2))
    scenario.does(reply(reportId(CASE, 1)), person(ana))
    expect(caseAt(scenario, CASE).answeredAfterClosing).toBe(scenario.now)
    scenario.does({ ...reply(reportId(CASE, 2)), sha256: HASH } as PersonRequest, person(ana))
    expect(caseAt(scenario, CASE).answeredAfterClosing).toBeUndefined()
  })
})

describe('unanswered mails of a report that moves to another case', () => {
  /** The second reporter has announced a publication on Friday. */
  const friday = () => {
    const scenario = comes(comes(twoReports(), SECOND, 'friday', reportId(SECOND, 1)), SECOND, 'unproven')
    scenario.does(duplicate(scenario), person(ana))
    return scenario
  }

  it('move with it when it is merged, including mails from unknown senders', () => {
    const scenario = friday()
    expect(unread(scenario, SECOND)).toEqual([])
    expect(unread(scenario)).toEqual(['mail-s', 'friday', 'unproven'])
    const moved = scenario.log.flatMap(({ event }) => (event.type === 'MessageMoved' ? [event] : []))
    expect(moved.map((event) => CaseEvent.parse(event))).toEqual(moved)
  })

  it('return with it, and wait in only one case', () => {
    const scenario = friday()
    scenario.does(
      { verb: 'open.report', case: CASE, report: reportId(CASE, 2), project: 'quillmark', reason: 'another cause' },
      person(ana),
    )
    expect([unread(scenario), unread(scenario, SECOND)]).toEqual([['unproven'], ['mail-s', 'friday']])
  })

  it('need no work after the return if they were answered meanwhile', () => {
    const scenario = friday()
    scenario.does(reply(reportId(CASE, 2)), person(ana))
    scenario.does(
      { verb: 'open.report', case: CASE, report: reportId(CASE, 2), project: 'quillmark', reason: 'another cause' },
      person(ana),
    )
    expect([unread(scenario), unread(scenario, SECOND)]).toEqual([[], []])
  })

  it('stay with the report if it is divided', () => {
    const scenario = comes(answered(), CASE, 'mail-a', reportId(CASE, 1))
    const into = 'SEC-2026-0003' as CaseId
    scenario.does(
      { verb: 'open.report', case: CASE, report: reportId(CASE, 1), into, project: 'quillmark', reason: 'two things' },
      person(ana),
    )
    expect([unread(scenario), unread(scenario, into)]).toEqual([['mail-a'], []])
  })
})
