import { describe, expect, it } from 'vitest'
import { brokenInvariants, CaseId, MessageId } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, HASH, HOUR, OTHER_HASH, person, RELEASE, Scenario } from '../fixtures/scenario.ts'
import { ONE, MultiCaseScenario, TWO } from '../fixtures/multi-case-scenario.ts'
import { caseAt, letters, reportId, SECOND } from '../fixtures/two-reports.ts'
import { publishedCase as publishedBefore } from './states.ts'

const MAIL = MessageId.parse('mail-incomplete')
const open = (more: object = {}): PersonRequest => ({
  verb: 'open',
  case: SECOND,
  project: 'quillmark',
  follows: CASE,
  ...more,
})

/** A published case. Its reporter or a stranger then writes that the fix is incomplete. */
function published(from: 'reporter' | 'unverified' = 'reporter'): Scenario {
  const scenario = new Scenario().untilPrenotified(RELEASE)
  scenario.does({ verb: 'log-answer.credit', case: CASE, credit: 'named', name: 'Rea R.' }, person(ana))
  scenario.now = RELEASE
  const shown = { digest: OTHER_HASH, blob: BLOB }
  scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
  scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
  scenario.wait(HOUR)
  scenario.does({
    verb: 'take-in-message',
    case: CASE,
    message: MAIL,
    from,
    trust: 'domain-vouches',
    automatic: false,
    ...(from === 'reporter' && { report: reportId(CASE, 1) }),
  })
  return scenario
}

describe('an incomplete fix', () => {
  it('opens a linked case with its finder, their mail and their credit', () => {
    const scenario = published()
    const before = caseAt(scenario, CASE).reports[0]
    scenario.does(open({ mail: MAIL }), person(ana))
    const { reports, messages, links, em, acknowledgedAt } = caseAt(scenario, SECOND)
    expect(reports).toEqual([
      expect.objectContaining({
        id: reportId(SECOND, 1),
        reporter: before?.reporter,
        identity: before?.identity,
        message: MAIL,
        credit: before?.credit,
        answerable: true,
      }),
    ])
    expect(reports[0]).not.toHaveProperty('consent')
    expect(messages.map(({ message, from }) => [message, from])).toEqual([[MAIL, 'reporter']])
    expect(links).toEqual([{ case: CASE, as: 'follows' }])
    expect(caseAt(scenario, CASE).links).toEqual([{ case: SECOND, as: 'followed-by', mail: MAIL }])
    expect(em.is).toBe('active')
    expect(acknowledgedAt).toBe(scenario.now)
    expect(letters(scenario).filter((letter) => letter.startsWith('split'))).toHaveLength(1)
    // The finder was never asked about the embargo, so no letter says that they did not answer.
    expect(letters(scenario).filter((letter) => letter.startsWith('embargo-settled'))).toEqual([])
    expect(brokenInvariants(scenario.worldAt(SECOND))).toEqual([])
  })

  it('is opened once by a mail', () => {
    const scenario = published()
    scenario.does(open({ mail: MAIL }), person(ana))
    expect(scenario.does(open({ mail: MAIL, case: CaseId.parse('SEC-2026-0099') }), person(ana))).toEqual([])
  })

  it('leaves its finder and their mail in the first case as well', () => {
    const scenario = published()
    const before = caseAt(scenario, CASE)
    scenario.does(open({ mail: MAIL }), person(ana))
    const { reports, messages } = caseAt(scenario, CASE)
    expect({ reports, messages }).toEqual({ reports: before.reports, messages: before.messages })
  })

  it('cannot be opened with a mail from a stranger or from another case', () => {
    for (const [scenario, mail] of [
      [published('unverified'), MAIL],
      [published(), MessageId.parse('mail-nowhere')],
    ] as const)
      expect(scenario.refused(open({ mail }), person(ana))).toMatchObject({
        because: 'That mail is not from a reporter of the case that the new one follows.',
      })
  })

  it('can be announced at once to the recipients of the first case', () => {
    const scenario = publishedBefore()
    scenario.does({ verb: 'open', case: TWO, project: 'quillmark', follows: ONE }, person(ana))
    const reply = { verb: 'reply', case: ONE, to: 'recipients', text: BLOB, sha256: HASH } as const
    expect(scenario.does(reply, person(ana))).toEqual(['RecipientsWritten'])
  })
})

describe('a mail that opened a case of its own and says that a fix is incomplete', () => {
  const follows = (more: object = {}): PersonRequest => ({
    verb: 'triage',
    case: TWO,
    disposition: 'valid',
    severity: 'high',
    follows: ONE,
    ...more,
  })
  const reported = () => publishedBefore().open(TWO)

  it('is linked to the published case, and keeps its finder', () => {
    const scenario = reported()
    const before = scenario.caseState(TWO).reports
    scenario.does(follows(), person(ana))
    expect(scenario.caseState(TWO)).toMatchObject({ reports: before, links: [{ case: ONE, as: 'follows' }] })
    expect(scenario.caseState(ONE).links).toEqual([{ case: TWO, as: 'followed-by' }])
    expect(scenario.does(follows(), person(ana))).toEqual([])
  })

  it('can be linked after its triage', () => {
    const scenario = reported()
    scenario.does({ verb: 'triage', case: TWO, disposition: 'valid', severity: 'high' }, person(ana))
    expect(scenario.does(follows(), person(ana))).toEqual(['CaseLinked', 'CaseLinked'])
  })

  it.each([
    [
      'a case that is not public',
      () => new MultiCaseScenario().open(ONE).open(TWO),
      {},
      'Only a valid report can follow',
    ],
    ['itself', reported, { follows: TWO }, 'There is no such case, or you do not work on it.'],
    ['a case that nobody knows', reported, { follows: 'SEC-2026-0009' }, 'There is no such case, or'],
    [
      'a case though it is invalid',
      reported,
      { disposition: 'invalid', reason: 'no' },
      'Only a valid report can follow',
    ],
  ])('does not follow %s', (_, given, more, because) => {
    expect(given().refused(follows(more), person(ana)).because).toContain(because)
  })

  it('is kept from a person who declared a conflict in the published case', () => {
    const scenario = reported()
    scenario.happens(ONE, { type: 'ConflictDeclared', person: ben, reason: 'a friend wrote it' })
    scenario.does(follows(), person(ana))
    expect(scenario.caseState(TWO).conflicts).toHaveProperty(ben)
  })
})
