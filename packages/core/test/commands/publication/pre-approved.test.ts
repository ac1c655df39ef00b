import { describe, expect, it } from 'vitest'
import { fastPath, HOUR, later, outlook, worldOf } from '../../../src/index.ts'
import type { CaseId } from '../../../src/index.ts'
import { ana, ben, BLOB, HASH, OTHER_HASH, person } from '../../fixtures/scenario.ts'
import {
  plannedRelease,
  DATE,
  deliverMails,
  ONE,
  RELEASE,
  MultiCaseScenario,
  PREVIEW,
  prenotifiedRelease,
  TWO,
} from '../../fixtures/multi-case-scenario.ts'

const fires = (scenario: MultiCaseScenario, id: CaseId) =>
  scenario.does({ verb: 'fire-clock', stream: id, clock: 'release', round: DATE, fraction: 1 })

describe('a publication approved ahead, of which two people saw every text', () => {
  /** Nobody was told in advance, so one person may still take a case out of the release. */
  const untold = () => {
    const scenario = plannedRelease()
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    return scenario
  }
  const heldBecause = (scenario: MultiCaseScenario) =>
    scenario.log.flatMap(({ event }) => (event.type === 'DisclosureHeld' ? [event.because] : []))
  /** Whether the approval is still valid before the time of the publication, and what happens at that time. */
  const atItsInstant = (scenario: MultiCaseScenario) => {
    const stands = scenario.releaseState().ahead !== undefined
    scenario.now = DATE
    const begins = fires(scenario, ONE).includes('DisclosureStarted')
    const isPublic = scenario.caseState(ONE).cs.public !== undefined
    return { stands, begins, isPublic, because: heldBecause(scenario) }
  }
  const nothing = (because: string) => ({ stands: false, begins: false, isPublic: false, because: [because] })
  const GONE = `${TWO} is no longer in the release, but the approved texts mention it.`
  const FIX = `The fix of ${TWO} became ready or was withdrawn after the texts were approved.`

  it('is taken back by naming the date again, as its refusals say, also where nobody was told ahead', () => {
    const scenario = untold()
    const credit = { verb: 'log-answer.credit', case: ONE, credit: 'anonymous' } as const
    expect(scenario.refused(credit, person(ana)).liftedBy).toMatchObject([{ verb: 'release.move' }])
    expect(scenario.does({ verb: 'release.move', case: ONE, at: DATE }, person(ana))).toEqual(['ReleaseRescheduled'])
    expect(scenario.does(credit, person(ana))).toContain('ReporterAnswered')
    expect(atItsInstant(scenario)).toMatchObject({ stands: false, begins: false })
  })

  it('is the next step, and nobody has to do anything for it', () => {
    const { policy, states, now } = untold()
    expect(outlook(policy, worldOf(ONE, states), now)?.next).toEqual({
      action: 'begin the publication, which was approved in advance',
      owner: 'Embargo',
      due: DATE,
    })
  })

  it('does not shorten the notice: another date is asked about as before', () => {
    const another = { verb: 'release.move', case: ONE, at: later(DATE, HOUR) } as const
    expect(untold().refused(another, person(ana)).gate).toBe('notice')
  })

  it('does not begin if one of the two approvers was locked out', () => {
    const scenario = untold()
    const { policy } = scenario
    const lockedOut = { accounts: [], since: scenario.now }
    scenario.policy = {
      ...policy,
      people: policy.people.map((one) => (one.id === ben ? { ...one, roles: [], lockedOut } : one)),
    }
    expect(atItsInstant(scenario)).toMatchObject({ begins: false, isPublic: false })
    expect(heldBecause(scenario)).toEqual([
      expect.stringContaining('Ben, who requested or approved this, may no longer do so in'),
    ])
  })

  it('is held if a mail shares an exploit, because the first post on oss-security must say that it follows', () => {
    const scenario = prenotifiedRelease()
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    const mail = { verb: 'reply', case: ONE, to: 'recipients', text: BLOB, sha256: OTHER_HASH } as const
    expect(scenario.does(mail, person(ana))).toEqual(['RecipientsWritten'])
    expect(scenario.does({ ...mail, sha256: HASH, exploit: 'shared' }, person(ana))).toEqual([
      'RecipientsWritten',
      'DisclosureHeld',
    ])
    expect(heldBecause(scenario)).toEqual([
      `An exploit of ${ONE} was shared with recipients, and the approved texts do not say so.`,
    ])
  })

  it('does not begin without a case that a person dropped', () => {
    const scenario = untold()
    scenario.does({ verb: 'release.drop', case: TWO, reason: 'it waits for 4.3' }, person(ana))
    expect(atItsInstant(scenario)).toEqual(nothing(GONE))
  })

  it('does not begin without a case that a person closed', () => {
    const scenario = untold()
    scenario.does({ verb: 'close', case: TWO, reason: 'it was none' }, person(ana))
    expect(atItsInstant(scenario)).toEqual(nothing(GONE))
  })

  it('does not begin with a case whose fix somebody found wanting, whatever is waived then', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main').ready(TWO, '4.2')
    scenario.does(
      { verb: 'triage.affects', case: TWO, branch: '3.9', affected: true, range: '< 3.9.1', fixedVersion: '3.9.1' },
      person(ana),
    )
    scenario.does({ verb: 'assign-patch', case: TWO, to: ben, branches: ['3.9'] }, person(ana))
    scenario.does(
      { verb: 'patch', case: TWO, branch: '3.9', sha256: OTHER_HASH, blob: BLOB, fileName: 'fix.patch' },
      person(ben),
    )
    scenario.does({ verb: 'confirm', case: TWO, branch: '3.9', fixed: true }, person(ana))
    scenario.plan(TWO)
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    scenario.does({ verb: 'confirm', case: TWO, branch: '3.9', fixed: false, note: 'it breaks' }, person(ana))
    scenario.request({ verb: 'waive', case: TWO, rule: 'fix', branch: '3.9', reason: 'nobody uses it' })
    scenario.approve(TWO)
    expect(scenario.caseState(TWO).cs.fixReady).toBe(scenario.now)
    expect(atItsInstant(scenario)).toEqual(nothing(FIX))
  })

  it('does not begin if it was approved without a fix and a fix is ready by then', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main').assign(TWO, '4.2').submitPatch(TWO)
    scenario.does({ verb: 'advisory', case: TWO, component: 'the loader', impact: 'By …' }, person(ana))
    scenario.plan(TWO)
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: TWO, unfixed: 'nobody maintains 4.2' }).approve(TWO)
    scenario.does({ verb: 'confirm', case: TWO, fixed: true, note: 'the reporter is silent' }, person(ana))
    expect(atItsInstant(scenario)).toEqual(nothing(FIX))
  })

  it('still begins if a case whose texts they did not see leaves the release', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main').assign(TWO, '4.2').plan(TWO)
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    scenario.does({ verb: 'release.drop', case: TWO }, person(ana))
    scenario.now = DATE
    expect(fires(scenario, ONE)).toContain('DisclosureStarted')
    expect(heldBecause(scenario)).toEqual([])
  })

  it('does not begin without a case that had left before this was looked at', () => {
    const scenario = untold()
    const { ahead, ...release } = scenario.releaseState()
    if (ahead === undefined) throw new Error('nothing is approved')
    scenario.states.set(RELEASE, { ...release, ahead, cases: [ONE] })
    scenario.now = DATE
    expect(fires(scenario, ONE)).toContain('DisclosureHeld')
    expect(atItsInstant(scenario)).toEqual(nothing(GONE))
  })
})

