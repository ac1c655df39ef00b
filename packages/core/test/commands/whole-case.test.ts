import { describe, expect, it } from 'vitest'
import { CommandId, decide, implicitRelease, outlook, stageOf } from '../../src/index.ts'
import type { Addressee, Effect, LetterName } from '../../src/index.ts'
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

const REL = implicitRelease(CASE, 1)
const shown = { digest: OTHER_HASH, blob: BLOB }

const mails = (effects: readonly Effect[]) => effects.flatMap((effect) => (effect.kind === 'send-mail' ? [effect] : []))

function taken(scenario: Scenario, letter: LetterName, to: Addressee) {
  const effect = mails(scenario.effects).findLast(
    (one) => one.letter === letter && JSON.stringify(one.to) === JSON.stringify(to),
  )
  if (effect === undefined) throw new Error(`no ${letter} to take`)
  return scenario.does({
    verb: 'record-outcome',
    stream: effect.stream,
    effect: effect.id,
    outcome: { is: 'mail-accepted', letter, to, messageId: `<${letter}@quillmark.example>` },
  })
}

describe('a whole case', () => {
  it('goes from a mail to the end of the publication, one stage after the other', () => {
    const scenario = new Scenario()
    const stages: string[] = []
    const note = () => {
      const { case: state, release } = scenario.world
      if (state !== undefined) stages.push(stageOf(state, release))
    }
    scenario.opens()
    note()
    scenario.does({ verb: 'ack', case: CASE }, person(ana))
    note()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    note()
    const later = new Scenario().untilPrenotified(RELEASE)
    expect(stages).toEqual(['received', 'acknowledged', 'assessing'])
    expect(stageOf(later.world.case ?? expect.fail('no case'), later.world.release)).toBe('prenotified')

    later.now = RELEASE
    later.does({ verb: 'disclose', case: CASE, shown }, person(ana))
    expect(later.does({ verb: 'approve', case: CASE, shown }, person(ben))).toEqual([
      'ApprovalGiven',
      'EmbargoExited',
      'VulnerabilityPublic',
      'DisclosureStarted',
    ])
    expect(taken(later, 'announcement', { kind: 'public', list: 'announce' })).toContain('StepDone')
    expect(taken(later, 'oss-security', { kind: 'public', list: 'oss-security' })).toContain('StepDone')
    expect(taken(later, 'embargo-lifted', { kind: 'recipient', list: 'distros', recipient: 'north' })).toEqual([
      'MailAccepted',
    ])
    expect(taken(later, 'embargo-lifted', { kind: 'recipient', list: 'distros', recipient: 'south' })).toContain(
      'StepDone',
    )
    expect(taken(later, 'thanks', { kind: 'report', report: later.reportId })).toEqual([
      'MailAccepted',
      'StepDone',
      'Disclosed',
    ])
    later.does({ verb: 'close', case: CASE }, person(ana))
    expect(stageOf(later.world.case ?? expect.fail('no case'), later.world.release)).toBe('closed')
  })

  it('sets P and ends the embargo in the append that starts the publication, before anything public leaves', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    scenario.now = RELEASE
    scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
    const before = mails(scenario.effects).length
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    expect(scenario.world.case?.cs.public).toBe(RELEASE)
    expect(scenario.world.case?.em).toEqual({ is: 'exited', reason: 'released', at: RELEASE, end: expect.any(Number) })
    expect(
      mails(scenario.effects)
        .slice(before)
        .map((one) => one.letter),
    ).toEqual(['announcement'])
  })

  it('keeps the mails that were approved when the policy loses or moves them before they leave', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    scenario.now = RELEASE
    scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    const before = mails(scenario.effects).length
    const { projects, prenotification, ...rest } = scenario.policy
    scenario.policy = {
      ...rest,
      projects: projects.map(({ announce: _announce, ossSecurity: _ossSecurity, ...project }) => project),
      prenotification: { ...prenotification, lists: [] },
    }
    taken(scenario, 'announcement', { kind: 'public', list: 'announce' })
    taken(scenario, 'oss-security', { kind: 'public', list: 'oss-security' })
    expect(
      mails(scenario.effects)
        .slice(before)
        .map(({ letter, to }) => [letter, to]),
    ).toEqual([
      ['oss-security', { kind: 'public', list: 'oss-security' }],
      ['embargo-lifted', { kind: 'recipient', list: 'distros', recipient: 'north' }],
      ['embargo-lifted', { kind: 'recipient', list: 'distros', recipient: 'south' }],
    ])
  })

  it('keeps what every approved mail is known again by, with the policy that it was approved under', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const approved = [
      { letter: 'prenotification', to: { kind: 'recipient', list: 'distros', recipient: 'north' } },
      { letter: 'prenotification', to: { kind: 'recipient', list: 'distros', recipient: 'south' } },
      { letter: 'heads-up', to: { kind: 'public', list: 'announce' } },
    ]
    expect(scenario.world.release?.approved).toEqual(approved.map((mail) => ({ ...mail, words: HASH, policy: HASH })))
  })

  it('accepts no approval of mails that the engine did not render', () => {
    const scenario = new Scenario().untilReady()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    const given = decide(
      { policy: scenario.policy, hash: HASH },
      scenario.world,
      {
        commandId: CommandId.parse('test:bare'),
        actor: person(ben),
        at: scenario.now,
        request: { verb: 'approve', case: CASE, shown },
      },
      scenario.now,
    )
    expect(given).toMatchObject({ ok: false, refusal: { gate: 'makes-sense' } })
  })

  it('mails each recipient once, parks those mails in doubt, and posts one heads-up', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const out = mails(scenario.effects).filter((one) => one.letter === 'prenotification' || one.letter === 'heads-up')
    expect(out.map((one) => [one.letter, one.to, one.doubt])).toEqual([
      ['prenotification', { kind: 'recipient', list: 'distros', recipient: 'north' }, 'park'],
      ['prenotification', { kind: 'recipient', list: 'distros', recipient: 'south' }, 'park'],
      ['heads-up', { kind: 'public', list: 'announce' }, 'park'],
    ])
    expect(new Set(scenario.effects.map((effect) => effect.id)).size).toBe(scenario.effects.length)
  })

  it('lets a person settle an announcement in doubt both ways', () => {
    for (const outcome of ['went', 'again'] as const) {
      const scenario = new Scenario().untilPrenotified(RELEASE)
      scenario.now = RELEASE
      scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
      scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
      const effect = mails(scenario.effects).findLast((one) => one.letter === 'announcement') ?? expect.fail('none')
      scenario.does({
        verb: 'record-outcome',
        stream: REL,
        effect: effect.id,
        outcome: {
          is: 'parked',
          doubt: true,
          because: 'the connection broke',
          letter: 'announcement',
          to: { kind: 'public', list: 'announce' },
        },
      })
      expect(outlook(scenario.policy, scenario.world, scenario.now)?.next).toMatchObject({
        verb: 'settle',
        owner: 'Ana',
      })
      const events = scenario.does({ verb: 'settle', case: CASE, effect: effect.id, outcome }, person(ana))
      expect(events).toEqual(outcome === 'went' ? ['DoubtSettled', 'StepDone'] : ['DoubtSettled'])
      expect(scenario.world.release?.parked).toEqual([])
    }
  })

  it('lets one maintainer complete it alone, with a waived verification and a second look after an hour', () => {
    const scenario = new Scenario(policyOf('solo')).untilPatch()
    const waive = {
      verb: 'waive',
      case: CASE,
      rule: 'fix',
      branch: 'main',
      reason: 'nobody else is here',
      shown,
    } as const
    scenario.does(waive, person(ana))
    scenario.wait(HOUR)
    expect(scenario.does({ verb: 'approve', case: CASE, shown, typedCase: CASE }, person(ana))).toEqual([
      'ApprovalGiven',
      'GateWaived',
      'BranchWaived',
      'FixReady',
    ])
    expect(scenario.world.case?.branches[0]?.waived?.kind).toBe('unverified')
    expect(scenario.does(waive, person(ana))).toEqual([])
    scenario.does(
      { verb: 'advisory', case: CASE, component: 'the loader', impact: 'An attacker may read files.' },
      person(ana),
    )
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    expect(scenario.refused({ verb: 'approve', case: CASE, shown, typedCase: CASE }, person(ana)).gate).toBe(
      'second-person',
    )
    scenario.wait(HOUR)
    expect(
      scenario.refused({ verb: 'approve', case: CASE, shown, typedCase: 'SEC-2026-0002' }, person(ana)).because,
    ).toContain('type the case number')
    expect(scenario.does({ verb: 'approve', case: CASE, shown, typedCase: CASE }, person(ana))).toContain(
      'PrenotificationQueued',
    )
  })

  it('makes an approval void if the effect is no longer what was shown, and sends nothing', () => {
    const scenario = new Scenario().untilReady()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    const before = scenario.effects.filter((effect) => effect.kind === 'send-mail').length
    expect(scenario.does({ verb: 'approve', case: CASE, shown: { digest: HASH, blob: BLOB } }, person(ben))).toEqual([
      'ApprovalVoided',
    ])
    expect(scenario.effects.filter((effect) => effect.kind === 'send-mail')).toHaveLength(before)
    expect(scenario.refused({ verb: 'approve', case: CASE, shown }, person(ben)).gate).toBe('makes-sense')
  })

  it('checks every gate again at the second approval', () => {
    const scenario = new Scenario().untilReady()
    scenario.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    scenario.does({ verb: 'patch', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'better.patch' }, person(ben))
    expect(scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))).toEqual(['ApprovalVoided'])
    const late = new Scenario().untilReady()
    late.does({ verb: 'prenotify', case: CASE, at: RELEASE, shown }, person(ana))
    late.wait(3 * DAY)
    expect(late.does({ verb: 'approve', case: CASE, shown }, person(ben))).toEqual(['ApprovalVoided'])
  })
})
