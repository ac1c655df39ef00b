import { describe, expect, it } from 'vitest'
import { clocks, flagsOf, instant, later, MessageId, nextAction, ReporterId } from '../../src/index.ts'
import type { Event, PersonRequest } from '../../src/index.ts'
import {
  state,
  stage,
  acknowledgedCase,
  validCase,
  deferredUnratedCase,
  question,
  reply,
  letters,
  closedCase,
} from '../fixtures/course.ts'
import { requestAndApprove, prenotifiedCase, PREVIEW } from '../fixtures/secrecy.ts'
import { ana, ben, BLOB, CASE, DAY, HOUR, OTHER_HASH, person, Scenario } from '../fixtures/scenario.ts'

describe('a question to the reporter', () => {
  it('is sent once, and is shown beside the stage until it is answered', () => {
    const scenario = acknowledgedCase()
    expect(scenario.does(question, person(ana))).toEqual(['InfoRequested'])
    expect(scenario.does(question, person(ben))).toEqual([])
    expect(letters(scenario).filter((letter) => letter === 'question')).toHaveLength(1)
    expect(stage(scenario)).toBe('acknowledged')
    expect(flagsOf(state(scenario))).toContain('needs info')
    expect(state(scenario).needsInfo?.dueAt).toBe(scenario.now + 30 * DAY)
    expect(reply(scenario, 'mail-2')).toEqual(['MessageTakenIn', 'InfoReceived'])
    expect(flagsOf(state(scenario))).not.toContain('needs info')
    expect(reply(scenario, 'mail-3')).toEqual(['MessageTakenIn'])
  })

  it('is answered by a mail from an unverified address, but not by a team member’s note', () => {
    const scenario = acknowledgedCase()
    scenario.does(question, person(ana))
    expect(reply(scenario, 'mail-2', 'team')).toEqual(['MessageTakenIn'])
    expect(reply(scenario, 'mail-3', 'unverified')).toEqual(['MessageTakenIn', 'InfoReceived'])
  })

  it('is not answered by a mail from another vendor', () => {
    const scenario = acknowledgedCase()
    scenario.does(question, person(ana))
    const message = MessageId.parse('mail-2')
    const theirs = { message, from: 'vendor', vendor: 'security@inkwell.example' } as const
    const taken = scenario.does({
      verb: 'take-in-message',
      case: CASE,
      ...theirs,
      trust: 'nothing-proven',
      automatic: false,
    })
    expect(taken).toEqual(['MessageTakenIn'])
    expect(flagsOf(state(scenario))).toContain('needs info')
  })

  it('can only be put to a reporter who can be reached', () => {
    const scenario = new Scenario()
    scenario.does({
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: MessageId.parse('mail-1'),
      receivedAt: scenario.now,
      reporter: ReporterId.parse('rep-1'),
      identity: { address: 'nobody@reporter.example' },
      trust: 'nothing-proven',
      automatic: true,
    })
    expect(scenario.refused(question, person(ana)).because).toContain('No reporter')
  })
})

