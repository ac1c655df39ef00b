import { describe, expect, it } from 'vitest'
import { brokenInvariants, fastPath, flagsOf, isoInstant, later, MINUTE, rowOf } from '../src/index.ts'
import type { GateId, PersonRequest, Request } from '../src/index.ts'
import { ana, ben, BLOB, CASE, DAY, HASH, HOUR, OTHER_HASH, person, policyOf, RELEASE, Scenario } from './scenario.ts'
import type { PersonId } from '../src/index.ts'

const shown = { digest: HASH, blob: BLOB }
const LINK = 'https://forum.example/thread/1'
const isPublic: PersonRequest = { verb: 'signal-public', case: CASE, link: LINK, shown }
const exploit: PersonRequest = { verb: 'signal-exploit', case: CASE, link: LINK, shown }
const attack: PersonRequest = { verb: 'signal-attack', case: CASE, shown }
const leak = (recipient?: string): PersonRequest => ({
  verb: 'signal-leak',
  case: CASE,
  text: 'a mirror had it',
  ...(recipient === undefined ? {} : { suspect: { kind: 'recipient', list: 'distros', recipient } }),
  shown,
})
const correct = (what: 'public' | 'exploit' | 'attack' | 'leak'): PersonRequest => ({
  verb: 'signal-correct',
  case: CASE,
  what,
  reason: 'it was another bug',
  shown,
})
const approve: PersonRequest = { verb: 'approve', case: CASE, shown }
const refuse: PersonRequest = { verb: 'refuse', case: CASE, reason: 'that is an older one' }
const interim: PersonRequest = { verb: 'interim', case: CASE, shown }
const prenotify: PersonRequest = {
  verb: 'prenotify',
  case: CASE,
  at: RELEASE,
  shown: { digest: OTHER_HASH, blob: BLOB },
}
const terminate = (reason: 'attacks' | 'leak'): PersonRequest => ({
  verb: 'embargo-terminate',
  case: CASE,
  reason,
  text: 'people must act',
  shown,
})

const opened = () => new Scenario().opens()
const ready = () => new Scenario().untilReady()
/** Ana says it, Ben says yes. */
function both(scenario: Scenario, request: PersonRequest) {
  scenario.does(request, person(ana))
  return scenario.does(approve, person(ben))
}
const after = (scenario: Scenario, request: PersonRequest) => {
  both(scenario, request)
  return scenario
}
const letters = (scenario: Scenario) =>
  scenario.effects.flatMap((effect) => (effect.kind === 'send-mail' ? [`${effect.letter} ${effect.to.kind}`] : []))
function state(scenario: Scenario) {
  const { case: found } = scenario.world
  if (found === undefined) throw new Error('no case')
  return found
}
/** Until when the open question waits for a no. */
function waiting(scenario: Scenario) {
  const approval = state(scenario).approvals.find(({ status }) => status === 'open')
  if (approval?.yesFrom === undefined) throw new Error('nothing waits')
  return { id: approval.id, yesFrom: approval.yesFrom }
}
const silence = (scenario: Scenario): Request => {
  const { id, yesFrom } = waiting(scenario)
  return { verb: 'fire-clock', stream: CASE, clock: `signal/${id}`, round: yesFrom, fraction: 1 }
}

/** To a pre-notification whose mails were taken. */
function prenotified() {
  const scenario = new Scenario().untilPrenotified(RELEASE)
  for (const effect of scenario.effects)
    if (effect.kind === 'send-mail' && effect.letter === 'prenotification')
      scenario.does({
        verb: 'record-outcome',
        stream: effect.stream,
        effect: effect.id,
        outcome: { is: 'mail-accepted', letter: 'prenotification', to: effect.to, messageId: '<m@quillmark.example>' },
      })
  return scenario
}

