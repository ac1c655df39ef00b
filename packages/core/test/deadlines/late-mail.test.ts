import { describe, expect, it } from 'vitest'
import { CaseId, clocks, DAY, HOUR, MessageId, ReportId, outlook, rowOf } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ana, BLOB, CASE, HASH, person, policyOf, RELEASE, Scenario } from '../fixtures/scenario.ts'
import { requestAndApprove, PREVIEW } from '../fixtures/secrecy.ts'

const REPORT = ReportId.parse(`${CASE}/r1`)
const NEXT = CaseId.parse('SEC-2026-0002')

const comes = (scenario: Scenario, name = 'late', automatic = false): Scenario => {
  scenario.does({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse(name),
    from: 'reporter',
    report: REPORT,
    trust: 'nothing-proven',
    automatic,
  })
  return scenario
}
/** The case was closed as not a vulnerability, and a day has passed. */
const rejected = (): Scenario => {
  const scenario = new Scenario(policyOf()).opens()
  scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'by design' }, person(ana))
  return scenario.wait(DAY)
}
const onlyPublished = (): Scenario => {
  const scenario = new Scenario(policyOf()).untilReady()
  requestAndApprove(scenario, { verb: 'prenotify', case: CASE, at: RELEASE, shown: PREVIEW })
  scenario.now = RELEASE
  requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })
  const { release } = scenario.world
  if (release !== undefined) scenario.happens(release.id, { type: 'Disclosed' })
  return scenario
}
const published = (): Scenario => {
  const scenario = onlyPublished()
  scenario.does({ verb: 'close', case: CASE }, person(ana))
  return scenario.wait(DAY)
}
const running = ({ policy, world }: Scenario) => clocks(policy, world).find(({ clock }) => clock === 'late-mail')
const names = ({ policy, world }: Scenario) => clocks(policy, world).map(({ clock }) => clock)
const next = ({ policy, world, now }: Scenario) => outlook(policy, world, now)?.next

describe('an unanswered mail when its case is closed', () => {
  it('is set aside with a reason, and forgotten by nobody', () => {
    const scenario = comes(onlyPublished())
    const close = { verb: 'close', case: CASE } as const
    expect(scenario.refused(close, person(ana))).toMatchObject({
      liftedBy: [{ verb: 'reply' }, { verb: 'close' }],
    })
    expect(scenario.does({ ...close, reason: 'they say thanks' }, person(ana))).toEqual([
      'LateMailSetAside',
      'CaseClosed',
    ])
  })
})

describe('a mail to a closed case', () => {
  it('has an owner and a deadline like a new report, whatever arrives after it', () => {
    const scenario = comes(rejected())
    const first = scenario.now
    expect(running(scenario)).toMatchObject({ owner: 'Ana', start: first, due: first + DAY })
    comes(scenario.wait(HOUR), 'later')
    expect(running(scenario)).toMatchObject({ start: first })
    expect(next(scenario)).toMatchObject({ owner: 'Ana', due: first + DAY })
    expect(rowOf(scenario.policy, scenario.world)).toMatchObject({ open: true, due: first + DAY })
  })

  it('is escalated to the admins repeatedly while nobody handles it', () => {
    const scenario = comes(rejected())
    const late = running(scenario)?.moments.filter(({ breach }) => breach === true) ?? []
    expect(late.length).toBeGreaterThan(10)
    expect(late.every(({ hears, repeats }) => hears === 'admins' && repeats === true)).toBe(true)
  })

  it('prevents its channel from being archived until it is handled', () => {
    const scenario = rejected()
    scenario.happens(CASE, { type: 'ChannelOpened', platform: 'slack', channel: 'C1', name: 'sec-2026-0001' })
    expect(names(scenario)).toContain('archive-channel')
    comes(scenario)
    expect(names(scenario)).not.toContain('archive-channel')
    scenario.does({ verb: 'reply', case: CASE, report: REPORT, text: BLOB, sha256: HASH }, person(ana))
    expect(names(scenario)).toContain('archive-channel')
  })

  it.each<[string, PersonRequest]>([
    ['answers it', { verb: 'reply', case: CASE, report: REPORT, text: BLOB, sha256: HASH }],
    ['sets it aside', { verb: 'close', case: CASE, reason: 'the same as before' }],
    ['opens the case again', { verb: 'reopen', case: CASE, reason: 'there is a proof' }],
  ])('waits until a person %s', (_, request) => {
    const scenario = comes(rejected())
    scenario.does(request, person(ana))
    expect(running(scenario)).toBeUndefined()
    expect(scenario.world.case?.answeredAfterClosing).toBeUndefined()
  })

  it('of what we published waits for an answer after a follow-up too, which is offered instead of opening it again', () => {
    const scenario = comes(published())
    expect(next(scenario)).toMatchObject({ verb: 'reply', action: expect.stringContaining('open a follow-up') })
    expect(scenario.refused({ verb: 'reopen', case: CASE, reason: 'x' }, person(ana))).toMatchObject({
      gate: 'publication-not-begun',
    })
    scenario.does({ verb: 'open', case: NEXT, project: 'quillmark', follows: CASE }, person(ana))
    expect(running(scenario)).toMatchObject({ owner: 'Ana' })
    expect(next(scenario)).toMatchObject({
      verb: 'reply',
      action: 'answer the mail that came after closing or set the mail aside',
    })
    scenario.does({ verb: 'reply', case: CASE, report: REPORT, text: BLOB, sha256: HASH }, person(ana))
    expect(running(scenario)).toBeUndefined()
  })

  it.each<[string, PersonRequest]>([
    ['answers it', { verb: 'reply', case: CASE, report: REPORT, text: BLOB, sha256: HASH }],
    ['sets it aside', { verb: 'close', case: CASE, reason: 'it is a newsletter' }],
  ])('waits too where it cannot be read, until a person %s', (_, request) => {
    const scenario = rejected()
    const message = MessageId.parse('late')
    scenario.does({ verb: 'quarantine-message', case: CASE, message, because: 'too-large' })
    expect(running(scenario)).toMatchObject({ owner: 'Ana', start: scenario.now })
    expect(next(scenario)).toMatchObject({ verb: 'reply', action: expect.stringContaining('answer the mail') })
    scenario.does(request, person(ana))
    expect(running(scenario)).toBeUndefined()
  })

  it('needs no answer if a program sent it', () => {
    expect(running(comes(rejected(), 'away', true))).toBeUndefined()
  })

  it('is set aside with a reason', () => {
    const scenario = comes(rejected())
    expect(scenario.refused({ verb: 'close', case: CASE }, person(ana))).toMatchObject({ gate: 'makes-sense' })
    expect(scenario.does({ verb: 'close', case: CASE, reason: 'spam' }, person(ana))).toEqual(['LateMailSetAside'])
    expect(scenario.refused({ verb: 'close', case: CASE, reason: 'spam' }, person(ana))).toMatchObject({
      gate: 'case-open',
    })
  })
})

describe('a case that cannot be reopened', () => {
  it('offers a follow-up instead', () => {
    const scenario = published()
    for (const request of [
      { verb: 'embargo.until', case: CASE, end: scenario.now + 30 * DAY, by: 'team' },
      { verb: 'triage.not-now', case: CASE, reason: 'x' },
    ] as PersonRequest[]) {
      const refusal = scenario.refused(request, person(ana))
      expect([request.verb, refusal?.liftedBy.map(({ verb }) => verb)]).toEqual([request.verb, ['open']])
    }
  })
})
