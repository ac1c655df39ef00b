import { describe, expect, it } from 'vitest'
import { brokenInvariants, flagsOf, previewCommand, instant, later, MINUTE, rowOf } from '../../../src/index.ts'
import type { PersonRequest } from '../../../src/index.ts'
import { ana, ben, BLOB, CASE, HASH, HOUR, person, policyOf, RELEASE, Scenario } from '../../fixtures/scenario.ts'
import {
  after,
  approve,
  attackSignal,
  requestAndApprove,
  correct,
  exploitSignal,
  interim,
  publicSignal,
  leakSignal,
  letters,
  openedCase,
  prenotifiedCase,
  prenotify,
  readyCase,
  refuse,
  PREVIEW,
  silence,
  state,
  deliverPrenotification,
  terminate,
} from '../../fixtures/secrecy.ts'

const moderate = (scenario: Scenario) => {
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'moderate' }, person(ana))
  return scenario
}
const cancel: PersonRequest = { verb: 'release.cancel', case: CASE, reason: 'the fix is not complete', shown: PREVIEW }

describe('a signal', () => {
  it('immediately freezes everything that would be sent under embargo', () => {
    const scenario = readyCase()
    expect(scenario.does(publicSignal, person(ana))).toEqual(['SignalRaised', 'ApprovalRequested'])
    expect(flagsOf(state(scenario))).toContain('frozen')
    const refusal = scenario.refused(prenotify, person(ana))
    expect([refusal.gate, refusal.because]).toEqual(['frozen', expect.stringContaining('the vulnerability is public')])
    expect(state(scenario).cs.public).toBeUndefined()
    expect(state(scenario).em.is).toBe('active')
  })

  it('changes the state and ends the embargo when a second person approves', () => {
    const scenario = openedCase()
    expect(requestAndApprove(scenario, publicSignal)).toEqual(['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic'])
    expect(state(scenario).em).toMatchObject({ is: 'exited', reason: 'public' })
    expect(state(scenario).cs.public).toBe(scenario.now)
    expect(flagsOf(state(scenario))).toEqual(['public', 'embargo over'])
    expect(letters(scenario)).toContain('secrecy-failed report')
  })

  it('counts after half an hour without an objection, and not a minute earlier', () => {
    const scenario = openedCase()
    scenario.does(publicSignal, person(ana))
    const clock = silence(scenario)
    scenario.wait(29 * MINUTE)
    expect(scenario.does(clock)).toEqual([])
    scenario.wait(MINUTE)
    expect(scenario.does(clock)).toEqual(['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic'])
    expect(scenario.does(clock)).toEqual([])
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('is cancelled by an objection, and the waiting messages may be sent', () => {
    const scenario = readyCase()
    scenario.does(publicSignal, person(ana))
    const clock = silence(scenario)
    expect(scenario.does(refuse, person(ben))).toEqual(['ApprovalRefused', 'SignalRefused'])
    expect(flagsOf(state(scenario))).toEqual([])
    expect(scenario.does(prenotify, person(ana))).toEqual(['ApprovalRequested'])
    scenario.wait(HOUR)
    expect(scenario.does(clock)).toEqual([])
    expect(state(scenario).cs.public).toBeUndefined()
  })

  it('of an exploit makes the vulnerability public in the same command', () => {
    const scenario = openedCase()
    expect(requestAndApprove(scenario, exploitSignal)).toEqual([
      'ApprovalGiven',
      'EmbargoExited',
      'VulnerabilityPublic',
      'ExploitPublic',
    ])
    expect(state(scenario).cs).toMatchObject({ public: scenario.now, exploit: scenario.now })
    expect(state(scenario).em).toMatchObject({ reason: 'exploit' })
  })

  it('of attacks raises the severity to at least high, and leaves the end of the embargo to two people', () => {
    const scenario = openedCase()
    expect(requestAndApprove(scenario, attackSignal)).toEqual(['ApprovalGiven', 'AttacksObserved', 'SeverityRated'])
    expect(state(scenario)).toMatchObject({ severity: 'high', cs: { attacks: scenario.now }, em: { is: 'active' } })
    expect(requestAndApprove(scenario, terminate('attacks'))).toEqual(['ApprovalGiven', 'EmbargoExited'])
    expect(state(scenario).em).toMatchObject({ is: 'exited', reason: 'attacks' })
    expect(letters(scenario)).toContain('secrecy-failed report')
  })

  it('of attacks keeps the severity at high until two people say that it was wrong', () => {
    const scenario = after(openedCase(), attackSignal)
    const low: PersonRequest = { verb: 'triage', case: CASE, disposition: 'valid', severity: 'low' }
    expect(scenario.refused(low, person(ana))).toMatchObject({
      gate: 'makes-sense',
      liftedBy: [{ verb: 'triage' }, { who: 'two people', verb: 'signal.wrong' }],
    })
    requestAndApprove(scenario, correct('attack'))
    expect(scenario.does(low, person(ana))).toContain('SeverityRated')
    expect(state(scenario).severity).toBe('low')
  })

  it('of attacks does not lower a higher severity', () => {
    const scenario = openedCase()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' }, person(ana))
    expect(requestAndApprove(scenario, attackSignal)).toEqual(['ApprovalGiven', 'AttacksObserved'])
  })

  it('of attacks does not change the approved severity while it is being sent in texts', () => {
    const scenario = moderate(readyCase())
    requestAndApprove(scenario, publicSignal)
    expect(requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })).toContain('DisclosureStarted')
    expect(requestAndApprove(scenario, attackSignal)).toEqual(['ApprovalGiven', 'AttacksObserved'])
    expect(state(scenario).severity).toBe('moderate')
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('of attacks blocks new approvals until the case is rated for them', () => {
    const scenario = moderate(readyCase())
    expect(requestAndApprove(scenario, { verb: 'prenotify', case: CASE, at: RELEASE, shown: PREVIEW })).toContain(
      'PrenotificationQueued',
    )
    expect(requestAndApprove(scenario, attackSignal)).toEqual(['ApprovalGiven', 'AttacksObserved'])
    requestAndApprove(scenario, terminate('attacks'))
    deliverPrenotification(scenario)
    const refusal = scenario.refused({ verb: 'disclose', case: CASE, shown: PREVIEW }, person(ana))
    expect(refusal).toMatchObject({
      gate: 'severity-rated',
      because: 'Attacks are observed, and the case is still rated moderate.',
      liftedBy: [{ verb: 'triage' }],
    })
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    expect(requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })).toContain('DisclosureStarted')
  })

  it('of a leak suspends the recipient, tells the others, and asks for a decision', () => {
    const scenario = prenotifiedCase()
    expect(requestAndApprove(scenario, leakSignal('north'))).toEqual([
      'ApprovalGiven',
      'LeakSuspected',
      'RecipientSuspended',
    ])
    expect(scenario.world.release?.prenotified.map(({ recipient, suspendedAt }) => [recipient, suspendedAt])).toEqual([
      ['north', scenario.now],
      ['south', undefined],
    ])
    const told = scenario.effects.filter((one) => one.kind === 'send-mail' && one.letter === 'leak-notice')
    expect(told.map((one) => one.kind === 'send-mail' && one.to)).toEqual([
      { kind: 'recipient', list: 'distros', recipient: 'south' },
    ])
    expect(state(scenario).leakUndecidedSince).toBe(scenario.now)
    expect(scenario.does({ verb: 'embargo.keep', case: CASE, reason: 'only a name' }, person(ana))).toEqual([
      'LeakOutlived',
    ])
    expect(scenario.refused({ verb: 'embargo.keep', case: CASE, reason: 'again' }, person(ben)).gate).toBe(
      'makes-sense',
    )
  })

  it('of a leak through a recipient says before that other cases go on telling them, and what ends that', () => {
    const { shown: _shown, ...request } = leakSignal('north') as Extract<PersonRequest, { verb: 'signal.leak' }>
    const scenario = prenotifiedCase()
    expect(previewCommand(scenario.policy, scenario.world, request, scenario.now)).toMatchObject({
      sentences: [
        'Details count as leaked: a mirror had it',
        'The recipient north gets nothing more about this case as long as the leak counts, and the other recipients are told of a leak.',
        'Mails about other releases still go to north. To stop that, an admin takes them off the list in the policy.',
        'Then the team decides whether the embargo ends or continues.',
      ],
    })
  })

  it('of a leak keeps the recipient from every later pre-notification of the case, until it is corrected', () => {
    const scenario = after(prenotifiedCase(), leakSignal('north'))
    scenario.does({ verb: 'embargo.keep', case: CASE, reason: 'only a name' }, person(ana))
    requestAndApprove(scenario, cancel)
    const again = { verb: 'prenotify', case: CASE, at: RELEASE } as const
    expect(previewCommand(scenario.policy, scenario.world, again, scenario.now)).toMatchObject({
      sentences: ['Leaves out North Linux, because details may have leaked through them.'],
    })
    requestAndApprove(scenario, { ...again, shown: PREVIEW })
    expect(scenario.world.release?.prenotified.map(({ recipient }) => recipient)).toEqual(['south'])
    requestAndApprove(deliverPrenotification(scenario), cancel)
    requestAndApprove(scenario, correct('leak'))
    requestAndApprove(scenario, { ...again, shown: PREVIEW })
    expect(scenario.world.release?.prenotified.map(({ recipient }) => recipient)).toEqual(['north', 'south'])
  })

  it('of a leak delays nothing because of the recipient who is no longer told', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const stillLeaving = () => scenario.refused(cancel, person(ana)).facts['waiting']
    expect(stillLeaving()).toBe(3)
    requestAndApprove(scenario, leakSignal('north'))
    expect(stillLeaving()).toBe(2)
  })

  it('of a leak through another is another, also while the first waits: both are suspended', () => {
    const scenario = prenotifiedCase()
    scenario.does(leakSignal('north'), person(ana))
    expect(scenario.does(leakSignal('north'), person(ben))).toEqual([])
    expect(scenario.does(leakSignal('south'), person(ana))).toEqual(['SignalRaised', 'ApprovalRequested'])
    const [north, south] = state(scenario).approvals.flatMap(({ id, status }) => (status === 'open' ? [id] : []))
    if (north === undefined || south === undefined) throw new Error('no question')
    expect(scenario.does({ verb: 'approve', case: CASE, approval: south, shown: PREVIEW }, person(ben))).toEqual([
      'ApprovalGiven',
      'LeakSuspected',
      'RecipientSuspended',
    ])
    const suspended = () =>
      scenario.world.release?.prenotified.flatMap(({ recipient, suspendedAt }) =>
        suspendedAt === undefined ? [] : [recipient],
      )
    expect(suspended()).toEqual(['south'])
    expect(state(scenario).signals.map(({ is, suspect }) => [is, JSON.stringify(suspect)])).toEqual([
      ['raised', expect.stringContaining('north')],
      ['counted', expect.stringContaining('south')],
    ])
    scenario.does({ verb: 'approve', case: CASE, approval: north, shown: PREVIEW }, person(ben))
    expect(suspended()).toEqual(['north', 'south'])
  })

  it('of a leak that was wrong allows the recipient to be told about the same release again', () => {
    const scenario = after(prenotifiedCase(), leakSignal('north'))
    const wrong = { verb: 'signal.wrong', case: CASE, what: 'leak', reason: 'it was another bug' } as const
    expect(previewCommand(scenario.policy, scenario.world, wrong, scenario.now)).toMatchObject({
      sentences: [
        expect.any(String),
        expect.any(String),
        'Every recipient who was told of a leak is told that there was none.',
        'From then on, new mails to recipients go to north again. The mails that were sent in between do not.',
      ],
    })
    expect(requestAndApprove(scenario, { ...wrong, shown: PREVIEW })).toEqual([
      'ApprovalGiven',
      'SignalCorrected',
      'RecipientReinstated',
    ])
    expect(scenario.world.release?.prenotified.map(({ suspendedAt }) => suspendedAt)).toEqual([undefined, undefined])
    const before = letters(scenario).length
    requestAndApprove(scenario, cancel)
    expect(
      letters(scenario)
        .slice(before)
        .filter((one) => one.endsWith(' recipient')),
    ).toHaveLength(2)
  })

  it('of a leak can end the embargo, and the promised date holds nobody back then', () => {
    const scenario = prenotifiedCase()
    requestAndApprove(scenario, leakSignal())
    expect(requestAndApprove(scenario, terminate('leak'))).toEqual(['ApprovalGiven', 'EmbargoExited'])
    expect(state(scenario).leakUndecidedSince).toBeUndefined()
    expect(letters(scenario).filter((one) => one === 'secrecy-failed recipient')).toHaveLength(2)
    expect(requestAndApprove(scenario, { verb: 'disclose', case: CASE, shown: PREVIEW })).toContain('DisclosureStarted')
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('has no further effect when it is repeated, or when two people report it at once', () => {
    const scenario = openedCase()
    scenario.does(publicSignal, person(ana))
    expect(scenario.does(publicSignal, person(ben))).toEqual([])
    scenario.does(approve, person(ben))
    expect(scenario.does(publicSignal, person(ana))).toEqual([])
    expect(scenario.log.filter(({ event }) => event.type === 'VulnerabilityPublic')).toHaveLength(1)
  })

  it('waits for its own answer beside another signal', () => {
    const scenario = openedCase()
    scenario.does(publicSignal, person(ana))
    expect(scenario.does(attackSignal, person(ana))).toEqual(['SignalRaised', 'ApprovalRequested'])
    expect(state(scenario).approvals.map(({ status }) => status)).toEqual(['open', 'open'])
  })
})

describe('a case whose secrecy fails', () => {
  it('is listed before everything that only waits for somebody', () => {
    const urgencyOf = (scenario: Scenario) => rowOf(scenario.policy, scenario.world)?.urgency ?? Number.NaN
    expect(urgencyOf(after(new Scenario().untilPatch(), attackSignal))).toBeLessThan(urgencyOf(openedCase()))
    expect(urgencyOf(after(openedCase(), publicSignal))).toBeLessThan(urgencyOf(openedCase()))
  })
})

describe('a case with an unanswered signal that secrecy failed', () => {
  const closes: PersonRequest = { verb: 'close', case: CASE, reason: 'nobody uses it' }

  it('cannot close before the signal is answered, and can after a refusal', () => {
    const scenario = readyCase()
    scenario.does(publicSignal, person(ana))
    expect(scenario.refused(closes, person(ana))).toMatchObject({
      gate: 'frozen',
      liftedBy: [{ verb: 'approve' }, { verb: 'approve.no', how: 'says no, and the case can end' }, { who: 'time' }],
    })
    scenario.does(refuse, person(ben))

    expect(scenario.does(closes, person(ana))).toContain('CaseClosed')
  })

  it('says what the report is meanwhile, where that does not end it', () => {
    const scenario = openedCase()
    scenario.does(publicSignal, person(ana))
    expect(scenario.refused({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana)).gate).toBe('frozen')
    expect(scenario.does({ verb: 'triage', case: CASE, disposition: 'valid' }, person(ana))).toContain('DispositionSet')
  })

  it('waits with the silence of a reporter, which counts when the signal is answered', () => {
    const scenario = openedCase()
    scenario.does({ verb: 'reply.question', case: CASE, text: BLOB, sha256: HASH }, person(ana))
    const { askedAt = 0, dueAt = 0 } = state(scenario).needsInfo ?? {}
    const ends = {
      verb: 'fire-clock',
      stream: CASE,
      clock: 'needs-info',
      round: instant(askedAt),
      fraction: 1,
    } as const
    scenario.now = later(instant(dueAt), -MINUTE)
    scenario.does(publicSignal, person(ana))
    const clock = silence(scenario)

    scenario.wait(10 * MINUTE)
    expect(scenario.does(ends)).toEqual([])
    scenario.wait(20 * MINUTE)
    expect(scenario.does(clock)).toContain('VulnerabilityPublic')
    expect(scenario.does(ends)).toContain('CaseClosed')
  })

  it('ends where we published: attacks that wait for an answer count in a closed case too, and when it is opened again', () => {
    const scenario = after(readyCase(), publicSignal)
    requestAndApprove(scenario, interim)
    scenario.does(attackSignal, person(ana))
    expect(scenario.does(closes, person(ana))).toContain('CaseClosed')
    scenario.does({ verb: 'reopen', case: CASE, reason: 'there is time' }, person(ana))

    expect(scenario.does(approve, person(ben))).toContain('AttacksObserved')
  })
})

describe('one maintainer alone', () => {
  it('raises a signal, which counts after half an hour if it is not withdrawn', () => {
    const scenario = new Scenario(policyOf('solo')).opens()
    scenario.does(publicSignal, person(ana))
    const clock = silence(scenario)
    scenario.wait(30 * MINUTE)
    expect(scenario.does(clock)).toContain('VulnerabilityPublic')
  })
})