describe('a signal', () => {
  it('freezes at once what would leave under embargo', () => {
    const scenario = ready()
    expect(scenario.does(isPublic, person(ana))).toEqual(['SignalRaised', 'ApprovalRequested'])
    expect(flagsOf(state(scenario))).toContain('frozen')
    const refusal = scenario.refused(prenotify, person(ana))
    expect([refusal.gate, refusal.because]).toEqual(['frozen', expect.stringContaining('the vulnerability is public')])
    expect(state(scenario).cs.public).toBeUndefined()
    expect(state(scenario).em.is).toBe('active')
  })

  it('sets the letter and ends the embargo by a second yes', () => {
    const scenario = opened()
    expect(both(scenario, isPublic)).toEqual(['ApprovalGiven', 'EmbargoExited', 'VulnerabilityPublic'])
    expect(state(scenario).em).toMatchObject({ is: 'exited', reason: 'public' })
    expect(state(scenario).cs.public).toBe(scenario.now)
    expect(flagsOf(state(scenario))).toEqual(['public', 'embargo over'])
    expect(letters(scenario)).toContain('secrecy-failed report')
  })

  it('counts after half an hour without a no, and not a minute before', () => {
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

  it('is lifted by a no, and what waits may leave', () => {
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

  it('of attacks raises the severity to high at least, and leaves the end of the embargo to two people', () => {
    const scenario = opened()
    expect(both(scenario, attack)).toEqual(['ApprovalGiven', 'AttacksObserved', 'SeverityRated'])
    expect(state(scenario)).toMatchObject({ severity: 'high', cs: { attacks: scenario.now }, em: { is: 'active' } })
    expect(both(scenario, terminate('attacks'))).toEqual(['ApprovalGiven', 'EmbargoExited'])
    expect(state(scenario).em).toMatchObject({ is: 'exited', reason: 'attacks' })
    expect(letters(scenario)).toContain('secrecy-failed report')
  })

  it('of attacks leaves a severity that is higher', () => {
    const scenario = opened()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'critical' }, person(ana))
    expect(both(scenario, attack)).toEqual(['ApprovalGiven', 'AttacksObserved'])
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
    expect(scenario.does({ verb: 'leak-outlive', case: CASE, reason: 'only a name' }, person(ana))).toEqual([
      'LeakOutlived',
    ])
    expect(scenario.refused({ verb: 'leak-outlive', case: CASE, reason: 'again' }, person(ben)).gate).toBe(
      'makes-sense',
    )
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

  it('changes nothing when it is repeated, or when two people say it at once', () => {
    const scenario = opened()
    scenario.does(isPublic, person(ana))
    expect(scenario.does(isPublic, person(ben))).toEqual([])
    scenario.does(approve, person(ben))
    expect(scenario.does(isPublic, person(ana))).toEqual([])
    expect(scenario.log.filter(({ event }) => event.type === 'VulnerabilityPublic')).toHaveLength(1)
  })

  it('beside another one waits for its own answer', () => {
    const scenario = opened()
    scenario.does(isPublic, person(ana))
    expect(scenario.does(attack, person(ana))).toEqual(['SignalRaised', 'ApprovalRequested'])
    expect(state(scenario).approvals.map(({ status }) => status)).toEqual(['open', 'open'])
  })
})

describe('a case whose secrecy fails', () => {
  it('stands before all that merely waits for somebody', () => {
    const urgencyOf = (scenario: Scenario) => rowOf(scenario.policy, scenario.world)?.urgency ?? Number.NaN
    expect(urgencyOf(after(new Scenario().untilPatch(), attack))).toBeLessThan(urgencyOf(opened()))
    expect(urgencyOf(after(opened(), isPublic))).toBeLessThan(urgencyOf(opened()))
  })
})

describe('a corrected signal', () => {
  it('was never reached; the history keeps both', () => {
    const scenario = after(opened(), exploit)
    expect(both(scenario, correct('exploit'))).toEqual(['ApprovalGiven', 'SignalCorrected'])
    expect(state(scenario).cs).toEqual({ vendorAware: expect.any(Number) })
    expect(state(scenario).signals).toMatchObject([{ what: 'exploit', is: 'corrected' }])
    expect(state(scenario).em).toMatchObject({ is: 'exited', reason: 'exploit' })
  })

  it('lets a new round of the embargo begin', () => {
    const scenario = after(opened(), isPublic)
    const again: PersonRequest = { verb: 'embargo-propose', case: CASE, end: later(scenario.now, 30 * DAY) }
    expect(scenario.refused(again, person(ana)).gate).toBe('nothing-public')
    both(scenario, correct('public'))
    expect(scenario.does(again, person(ana))).toEqual(['EmbargoRoundBegun', 'EmbargoProposed'])
  })

  it('leaves what another signal says', () => {
    const scenario = after(after(opened(), exploit), attack)
    both(scenario, correct('attack'))
    expect(Object.keys(state(scenario).cs)).toEqual(['vendorAware', 'public', 'exploit'])
  })

  it('never takes back what we published ourselves', () => {
    const scenario = after(ready(), attack)
    both(scenario, interim)
    both(scenario, correct('attack'))
    expect(state(scenario).cs.public).toBeDefined()
    expect(scenario.refused(correct('public'), person(ana)).gate).toBe('signal-counts')
  })
})

describe('the interim advisory', () => {
  it('goes out at once to everybody, with the reason of the embargo’s end', () => {
    const scenario = after(ready(), attack)
    expect(both(scenario, interim)).toEqual([
      'ApprovalGiven',
      'ReleaseJoined',
      'EmbargoExited',
      'VulnerabilityPublic',
      'ReleasePlanned',
      'CaseAdded',
      'InterimDisclosed',
    ])
    expect(state(scenario).em).toMatchObject({ is: 'exited', reason: 'attacks' })
    expect(letters(scenario).filter((one) => one.startsWith('interim') || one.startsWith('secrecy'))).toEqual([
      'interim public',
      'interim public',
      'interim-notice recipient',
      'interim-notice recipient',
      'interim-notice report',
    ])
    expect(brokenInvariants(scenario.world)).toEqual([])
    expect(both(scenario, { verb: 'disclose', case: CASE, shown })).toContain('DisclosureStarted')
    expect(brokenInvariants(scenario.world)).toEqual([])
  })

  it('may go out by whoever asked alone, after half an hour without an answer', () => {
    const scenario = after(ready(), isPublic)
    scenario.does(interim, person(ana))
    expect(scenario.refused(approve, person(ana)).gate).toBe('second-person')
    scenario.wait(30 * MINUTE)
    expect(scenario.does(approve, person(ana))).toContain('InterimDisclosed')
    const given = scenario.log.findLast(({ event }) => event.type === 'ApprovalGiven')?.event
    expect(given).toMatchObject({ by: ana, alone: true })
  })

  it('goes out once', () => {
    const scenario = after(after(ready(), isPublic), interim)
    expect(scenario.refused(interim, person(ana)).because).toContain('went out')
  })
})

type Row = { gate: GateId; given: () => Scenario; request: PersonRequest; by?: PersonId; says: string }

const closed = () => {
  const scenario = opened()
  scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
  return scenario
}

const ROWS: readonly Row[] = [
  { gate: 'case-open', given: closed, request: isPublic, says: 'is closed' },
  { gate: 'makes-sense', given: opened, request: { verb: 'signal-attack', case: CASE }, says: 'Nothing was shown' },
  { gate: 'signal-counts', given: opened, request: correct('public'), says: 'No signal of that kind' },
  {
    gate: 'makes-sense',
    given: opened,
    request: { verb: 'leak-outlive', case: CASE, reason: 'fine' },
    says: 'No leak waits',
  },
  { gate: 'secrecy-over', given: ready, request: interim, says: 'Nothing is public' },
  { gate: 'secrecy-over', given: () => after(ready(), leak()), request: interim, says: 'no leak ended the embargo' },
  { gate: 'validity-decided', given: () => after(opened(), isPublic), request: interim, says: 'Nobody has decided' },
  {
    gate: 'texts-complete',
    given: () => after(new Scenario().untilPatch(), isPublic),
    request: interim,
    says: 'no component and impact',
  },
  {
    gate: 'publication-not-begun',
    given: () => {
      const scenario = after(ready(), isPublic)
      both(scenario, { verb: 'disclose', case: CASE, shown })
      return scenario
    },
    request: interim,
    says: 'has begun',
  },
  {
    gate: 'validity-decided',
    given: opened,
    request: { verb: 'deployed', case: CASE, branch: 'main' },
    says: 'Nobody has decided',
  },
  {
    gate: 'fix-ready',
    given: () => new Scenario().untilPatch(),
    request: { verb: 'deployed', case: CASE, branch: 'main' },
    says: 'has no verification',
  },
  {
    gate: 'makes-sense',
    given: ready,
    request: { verb: 'deployed', case: CASE, branch: '4.2' },
    says: 'has no fix in this case',
  },
  { gate: 'nothing-public', given: () => after(ready(), isPublic), request: prenotify, says: 'is public already' },
  {
    gate: 'second-person',
    given: () => {
      const scenario = opened()
      scenario.does(isPublic, person(ana))
      return scenario
    },
    request: approve,
    says: 'takes a second person',
  },
]

describe('what refuses a word about the world', () => {
  it.each(ROWS)('$gate: $request.verb, because $says', ({ gate, given, request, by = ana, says }) => {
    const refusal = given().refused(request, person(by))
    expect([refusal.gate, refusal.because]).toEqual([gate, expect.stringContaining(says)])
    expect(refusal.liftedBy.length).toBeGreaterThan(0)
  })
})

describe('the fast path', () => {
  const plan = (scenario: Scenario) => fastPath(scenario.policy, scenario.world, scenario.now)

  it('is none while secrecy holds', () => {
    expect(plan(prenotified())).toBeUndefined()
  })

  it('is shown before the signal counts', () => {
    const scenario = prenotified()
    scenario.does(isPublic, person(ana))
    const { yesFrom } = waiting(scenario)
    expect(plan(scenario)).toEqual({
      because: [{ what: 'public', waits: true }],
      ends: ['The embargo ends at once, by itself.'],
      skips: [
        { gate: 'lead-time', because: 'nobody prepares in confidence any more: there is no pre-notification' },
        { gate: 'release-window', because: 'people need to act now' },
        { gate: 'release-date', because: 'a promised date holds only while the secret does' },
        { gate: 'reporter-verified', because: 'any team member who did not write the patch confirms it at once' },
        { gate: 'fix-ready', because: 'the interim advisory goes out without a fix, with the workaround' },
      ],
      told: ['the reporter', '2 recipients who hold the patches', 'everybody on this case, here'],
      soon: [
        'The interim advisory: 2 public lists, and 3 mails with the patches at hand.',
        'The full publication: the fix is ready.',
      ],
      approvals: [
        `The signal: a second yes, or no answer until ${isoInstant(yesFrom)}.`,
        'The interim advisory: two people, or whoever asked alone after 30 minutes without an answer.',
      ],
    })
  })

  it('says of attacks that two people end the embargo, and what is missing', () => {
    const scenario = after(opened(), attack)
    expect(plan(scenario)).toMatchObject({
      because: [{ what: 'attack', waits: false }],
      ends: [expect.stringContaining('when two people end it (attacks)')],
      soon: ['Nothing yet: decide first whether it is valid.'],
      approvals: ['To end the embargo: two people.', expect.stringContaining('The interim advisory')],
    })
  })

  it('is over with our own publication', () => {
    const scenario = after(ready(), isPublic)
    both(scenario, { verb: 'disclose', case: CASE, shown })
    expect(plan(scenario)).toBeUndefined()
  })
})

describe('one maintainer alone', () => {
  it('says it, and half an hour without a second thought makes it count', () => {
    const scenario = new Scenario(policyOf('solo')).opens()
    scenario.does(isPublic, person(ana))
    const clock = silence(scenario)
    scenario.wait(30 * MINUTE)
    expect(scenario.does(clock)).toContain('VulnerabilityPublic')
  })
})