describe('a question that nobody answers', () => {
  const fires = (scenario: Scenario, fraction: number) => {
    const asked = state(scenario).needsInfo
    if (asked === undefined) throw new Error('nothing was asked')
    scenario.now = instant(asked.askedAt + (asked.dueAt - asked.askedAt) * fraction + 3 * DAY)
    return scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'needs-info', round: asked.askedAt, fraction })
  }

  it('is repeated twice, and then closes a case whose validity is undecided', () => {
    const scenario = acknowledgedCase()
    scenario.does(question, person(ana))
    expect(fires(scenario, 0.5)).toEqual(['ReminderDue'])
    expect(fires(scenario, 0.8)).toEqual(['ReminderDue'])
    expect(letters(scenario).filter((letter) => letter === 'question')).toHaveLength(3)
    expect(fires(scenario, 1)).toEqual(['ClockBreached', 'InfoMissed', 'DispositionSet', 'EmbargoExited', 'CaseClosed'])
    expect(state(scenario)).toMatchObject({ rm: 'closed', disposition: 'invalid' })
    expect(letters(scenario)).toContain('lapsed')
    expect(letters(scenario)).not.toContain('outcome')
    reply(scenario, 'mail-2')
    expect(flagsOf(state(scenario))).toContain('mail after closing')
  })

  it('closes a valid case by deferring it', () => {
    const scenario = validCase()
    scenario.does(question, person(ana))
    expect(fires(scenario, 1)).toEqual(['ClockBreached', 'InfoMissed', 'CaseDeferred', 'EmbargoExited', 'CaseClosed'])
    expect(state(scenario).onceValid).toBe(true)
  })

  it('never ends an accepted case', () => {
    const scenario = new Scenario().untilReady()
    scenario.does(question, person(ana))
    expect(fires(scenario, 1)).toEqual(['ClockBreached'])
    expect(stage(scenario)).toBe('ready')
    expect(flagsOf(state(scenario))).toContain('needs info')
  })

  it('never closes a deferred case that was found valid, and tells nothing to recipients who hold its patches', () => {
    const scenario = prenotifiedCase()
    requestAndApprove(scenario, {
      verb: 'release.cancel',
      case: CASE,
      reason: 'the fix is not complete',
      shown: PREVIEW,
    })
    scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'after the summer' }, person(ana))
    scenario.does(question, person(ana))
    const before = letters(scenario).length

    expect(fires(scenario, 1)).toEqual(['ClockBreached'])
    expect(stage(scenario)).toBe('deferred')
    expect(state(scenario).em.is).toBe('active')
    expect(new Set(letters(scenario).slice(before))).toEqual(new Set(['escalation']))
  })

  it('has no further effect when its deadline passes after the answer', () => {
    const scenario = acknowledgedCase()
    scenario.does(question, person(ana))
    const round = scenario.now
    reply(scenario, 'mail-2')
    scenario.wait(40 * DAY)
    expect(scenario.does({ verb: 'fire-clock', stream: CASE, clock: 'needs-info', round, fraction: 1 })).toEqual([])
  })
})

describe('a deferred case', () => {
  it('keeps its patches, and resumes at the stage where it stopped', () => {
    const scenario = new Scenario().untilReady()
    expect(scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'after the summer' }, person(ana))).toEqual([
      'FixWithdrawn',
      'CaseDeferred',
      'ReporterUpdated',
    ])
    expect(stage(scenario)).toBe('deferred')
    expect(letters(scenario).at(-1)).toBe('update')
    expect(scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'again' }, person(ben))).toEqual([])
    expect(scenario.does({ verb: 'reopen', case: CASE, reason: 'summer is over' }, person(ben))).toEqual([
      'CaseAccepted',
      'FixReady',
    ])
    expect(stage(scenario)).toBe('ready')
  })

  it('keeps the end date in force, and drops a proposal that nobody has answered', () => {
    const scenario = acknowledgedCase()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    const { em } = scenario.world.case ?? {}
    const end = later(scenario.now, 60 * DAY)
    scenario.does({ verb: 'embargo.until', case: CASE, end, reason: 'it is simple' }, person(ana))
    expect(scenario.world.case?.em.is).toBe('revise')

    expect(scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'after the summer' }, person(ana))).toEqual([
      'EmbargoRejected',
      'CaseDeferred',
      'ReporterUpdated',
    ])
    expect(scenario.world.case?.em).toEqual(em)
  })

  it('must be rated before work on it resumes, even if it was never rated', () => {
    const scenario = deferredUnratedCase()
    scenario.refused({ verb: 'reopen', case: CASE, reason: 'summer is over' }, person(ben))
    expect(scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'low' }, person(ben))).toEqual([
      'SeverityRated',
    ])
    expect(scenario.does({ verb: 'reopen', case: CASE, reason: 'summer is over' }, person(ben))).toEqual([
      'CaseAccepted',
    ])
    expect(stage(scenario)).toBe('fixing')
  })
})