describe('a publication approved ahead, of which attacks are observed', () => {
  const aheadOf = (severity: 'high' | 'low') => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main', severity).ready(TWO, '4.2').plan(TWO)
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: TWO }).approve(TWO)
    return scenario
  }
  const attacked = (severity: 'high' | 'low') => {
    const scenario = aheadOf(severity)
    scenario.request({ verb: 'signal.attack', case: ONE }).approve(ONE)
    return scenario
  }
  const soon = (scenario: MultiCaseScenario) => fastPath(scenario.policy, scenario.worldAt(ONE), scenario.now)?.soon
  const BECAUSE = `Attacks on ${ONE} are observed, so its severity is now high, but the approved texts say that it is low. Two people can now approve new texts, or publish what is known so far.`

  it('is held at once if its texts do not mention the attacks: everybody hears it in time, and may publish now', () => {
    const scenario = attacked('low')
    expect(scenario.log.flatMap(({ event }) => (event.type === 'DisclosureHeld' ? [event.because] : []))).toEqual([
      BECAUSE,
    ])
    expect(scenario.caseState(ONE).severity).toBe('high')
    expect(scenario.releaseState().ahead).toBeUndefined()
    expect(scenario.does({ verb: 'disclose.interim', case: ONE, shown: PREVIEW }, person(ana))).toEqual([
      'ApprovalRequested',
    ])
    expect(scenario.request({ verb: 'disclose', case: TWO }).approve(TWO)).toContain('DisclosureApproved')
    scenario.now = DATE
    expect(fires(scenario, ONE)).toContain('DisclosureStarted')
  })

  it('is announced as held before the signal counts', () => {
    const scenario = aheadOf('low').request({ verb: 'signal.attack', case: ONE })
    expect(scenario.releaseState().ahead).toMatchObject({ from: DATE, cases: [ONE, TWO] })
    expect(soon(scenario)).toContain(
      'The full publication was approved in advance, but its texts say that the severity is low. Once attacks count as observed, the publication does not begin automatically: two people must approve it again.',
    )
  })

  it('continues if its texts mention the attacks, and the plan says when', () => {
    const scenario = attacked('high')
    expect(soon(scenario)).toContain(
      `The full publication, automatically at ${new Date(DATE).toISOString()}, because it was approved in advance.`,
    )
    scenario.now = DATE
    expect(fires(scenario, ONE)).toContain('DisclosureStarted')
  })

  it('does not begin where they counted before this was looked at', () => {
    const scenario = aheadOf('low')
    const { cs, ...rest } = scenario.caseState(ONE)
    scenario.states.set(ONE, { ...rest, cs: { ...cs, attacks: scenario.now } })
    scenario.now = DATE
    expect(fires(scenario, TWO)).toContain('DisclosureHeld')
    expect(scenario.log.at(-1)?.event).toMatchObject({
      because: `${ONE}: Attacks are observed, and the case is still rated low.`,
    })
  })
})

