import { describe, expect, it } from 'vitest'
import { brokenInvariants, flagsOf, previewCommand, instant, later, MINUTE, rowOf } from '../../../src/index.ts'
import type { PersonRequest } from '../../../src/index.ts'
import { ana, ben, BLOB, CASE, HASH, HOUR, person, policyOf, RELEASE, Scenario } from '../../fixtures/scenario.ts'
import {
  after,
  approve,
  attack,
  both,
  correct,
  exploit,
  interim,
  isPublic,
  leak,
  letters,
  opened,
  prenotified,
  prenotify,
  ready,
  refuse,
  shown,
  silence,
  state,
  taken,
  terminate,
} from '../../fixtures/secrecy.ts'

const moderate = (scenario: Scenario) => {
  scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'moderate' }, person(ana))
  return scenario
}
const cancel: PersonRequest = { verb: 'release.cancel', case: CASE, reason: 'the fix is not complete', shown }

describe('a signal', () => {
  it('immediately freezes everything that would be sent under embargo', () => {
    const scenario = ready()
    expect(scenario.does(isPublic, person(ana))).toEqual(['SignalRaised', 'ApprovalRequested'])
    expect(flagsOf(state(scenario))).toContain('frozen')
    const refusal = scenario.refused(prenotify, person(ana))
    expect([refusal.gate, refusal.because]).toEqual(['frozen', expect.stringContaining('the vulnerability is public')])
    expect(state(scenario).cs.public).toBeUndefined()
    expect(state(scenario).em.is).toBe('active')
  })

  it('changes the state and ends the embargo when a second person approves', () => {
    const scenario = opened()
    expect(both(scenario, isPublic)).toEqual(['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic'])
    expect(state(scenario).em).toMatchObject({ is: 'exited', reason: 'public' })
    expect(state(scenario).cs.public).toBe(scenario.now)
    expect(flagsOf(state(scenario))).toEqual(['public', 'embargo over'])
    expect(letters(scenario)).toContain('secrecy-failed report')
  })

  it('counts after half an hour without an objection, and not a minute earlier', () => {
    const scenario = opened()
    scenario.does(isPublic, person(ana))
    const clock = silence(scenario)
    scenario.wait(29 * MINUTE)
    expect(scenario.does(clock)).toEqual([])
    scenario.wait(MINUTE)
    expect(scenario.does(clock)).toEqual(['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic'])
    expect(scenario.does(clock)).toEqual([])
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('is cancelled by an objection, and the waiting messages may be sent', () => {
    const scenario = ready()
    scenario.does(isPublic, person(ana))
    const clock = silence(scenario)
    expect(scenario.does(refuse, person(ben))).toEqual(['ApprovalRefused', 'SignalRefused'])
    expect(flagsOf(state(scenario))).toEqual([])
    expect(scenario.does(prenotify, person(ana))).toEqual(['ApprovalRequested'])
    scenario.wait(HOUR)
    expect(scenario.does(clock)).toEqual([])
    expect(state(scenario).cs.public).toBeUndefined()
  })

  it('of an exploit makes the vulnerability public in the same command', () => {
    const scenario = opened()
    expect(both(scenario, exploit)).toEqual(['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic', 'ExploitPublic'])
    expect(state(scenario).cs).toMatchObject({ public: scenario.now, exploit: scenario.now })
    expect(state(scenario).em).toMatchObject({ reason: 'exploit' })
  })

  it('of attacks raises the severity to at least high, and leaves the end of the embargo to two people', () => {
    const scenario = opened()
    expect(both(scenario, attack)).toEqual(['ApprovalGiven', 'AttacksObserved', 'SeverityRated'])
    expect(state(scenario)).toMatchObject({ severity: 'high', cs: { attacks: scenario.now }, em: { is: 'active' } })
    expect(both(scenario, terminate('attacks'))).toEqual(['ApprovalGiven', 'EmbargoExited'])
    expect(state(scenario).em).toMatchObject({ is: 'exited', reason: 'attacks' })
    expect(letters(scenario)).toContain('secrecy-failed report')
  })

  it('of attacks keeps the severity at high until two people say that it was wrong', () => {
    const scenario = after(opened(), attack)
    const low: PersonRequest = { verb: 'triage', case: CASE, disposition: 'valid', severity: 'low' }
    expect(scenario.refused(low, person(ana))).toMatchObject({
      gate: 'makes-sense',
      liftedBy: [{ verb: 'triage' }, { who: 'two people', verb: 'signal.wrong' }],
    })
    both(scenario, correct('attack'))
    expect(scenario.does(low, person(ana))).toContain('SeverityRated')
    expect(state(scenario).severity).toBe('low')
  })

  it('of attacks does not lower a higher severity', () => {
    const scenario = opened()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' }, person(ana))
    expect(both(scenario, attack)).toEqual(['ApprovalGiven', 'AttacksObserved'])
  })

  it('of attacks does not change the approved severity while it is being sent in texts', () => {
    const scenario = moderate(ready())
    both(scenario, isPublic)
    expect(both(scenario, { verb: 'disclose', case: CASE, shown })).toContain('DisclosureStarted')
    expect(both(scenario, attack)).toEqual(['ApprovalGiven', 'AttacksObserved'])
    expect(state(scenario).severity).toBe('moderate')
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('of attacks blocks new approvals until the case is rated for them', () => {
    const scenario = moderate(ready())
    expect(both(scenario, { verb: 'prenotify', case: CASE, at: RELEASE, shown })).toContain('PrenotificationQueued')
    expect(both(scenario, attack)).toEqual(['ApprovalGiven', 'AttacksObserved'])
    both(scenario, terminate('attacks'))
    taken(scenario)
    const refusal = scenario.refused({ verb: 'disclose', case: CASE, shown }, person(ana))
    expect(refusal).toMatchObject({
      gate: 'severity-rated',
      because: 'Attacks are observed, and the case is still rated moderate.',
      liftedBy: [{ verb: 'triage' }],
    })
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    expect(both(scenario, { verb: 'disclose', case: CASE, shown })).toContain('DisclosureStarted')
  })

  it('of a leak suspends the recipient, tells the others, and asks for a decision', () => {
    const scenario = prenotified()
    expect(both(scenario, leak('north'))).toEqual(['ApprovalGiven', 'LeakSuspected', 'RecipientSuspended'])
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
    const { shown: _shown, ...request } = leak('north') as Extract<PersonRequest, { verb: 'signal.leak' }>
    const scenario = prenotified()
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
    const scenario = after(prenotified(), leak('north'))
    scenario.does({ verb: 'embargo.keep', case: CASE, reason: 'only a name' }, person(ana))
    both(scenario, cancel)
    const again = { verb: 'prenotify', case: CASE, at: RELEASE } as const
    expect(previewCommand(scenario.policy, scenario.world, again, scenario.now)).toMatchObject({
      sentences: ['Leaves out North Linux, because details may have leaked through them.'],
    })
    both(scenario, { ...again, shown })
    expect(scenario.world.release?.prenotified.map(({ recipient }) => recipient)).toEqual(['south'])
    both(taken(scenario), cancel)
    both(scenario, correct('leak'))
    both(scenario, { ...again, shown })
    expect(scenario.world.release?.prenotified.map(({ recipient }) => recipient)).toEqual(['north', 'south'])
  })

  it('of a leak delays nothing because of the recipient who is no longer told', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const stillLeaving = () => scenario.refused(cancel, person(ana)).facts['waiting']
    expect(stillLeaving()).toBe(3)
    both(scenario, leak('north'))
    expect(stillLeaving()).toBe(2)
  })

  it('of a leak through another is another, also while the first waits: both are suspended', () => {
    const scenario = prenotified()
    scenario.does(leak('north'), person(ana))
    expect(scenario.does(leak('north'), person(ben))).toEqual([])
    expect(scenario.does(leak('south'), person(ana))).toEqual(['SignalRaised', 'ApprovalRequested'])
    const [north, south] = state(scenario).approvals.flatMap(({ id, status }) => (status === 'open' ? [id] : []))
    if (north === undefined || south === undefined) throw new Error('no question')
    expect(scenario.does({ verb: 'approve', case: CASE, approval: south, shown }, person(ben))).toEqual([
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
    scenario.does({ verb: 'approve', case: CASE, approval: north, shown }, person(ben))
    expect(suspended()).toEqual(['north', 'south'])
  })

  it('of a leak that was wrong allows the recipient to be told about the same release again', () => {
    const scenario = after(prenotified(), leak('north'))
    const wrong = { verb: 'signal.wrong', case: CASE, what: 'leak', reason: 'it was another bug' } as const
    expect(previewCommand(scenario.policy, scenario.world, wrong, scenario.now)).toMatchObject({
      sentences: [
        expect.any(String),
        expect.any(String),
        'Every recipient who was told of a leak is told that there was none.',
        'From then on, north gets the mails to recipients again, but not those that were sent meanwhile.',
      ],
    })
    expect(both(scenario, { ...wrong, shown })).toEqual(['ApprovalGiven', 'SignalCorrected', 'RecipientReinstated'])
    expect(scenario.world.release?.prenotified.map(({ suspendedAt }) => suspendedAt)).toEqual([undefined, undefined])
    const before = letters(scenario).length
    both(scenario, cancel)
    expect(
      letters(scenario)
        .slice(before)
        .filter((one) => one.endsWith(' recipient')),
    ).toHaveLength(2)
  })

  it('of a leak can end the embargo, and the promised date holds nobody back then', () => {
    const scenario = prenotified()
    both(scenario, leak())
    expect(both(scenario, terminate('leak'))).toEqual(['ApprovalGiven', 'EmbargoExited'])
    expect(state(scenario).leakUndecidedSince).toBeUndefined()
    expect(letters(scenario).filter((one) => one === 'secrecy-failed recipient')).toHaveLength(2)
    expect(both(scenario, { verb: 'disclose', case: CASE, shown })).toContain('DisclosureStarted')
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('has no further effect when it is repeated, or when two people report it at once', () => {
    const scenario = opened()
    scenario.does(isPublic, person(ana))
    expect(scenario.does(isPublic, person(ben))).toEqual([])
    scenario.does(approve, person(ben))
    expect(scenario.does(isPublic, person(ana))).toEqual([])
    expect(scenario.log.filter(({ event }) => event.type === 'VulnerabilityPublic')).toHaveLength(1)
  })

  it('waits for its own answer beside another signal', () => {
    const scenario = opened()
    scenario.does(isPublic, person(ana))
    expect(scenario.does(attack, person(ana))).toEqual(['SignalRaised', 'ApprovalRequested'])
    expect(state(scenario).approvals.map(({ status }) => status)).toEqual(['open', 'open'])
  })
})

describe('a case whose secrecy fails', () => {
  it('is listed before everything that only waits for somebody', () => {
    const urgencyOf = (scenario: Scenario) => rowOf(scenario.policy, scenario.world)?.urgency ?? Number.NaN
    expect(urgencyOf(after(new Scenario().untilPatch(), attack))).toBeLessThan(urgencyOf(opened()))
    expect(urgencyOf(after(opened(), isPublic))).toBeLessThan(urgencyOf(opened()))
  })
})

describe('a case with an unanswered signal that secrecy failed', () => {
  const closes: PersonRequest = { verb: 'close', case: CASE, reason: 'nobody uses it' }

  it('cannot close before the signal is answered, and can after a refusal', () => {
    const scenario = ready()
    scenario.does(isPublic, person(ana))
    expect(scenario.refused(closes, person(ana))).toMatchObject({
      gate: 'frozen',
      liftedBy: [{ verb: 'approve' }, { verb: 'approve.no', how: 'says no, and the case can end' }, { who: 'time' }],
    })
    scenario.does(refuse, person(ben))

    expect(scenario.does(closes, person(ana))).toContain('CaseClosed')
  })

  it('says what the report is meanwhile, where that does not end it', () => {
    const scenario = opened()
    scenario.does(isPublic, person(ana))
    expect(scenario.refused({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana)).gate).toBe('frozen')
    expect(scenario.does({ verb: 'triage', case: CASE, disposition: 'valid' }, person(ana))).toContain('DispositionSet')
  })

  it('waits with the silence of a reporter, which counts when the signal is answered', () => {
    const scenario = opened()
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
    scenario.does(isPublic, person(ana))
    const clock = silence(scenario)

    scenario.wait(10 * MINUTE)
    expect(scenario.does(ends)).toEqual([])
    scenario.wait(20 * MINUTE)
    expect(scenario.does(clock)).toContain('VulnerabilityPublic')
    expect(scenario.does(ends)).toContain('CaseClosed')
  })

  it('ends where we published: attacks that wait for an answer count in a closed case too, and when it is opened again', () => {
    const scenario = after(ready(), isPublic)
    both(scenario, interim)
    scenario.does(attack, person(ana))
    expect(scenario.does(closes, person(ana))).toContain('CaseClosed')
    scenario.does({ verb: 'reopen', case: CASE, reason: 'there is time' }, person(ana))

    expect(scenario.does(approve, person(ben))).toContain('AttacksObserved')
  })
})

describe('one maintainer alone', () => {
  it('raises a signal, which counts after half an hour if it is not withdrawn', () => {
    const scenario = new Scenario(policyOf('solo')).opens()
    scenario.does(isPublic, person(ana))
    const clock = silence(scenario)
    scenario.wait(30 * MINUTE)
    expect(scenario.does(clock)).toContain('VulnerabilityPublic')
  })
})