describe('a reopened case', () => {
  it('starts as received if it was never found valid', () => {
    const scenario = acknowledgedCase()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'it is meant so' }, person(ana))
    expect(scenario.does({ verb: 'reopen', case: CASE, reason: 'they sent a proof' }, person(ben))).toEqual([
      'CaseReopened',
    ])
    expect(state(scenario)).toMatchObject({ rm: 'received', round: 2, em: { is: 'none' } })
    expect(state(scenario).disposition).toBeUndefined()
    expect(stage(scenario)).toBe('acknowledged')
    expect(scenario.does({ verb: 'reopen', case: CASE, reason: 'they sent a proof' }, person(ana))).toEqual([])
  })

  it('starts as valid if it was once found valid, without the old patches', () => {
    const scenario = new Scenario().untilReady()
    scenario.does({ verb: 'close', case: CASE, reason: 'the branch is gone' }, person(ana))
    expect(scenario.does({ verb: 'reopen', case: CASE, reason: 'it is back' }, person(ben))).toEqual([
      'FixWithdrawn',
      'CaseReopened',
    ])
    const { rm, branches, cs, disposition } = state(scenario)
    expect({ rm, fixes: branches.map(({ fix }) => fix), ready: cs.fixReady, disposition }).toEqual({
      rm: 'valid',
      fixes: [undefined],
      ready: undefined,
      disposition: 'valid',
    })
    scenario.does({ verb: 'assign-patch', case: CASE, to: ben, branches: [] }, person(ana))
    expect(stage(scenario)).toBe('fixing')
  })

  it('does not execute an approval that was requested before it was closed', () => {
    const scenario = new Scenario().untilReady()
    const [mail] = state(scenario).messages
    if (mail === undefined) throw new Error('no mail')
    const asked = {
      verb: 'log-answer.address',
      case: CASE,
      message: mail.message,
      address: 'rafi@new.example',
    } as const
    scenario.does({ ...asked, shown: { digest: OTHER_HASH, blob: BLOB } }, person(ana))
    scenario.does({ verb: 'close', case: CASE, reason: 'the branch is gone' }, person(ana))
    expect(scenario.does({ verb: 'reopen', case: CASE, reason: 'it is back' }, person(ben))).toEqual([
      'ApprovalVoided',
      'FixWithdrawn',
      'CaseReopened',
    ])
    expect(state(scenario).approvals.map(({ status }) => status)).toEqual(['void'])
  })

  it('is reopened only by a person: a mail after closing is shown and raises a flag', () => {
    const scenario = closedCase()
    reply(scenario, 'mail-2')
    expect(state(scenario).rm).toBe('closed')
    expect(flagsOf(state(scenario))).toContain('mail after closing')
    scenario.does({ verb: 'reopen', case: CASE, reason: 'they are right' }, person(ana))
    expect(flagsOf(state(scenario))).not.toContain('mail after closing')
  })
})

describe('updates to the reporters', () => {
  it('are sent once for each state of the case', () => {
    const scenario = validCase().wait(HOUR)
    expect(scenario.does({ verb: 'reply.progress', case: CASE }, person(ana))).toEqual(['ReporterUpdated'])
    expect(scenario.does({ verb: 'reply.progress', case: CASE }, person(ben))).toEqual([])
    scenario.wait(2 * DAY)
    expect(scenario.does({ verb: 'reply.progress', case: CASE }, person(ben))).toEqual(['ReporterUpdated'])
    expect(letters(scenario).filter((letter) => letter === 'update')).toHaveLength(2)
  })
})