describe('a publication approved ahead, of which attacks are observed while word ahead waits for a person', () => {
  const wordAhead = ({ effects }: MultiCaseScenario) =>
    effects.flatMap((effect) =>
      effect.kind === 'send-mail' && (effect.letter === 'prenotification' || effect.letter === 'heads-up')
        ? [effect]
        : [],
    )
  /** Every recipient was told except the first, whose mail server says that there is no such mailbox. */
  const oneIsUntold = () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main').ready(TWO, '4.2', 'low').plan(TWO)
    scenario.request({ verb: 'prenotify', case: ONE, at: DATE }).approve()
    const [untold, ...rest] = wordAhead(scenario)
    if (untold === undefined || rest.length === 0) throw new Error('too few are told')
    for (const { id: effect, letter, to } of [untold, ...rest]) {
      const outcome =
        effect === untold.id
          ? ({ is: 'mail-failed', letter, to, because: '550 no such user' } as const)
          : ({ is: 'mail-accepted', letter, to, messageId: '<m@example.org>' } as const)
      scenario.does({ verb: 'record-outcome', stream: RELEASE, effect, outcome })
    }
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    return { scenario, gives: { verb: 'settle', case: ONE, effect: untold.id, outcome: 'withdrawn' } as const }
  }
  const attacked = () => {
    const { scenario, gives } = oneIsUntold()
    scenario.request({ verb: 'signal.attack', case: TWO }).approve(TWO)
    return { scenario, gives }
  }
  const rates = { verb: 'triage', case: TWO, disposition: 'valid', severity: 'high' } as const

  it('says that it is not rated high yet, and what comes first', () => {
    const { scenario } = attacked()
    expect(scenario.caseState(TWO).severity).toBe('low')
    expect(scenario.log.at(-1)?.event).toEqual({
      type: 'DisclosureHeld',
      because: `Attacks on ${TWO} are observed, but the approved texts say that the severity is low. The severity cannot change until every approved mail is sent or settled. Settle those that wait for a decision, then rate the case high. After that, two people can approve new texts. Or publish what is known so far.`,
    })
  })

  it('is approved again and published, once that word is settled and it is rated high', () => {
    const { scenario, gives } = attacked()
    expect(scenario.refused({ verb: 'disclose', case: ONE, shown: PREVIEW }, person(ana)).gate).toBe('severity-rated')
    expect(scenario.refused(rates, person(ana))).toMatchObject({ gate: 'frozen', facts: { waiting: 1 } })
    expect(scenario.does(gives, person(ana))).toEqual(['DoubtSettled'])
    expect(scenario.does(rates, person(ana))).toEqual(['SeverityRated'])
    expect(scenario.request({ verb: 'disclose', case: ONE }).approve()).toContain('DisclosureApproved')
    scenario.now = DATE
    expect(fires(scenario, ONE)).toContain('DisclosureStarted')
    for (const id of [ONE, TWO]) expect(scenario.caseState(id).cs.public).toBe(DATE)
  })

  it('waits for the advance mail as before while nobody observed attacks', () => {
    const { scenario, gives } = oneIsUntold()
    expect(scenario.refused(gives, person(ana)).gate).toBe('fits-the-stage')
    scenario.request({ verb: 'signal.attack', case: TWO })
    expect(scenario.refused(gives, person(ana)).gate).toBe('fits-the-stage')
  })
})

