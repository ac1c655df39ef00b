import { describe, expect, it } from 'vitest'
import { flagsOf, MessageId, ReporterId, ReportId } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import {
  ana,
  ben,
  BLOB,
  CASE,
  DAY,
  HASH,
  HOUR,
  OTHER_HASH,
  person,
  policyOf,
  RELEASE,
  Scenario,
} from '../fixtures/scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const opened = () => new Scenario().opens()
const acked = () => {
  const scenario = opened()
  scenario.does({ verb: 'ack', case: CASE }, person(ana))
  return scenario
}

describe('rules', () => {
  it('lets a team member stand in for a silent reporter, with a reason and after the time', () => {
    const scenario = new Scenario().untilPatch().wait(4 * DAY)
    expect(
      scenario.does({ verb: 'confirm', case: CASE, fixed: true, note: 'no answer in four days' }, person(ana)),
    ).toEqual(['FixVerified', 'FixReady'])
  })

  it('takes a verification back when the patch changes', () => {
    const scenario = new Scenario().untilReady()
    expect(
      scenario.does(
        { verb: 'patch-submit', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'b.patch' },
        person(ben),
      ),
    ).toEqual(['PatchSubmitted', 'FixWithdrawn', 'VerificationRequested'])
  })

  it('flags a fix that was taken back until there is one again, and none that was put aside with its case', () => {
    const flags = ({ world }: Scenario) => (world.case === undefined ? [] : flagsOf(world.case))
    const scenario = new Scenario().untilReady()
    const other: PersonRequest = {
      verb: 'patch-submit',
      case: CASE,
      sha256: OTHER_HASH,
      blob: BLOB,
      fileName: 'b.patch',
    }
    scenario.does(other, person(ben))
    expect(flags(scenario)).toEqual(['fix withdrawn'])
    scenario.wait(4 * DAY)
    const looked: PersonRequest = { verb: 'confirm', case: CASE, fixed: true, note: 'no answer in four days' }
    expect(scenario.does(looked, person(ana))).toEqual(['FixVerified', 'FixReady'])
    expect(flags(scenario)).toEqual([])
    const again = { case: CASE, reason: 'not now' } as const
    scenario.does({ verb: 'defer', ...again }, person(ana))
    scenario.does({ verb: 'reopen', ...again }, person(ana))
    expect(flags(scenario)).toEqual([])
  })

  it('waits for another patch once changes were asked of one', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does({ verb: 'confirm', case: CASE, fixed: false, note: 'it misses a case' }, person(ana))
    scenario.wait(4 * DAY)
    const again = scenario.refused(
      { verb: 'confirm', case: CASE, branch: 'main', fixed: true, note: 'no answer' },
      person(ana),
    )
    expect(again.because).toContain('waits for another one')
    const alone = new Scenario(policyOf('solo')).untilPatch()
    alone.does(
      {
        verb: 'patch-submit',
        case: CASE,
        sha256: OTHER_HASH,
        blob: BLOB,
        fileName: 'b.patch',
        author: { kind: 'reporter', report: alone.reportId },
      },
      person(ana),
    )
    alone.does({ verb: 'confirm', case: CASE, fixed: false, note: 'it misses a case' }, person(ana))
    expect(
      alone.refused({ verb: 'waive', case: CASE, rule: 'fix-ready', branch: 'main', reason: 'alone' }, person(ana))
        .gate,
    ).toBe('fix-ready')
  })

  it('never takes an unverified mail for the reporter’s yes', () => {
    const scenario = new Scenario().untilPatch().wait(HOUR)
    const message = MessageId.parse('mail-x')
    scenario.does({
      verb: 'take-in-message',
      case: CASE,
      message,
      from: 'unverified',
      report: scenario.reportId,
      trust: 'nothing-proven',
      automatic: false,
    })
    expect(
      scenario.refused(
        { verb: 'log-answer', case: CASE, message, answer: { about: 'verification', fixed: true } },
        person(ana),
      ).because,
    ).toContain('nothing proves')
  })

  it('never lets the author log the reporter’s yes on their own patch', () => {
    const scenario = new Scenario().untilPatch().wait(HOUR)
    const message = MessageId.parse('mail-2')
    scenario.does({
      verb: 'take-in-message',
      case: CASE,
      message,
      from: 'reporter',
      report: scenario.reportId,
      trust: 'nothing-proven',
      automatic: false,
    })
    expect(
      scenario.refused(
        { verb: 'log-answer', case: CASE, message, answer: { about: 'verification', fixed: true } },
        person(ben),
      ).gate,
    ).toBe('verifier-is-not-author')
  })

  it.each([
    ['the reporter', { kind: 'reporter', report: ReportId.parse(`${CASE}/r1`) } as const],
    ['another person', { kind: 'person', person: ana } as const],
  ])('never lets whoever submits a patch in the name of %s confirm it', (_name, author) => {
    const scenario = new Scenario().untilPatch()
    scenario.does(
      { verb: 'patch-submit', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'b.patch', author },
      person(ben),
    )
    scenario.wait(15 * DAY)
    const refusal = scenario.refused({ verb: 'confirm', case: CASE, fixed: true, note: 'looks right' }, person(ben))
    expect(refusal).toMatchObject({
      gate: 'verifier-is-not-author',
      because: expect.stringContaining('another’s name'),
    })
  })

  it('leaves a case to whoever is alone, though a mail in their own name opened it', () => {
    const scenario = new Scenario(policyOf('solo'))
    scenario.does({
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: MessageId.parse('mail-1'),
      receivedAt: scenario.now,
      reporter: ReporterId.parse('rep-1'),
      identity: { address: 'ana@quillmark.example' },
      person: ana,
      trust: 'nothing-proven',
      automatic: false,
    })
    expect(scenario.does({ verb: 'ack', case: CASE }, person(ana))).toContain('CaseAcknowledged')
  })

  it('takes no other credit once the publication has begun', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    scenario.wait(RELEASE - scenario.now)
    scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    const answer = { about: 'credit', credit: 'named', name: 'Somebody Else' } as const
    const message = MessageId.parse('mail-2')
    expect(scenario.refused({ verb: 'log-answer', case: CASE, message, answer }, person(ana)).gate).toBe(
      'publication-not-begun',
    )
  })

  it('answers a repeated acknowledgment with who did it and when, and appends nothing', () => {
    const scenario = acked()
    const decision = scenario.ask({ verb: 'ack', case: CASE }, person(ben))
    expect(decision).toMatchObject({ ok: true, appends: [], note: expect.stringContaining('Ana acknowledged') })
  })

  it('ends a spam report with one command and no mail, and a wrong one with one mail', () => {
    for (const [disposition, letters] of [
      ['spam', ['receipt']],
      ['invalid', ['receipt', 'outcome']],
    ] as const) {
      const scenario = opened()
      scenario.does({ verb: 'triage', case: CASE, disposition, reason: 'it only reads what is public' }, person(ana))
      expect(scenario.world.case?.rm).toBe('closed')
      expect(scenario.effects.flatMap((effect) => (effect.kind === 'send-mail' ? [effect.letter] : []))).toEqual(
        letters,
      )
    }
  })

  it('tells the reporter once who writes the patch, however often it is said', () => {
    const scenario = new Scenario().untilPatch()
    const letters = scenario.effects.length
    expect(scenario.does({ verb: 'assign-patch', case: CASE, to: ben, branches: ['main'] }, person(ana))).toEqual([])
    expect(scenario.effects).toHaveLength(letters)
  })

  it('keeps the texts still until every approved mail is out, and no longer', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const change = { verb: 'advisory', case: CASE, component: 'another component', impact: 'another impact' } as const
    expect(scenario.refused(change, person(ana))).toMatchObject({ gate: 'frozen', facts: { waiting: 3 } })
    for (const effect of scenario.effects) {
      if (effect.kind !== 'send-mail' || (effect.letter !== 'prenotification' && effect.letter !== 'heads-up')) continue
      scenario.does({
        verb: 'record-outcome',
        stream: effect.stream,
        effect: effect.id,
        outcome: { is: 'mail-accepted', letter: effect.letter, to: effect.to, messageId: '<m@quillmark.example>' },
      })
    }
    expect(scenario.does(change, person(ana))).toEqual(['AdvisoryDrafted'])
  })

  it('accepts the very hash again without a second request', () => {
    const scenario = new Scenario().untilPatch()
    expect(
      scenario.does({ verb: 'patch-submit', case: CASE, sha256: HASH, blob: BLOB, fileName: 'fix.patch' }, person(ben)),
    ).toEqual([])
  })
})