describe('another party', () => {
  it('is waited for until it is over', () => {
    const scenario = validCase()
    expect(scenario.does({ verb: 'party.wait', case: CASE }, person(ana))).toEqual([])
    expect(scenario.does({ verb: 'party.wait', case: CASE, party: 'the upstream' }, person(ana))).toEqual([
      'WaitingOnParty',
    ])
    expect(scenario.does({ verb: 'party.wait', case: CASE, party: 'the upstream' }, person(ben))).toEqual([])
    expect(flagsOf(state(scenario))).toContain('waiting on a party')
    const weekly = clocks(scenario.policy, scenario.world).find(({ clock }) => clock === 'waiting-on-party')
    expect(weekly?.due).toBe(scenario.now + 7 * DAY)
    expect(clocks(scenario.policy, scenario.world).map(({ clock }) => clock)).not.toContain('stale')
    expect(scenario.does({ verb: 'party.wait', case: CASE }, person(ben))).toEqual(['PartyAnswered'])
    expect(scenario.does({ verb: 'party.wait', case: CASE }, person(ana))).toEqual([])
  })
})

describe('the end in public', () => {
  it('may be none for what is hardened, and wants a reason for a vulnerability', () => {
    const scenario = acknowledgedCase()
    scenario.does(
      { verb: 'triage', case: CASE, disposition: 'defense-in-depth', severity: 'low', reason: 'no border is crossed' },
      person(ana),
    )
    expect(scenario.does({ verb: 'advisory.as', case: CASE, publication: 'none' }, person(ana))).toEqual([
      'PublicationChosen',
    ])
    expect(scenario.does({ verb: 'advisory.as', case: CASE, publication: 'none' }, person(ben))).toEqual([])
    const done = new Scenario().untilReady()
    done.does({ verb: 'advisory.as', case: CASE, publication: 'none', reason: 'the service alone had it' }, person(ana))
    expect(done.refused({ verb: 'disclose', case: CASE }, person(ana))).toMatchObject({ gate: 'fits-the-stage' })
    expect(
      nextAction(done.policy, { whole: done.policy, state: state(done), release: undefined, others: new Map() }),
    ).toMatchObject({
      verb: 'close',
    })
    expect(done.does({ verb: 'close', case: CASE }, person(ana))).toEqual(['EmbargoExited', 'CaseClosed'])
    const vulnerable = validCase()
    expect(vulnerable.refused({ verb: 'advisory.as', case: CASE, publication: 'none' }, person(ana)).gate).toBe(
      'makes-sense',
    )
  })
})

describe('validity in one breath', () => {
  const TOLD: readonly (readonly [PersonRequest, readonly Event['type'][], number])[] = [
    [
      { verb: 'triage', case: CASE, disposition: 'spam' },
      ['CoordinatorSet', 'DispositionSet', 'EmbargoExited', 'CaseClosed'],
      0,
    ],
    [
      { verb: 'triage', case: CASE, disposition: 'invalid', reason: 'it is meant so' },
      ['CoordinatorSet', 'DispositionSet', 'EmbargoExited', 'CaseClosed'],
      1,
    ],
    [
      {
        verb: 'triage',
        case: CASE,
        disposition: 'other-vendor',
        vendor: 'Inkwell',
        contact: 'security@inkwell.example',
      },
      ['CoordinatorSet', 'DispositionSet', 'CaseDeferred', 'EmbargoExited', 'CaseClosed'],
      1,
    ],
    [
      { verb: 'triage', case: CASE, disposition: 'already-fixed', fixedIn: '4.1.2' },
      ['CoordinatorSet', 'DispositionSet', 'CaseDeferred', 'EmbargoExited', 'CaseClosed'],
      1,
    ],
  ]
  it.each(TOLD)('%o costs one command', (request, events, mails) => {
    const scenario = new Scenario().opens()
    const before = letters(scenario).length
    expect(scenario.does(request, person(ana))).toEqual(events)
    expect(letters(scenario).slice(before)).toEqual(Array.from({ length: mails }, () => 'outcome'))
    expect(stage(scenario)).toBe('closed')
  })
})