describe('a publication approved ahead, whose embargo ends at its very instant', () => {
  /**
   * The embargo of the given case ends at the instant of the publication. The reporter of the case and the team agreed
   * on this end.
   */
  const endsThen = (of: CaseId) => {
    const scenario = plannedRelease()
    scenario.states.set(of, { ...scenario.caseState(of), em: { is: 'active', end: DATE } })
    scenario.request({ verb: 'prenotify', case: ONE, at: DATE }).approve()
    deliverMails(scenario)
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    return scenario
  }
  const ends = (scenario: MultiCaseScenario, id: CaseId) =>
    scenario.does({ verb: 'fire-clock', stream: id, clock: 'embargo-end', round: DATE, fraction: 1 })

  it.each([
    ['at that instant', 0],
    ['after a stop', HOUR],
  ])('begins %s, and nobody is told that an embargo expired', (_when, late) => {
    const scenario = endsThen(TWO)
    scenario.now = later(DATE, late)
    const before = scenario.effects.length
    expect(ends(scenario, TWO)).toContain('DisclosureStarted')
    expect(fires(scenario, ONE)).toEqual([])
    for (const id of [ONE, TWO]) expect(scenario.caseState(id).em).toMatchObject({ is: 'exited', reason: 'released' })
    const told = scenario.mails(before)
    expect(told).toContain('announcement public')
    expect(told.filter((mail) => /embargo-expired|escalation/u.test(mail))).toEqual([])
  })

  it('reports the expiry for a case that stays behind, whose embargo was not ended by the publication', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main').assign(TWO, '4.2').submitPatch(TWO).plan(TWO)
    scenario.states.set(TWO, { ...scenario.caseState(TWO), em: { is: 'active', end: DATE } })
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    scenario.now = DATE
    expect(ends(scenario, TWO)).toContain('DisclosureStarted')
    expect(scenario.caseState(ONE).em).toMatchObject({ is: 'exited', reason: 'released' })
    expect(scenario.caseState(TWO)).toMatchObject({ em: { is: 'exited', reason: 'expired' } })
    expect(scenario.caseState(TWO).cs.public).toBeUndefined()
  })

  it('reports the expiry if a rule holds the publication', () => {
    const scenario = endsThen(TWO)
    const { advisory: _gone, ...without } = scenario.caseState(TWO)
    scenario.states.set(TWO, without)
    scenario.now = DATE
    expect(ends(scenario, TWO)).toEqual(expect.arrayContaining(['EmbargoExited', 'DisclosureHeld']))
    expect(scenario.caseState(TWO).em).toMatchObject({ is: 'exited', reason: 'expired' })
  })
})
