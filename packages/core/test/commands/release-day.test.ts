import { describe, expect, it } from 'vitest'
import { fastPath, HOUR, later, MessageId, outlook, pendingCommand, ReportId, stageOf } from '../../src/index.ts'
import type { CaseId, PersonRequest } from '../../src/index.ts'
import { ana, ben, BLOB, DAY, HASH, OTHER_HASH, person } from '../fixtures/scenario.ts'
import {
  plannedRelease,
  deliverMails,
  DATE,
  NEXT_WEEK,
  ONE,
  RELEASE,
  MultiCaseScenario,
  PREVIEW,
  THREE,
  prenotifiedRelease,
  TWO,
  twoReadyCases,
} from '../fixtures/multi-case-scenario.ts'

const never = (): never => {
  throw new Error('no report')
}

/** Three pre-notified cases, each with its own branch. Then the patch of the third case turns out to be wrong. */
const oneNotReady = (): MultiCaseScenario => {
  const scenario = twoReadyCases().ready(THREE, '3.9').plan(TWO, THREE)
  scenario.request({ verb: 'prenotify', case: ONE, at: DATE }).approve()
  deliverMails(scenario).submitPatch(THREE, OTHER_HASH)
  scenario.now = DATE
  return scenario
}

describe('a public case in a release whose other case is not public', () => {
  const seen = (scenario: MultiCaseScenario) => {
    scenario.request({ verb: 'signal.public', case: TWO, link: 'https://blog.example/it' }).approve(TWO)
    return fastPath(scenario.policy, scenario.worldAt(TWO), scenario.now)?.soon
  }
  const READY = 'The full publication: the fix is ready.'

  it.each([
    ['that is planned', () => plannedRelease()],
    ['whose recipients know', () => deliverMails(prenotifiedRelease())],
  ])('%s, is published at once when it is taken out, as the fast path and the refusal say', (_which, given) => {
    const scenario = given()
    expect(seen(scenario)).toContain(
      `The full publication: the fix is ready. First take this case out of the release, because ${ONE} must wait for the release date.`,
    )
    const disclose = { verb: 'disclose', case: TWO, shown: PREVIEW } as const
    const refusal = scenario.refused(disclose, person(ana))
    expect(refusal.liftedBy).toContainEqual({
      who: 'any team member',
      how: `takes ${TWO} out of the release; because its vulnerability is public already, the case can then be published at once`,
      verb: 'release.drop',
    })
    scenario.does({ verb: 'release.drop', case: TWO, reason: 'it is public' }, person(ana))
    expect(fastPath(scenario.policy, scenario.worldAt(TWO), scenario.now)?.soon).toContain(READY)
    scenario.request({ verb: 'disclose', case: TWO }).approve(TWO)
    expect(scenario.log.map(({ event }) => event.type)).toContain('DisclosureStarted')
    expect(scenario.caseState(ONE).cs.public).toBeUndefined()
  })

  it('leaves what holds the other one to that one', () => {
    const scenario = plannedRelease()
    seen(scenario)
    const { liftedBy } = scenario.refused({ verb: 'disclose', case: ONE, shown: PREVIEW }, person(ana))
    expect(liftedBy.map(({ verb }) => verb)).not.toContain('release.drop')
  })
})

describe('the day of a release', () => {
  it('drops the case that is not ready, by name, and publishes the others', () => {
    const scenario = oneNotReady()
    const disclose = { verb: 'disclose', case: TWO } as const
    expect(scenario.preview(disclose).sentences).toEqual([
      `Publishes ${ONE} and ${TWO}.`,
      `Leaves out ${THREE}, which keeps its embargo: The patch for 3.9 has no verification.`,
    ])
    scenario.request(disclose).approve(TWO)
    expect(scenario.releaseState()).toMatchObject({ is: 'released', cases: [ONE, TWO], dropped: [THREE] })
    for (const id of [ONE, TWO]) {
      expect(scenario.caseState(id).em).toMatchObject({ is: 'exited', reason: 'released' })
      expect(scenario.caseState(id).cs.public).toBe(DATE)
    }
    expect(scenario.caseState(THREE).em.is).toBe('active')
    expect(scenario.caseState(THREE).release).toBeUndefined()
    expect(scenario.caseState(THREE).cs.public).toBeUndefined()
  })

  it('tells the dropped case’s channel and its reporter', () => {
    const scenario = oneNotReady().request({ verb: 'disclose', case: ONE })
    const before = scenario.effects.length
    scenario.approve()
    const posts = scenario.effects.slice(before).filter(({ kind, stream }) => kind === 'post' && stream === RELEASE)
    expect(posts.map((effect) => effect.case)).toContain(THREE)
    expect(scenario.mails(before)).toContain(`slipped ${THREE}/r1`)
  })

  it('can be published from the channel of the remaining case as well', () => {
    const scenario = oneNotReady().request({ verb: 'disclose', case: THREE })
    scenario.approve(THREE)
    expect(scenario.releaseState().cases).toEqual([ONE, TWO])
  })

  it('runs each step once, and thanks every reporter', () => {
    const scenario = oneNotReady().request({ verb: 'disclose', case: ONE })
    scenario.approve()
    for (let round = 0; round < 6; round += 1) deliverMails(scenario)
    const sent = new Set(scenario.mails().filter((mail) => mail.startsWith('thanks')))
    expect([...sent]).toEqual([`thanks ${ONE}/r1`, `thanks ${TWO}/r1`])
    expect(scenario.releaseState().disclosedAt).toBe(scenario.now)
    expect(scenario.mails().filter((mail) => mail === 'announcement public')).toHaveLength(1)
  })

  it('publishes without a fix the one case for which this was chosen, and drops the others that have none', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main').assign(TWO, '4.2').assign(THREE, '3.9')
    for (const id of [TWO, THREE])
      scenario.does(
        { verb: 'advisory', case: id, component: 'the loader', impact: 'By … an attacker may read.' },
        person(ana),
      )
    scenario.plan(TWO, THREE)
    scenario.now = DATE
    const disclose = { verb: 'disclose', case: THREE, unfixed: 'nobody maintains 3.9' } as const
    expect(scenario.preview(disclose).sentences).toEqual([
      `Publishes ${ONE} and ${THREE}.`,
      `Leaves out ${TWO}, which keeps its embargo: 4.2 has no patch.`,
      `${THREE} is published without a fix: nobody maintains 3.9`,
    ])
    scenario.request(disclose).approve(THREE)
    expect(scenario.releaseState()).toMatchObject({ is: 'released', cases: [ONE, THREE] })
    expect(scenario.caseState(TWO).cs.public).toBeUndefined()
    expect(scenario.caseState(TWO).em.is).toBe('active')
    const begun = scenario.log.find(({ event }) => event.type === 'DisclosureStarted')?.event
    expect(begun).toMatchObject({ unfixed: 'nobody maintains 3.9', unfixedOf: THREE })
  })

  it('tells the reporter of a remaining case who knows its date only from the mail that it was moved', () => {
    const scenario = twoReadyCases().plan(TWO)
    const author = { kind: 'reporter', report: ReportId.parse(`${TWO}/r1`) } as const
    const submits = (sha256: typeof OTHER_HASH) =>
      scenario.does({ verb: 'patch', case: TWO, sha256, blob: BLOB, fileName: 'fix.patch', author }, person(ben))
    submits(OTHER_HASH)
    scenario.does({ verb: 'confirm', case: TWO, fixed: true }, person(ana))
    scenario.request({ verb: 'prenotify', case: ONE, at: DATE }).approve()
    deliverMails(scenario)
    const at = later(DATE, 7 * DAY)
    scenario.request({ verb: 'release.move', case: ONE, at, reason: 'a branch is late' }).approve()
    deliverMails(scenario)
    submits(HASH)
    scenario.now = at
    const before = scenario.effects.length
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    expect(scenario.caseState(TWO).cs.public).toBeUndefined()
    expect(scenario.mails(before)).toContain(`slipped ${TWO}/r1`)
  })

  it('proceeds without a case of which nothing is to be published', () => {
    const scenario = plannedRelease()
    const none = { verb: 'advisory.as', case: TWO, publication: 'none', reason: 'the service alone had it' } as const
    scenario.does(none, person(ana))
    scenario.now = DATE
    const disclose = { verb: 'disclose', case: ONE } as const
    expect(scenario.preview(disclose).sentences).toEqual([
      `Publishes ${ONE}.`,
      `Leaves out ${TWO}, which keeps its embargo: The team decided to publish nothing about this case.`,
    ])
    scenario.request(disclose).approve()
    expect(scenario.releaseState()).toMatchObject({ is: 'released', cases: [ONE] })
    expect(scenario.caseState(TWO)).toMatchObject({ em: { is: 'active' } })
    expect(scenario.caseState(TWO).cs.public).toBeUndefined()
  })

  it('refuses to start the publication again from another of its cases', () => {
    const scenario = oneNotReady().request({ verb: 'disclose', case: ONE })
    scenario.approve()
    expect(scenario.refused({ verb: 'disclose', case: TWO, shown: PREVIEW }, person(ana)).gate).toBe(
      'publication-not-begun',
    )
  })

  it('needs no pre-notification if nobody is to be told, and keeps the planned date', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main', 'low')
    const next = () => outlook(scenario.policy, scenario.worldAt(ONE), scenario.now)?.next
    expect(next()).toMatchObject({ action: 'disclose', verb: 'disclose' })
    expect(
      new MultiCaseScenario().ready(ONE, 'main', 'low').request({ verb: 'disclose', case: ONE }).approve(),
    ).toBeDefined()
    scenario.plan()
    expect(next()).toMatchObject({ verb: 'disclose', due: DATE })
    scenario.now = DATE
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    expect(stageOf(scenario.caseState(ONE), scenario.releaseState())).toBe('publishing')
  })
})

describe('a publication approved ahead', () => {
  const ahead = () => {
    const scenario = prenotifiedRelease()
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: ONE }).approve()
    return scenario
  }
  const fires = (scenario: MultiCaseScenario, id: CaseId) =>
    scenario.does({ verb: 'fire-clock', stream: id, clock: 'release', round: DATE, fraction: 1 })

  it('makes nothing public before its time, and then begins automatically', () => {
    const scenario = ahead()
    expect(scenario.releaseState()).toMatchObject({ is: 'prenotified', ahead: { from: DATE, cases: [ONE, TWO] } })
    expect(scenario.caseState(ONE).cs.public).toBeUndefined()
    expect(fires(scenario, ONE)).toEqual([])
    scenario.now = DATE
    expect(fires(scenario, ONE)).toContain('DisclosureStarted')
    expect(fires(scenario, TWO)).toEqual([])
    expect(scenario.caseState(TWO).cs.public).toBe(DATE)
  })

  it('announces this before both people agree', () => {
    const scenario = prenotifiedRelease()
    scenario.now = later(DATE, -20 * HOUR)
    expect(scenario.preview({ verb: 'disclose', case: ONE }).sentences).toContain(
      'Begins automatically at 2026-05-19T14:00:00.000Z. Nothing is public before that.',
    )
  })

  it('freezes texts and patches until it begins', () => {
    const refusal = ahead().refused({ verb: 'advisory', case: TWO, component: 'x', impact: 'y' }, person(ana))
    expect(refusal.gate).toBe('frozen')
  })

  it('is taken back by naming the date again', () => {
    const scenario = ahead()
    scenario.does({ verb: 'release.move', case: ONE, at: DATE }, person(ana))
    expect(scenario.releaseState().ahead).toBeUndefined()
  })

  it('publishes one case without a fix as approved, even when the clock of another case begins it', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main').assign(TWO, '4.2')
    scenario.does(
      { verb: 'advisory', case: TWO, component: 'the loader', impact: 'By … an attacker may read.' },
      person(ana),
    )
    scenario.plan(TWO)
    scenario.now = later(DATE, -20 * HOUR)
    scenario.request({ verb: 'disclose', case: TWO, unfixed: 'nobody maintains 4.2' }).approve(TWO)
    expect(scenario.releaseState().ahead).toMatchObject({ cases: [ONE, TWO], unfixedOf: TWO })
    scenario.now = DATE
    expect(fires(scenario, ONE)).toContain('DisclosureStarted')
    expect(scenario.releaseState().cases).toEqual([ONE, TWO])
  })

  it.each([
    ['how a reporter is credited', 'log-answer.credit'],
    ['what a reporter answers about it', 'log-answer'],
  ] as const)('freezes %s until then', (_what, verb) => {
    const scenario = ahead()
    const report = scenario.caseState(ONE).reports[0]?.id ?? never()
    const message = MessageId.parse('mail-of-that-day')
    const from = { from: 'reporter', report, trust: 'domain-vouches', automatic: false } as const
    scenario.does({ verb: 'take-in-message', case: ONE, message, ...from })
    const answer = { about: 'credit', credit: 'named', name: 'Rafi' } as const
    const request: PersonRequest =
      verb === 'log-answer.credit'
        ? { verb, case: ONE, credit: 'named', name: 'Rafi' }
        : { verb, case: ONE, message, answer }
    const refusal = scenario.refused(request, person(ana))
    expect(refusal).toMatchObject({ gate: 'frozen' })
    // The refusal names a command as the remedy, and that command is possible.
    expect(refusal.liftedBy.map((lift) => lift.verb)).toEqual(['release.move'])
    scenario.does({ verb: 'release.move', case: ONE, at: DATE }, person(ana))
    scenario.does(request, person(ana))
    expect(scenario.caseState(ONE).reports[0]?.credit?.kind).toBe('named')
  })

  it('lets other answers of a reporter be logged until it begins', () => {
    const scenario = ahead()
    const report = scenario.caseState(ONE).reports[0]?.id ?? never()
    const message = MessageId.parse('mail-of-that-day')
    const from = { from: 'reporter', report, trust: 'domain-vouches', automatic: false } as const
    scenario.does({ verb: 'take-in-message', case: ONE, message, ...from })
    const request = { verb: 'log-answer', case: ONE, message, answer: { about: 'open', agreed: true } } as const
    expect(scenario.does(request, person(ana))).toEqual(['ReporterAnswered'])
  })

  it('takes no other report in until then, and does afterwards', () => {
    const scenario = ahead().open(THREE)
    const { em } = scenario.caseState(ONE)
    const request: PersonRequest = {
      verb: 'triage.duplicate',
      case: THREE,
      of: ONE,
      end: em.is === 'active' ? em.end : 'none',
    }
    const refusal = scenario.refused(request, person(ana))
    expect(refusal).toMatchObject({ gate: 'frozen', facts: { case: ONE } })
    scenario.does({ verb: 'release.move', case: ONE, at: DATE }, person(ana))
    scenario.does(request, person(ana))
    expect(scenario.caseState(ONE).reports).toHaveLength(2)
  })

  it('begins automatically while the window is open, but not after a longer stop', () => {
    const scenario = ahead()
    scenario.now = later(DATE, 2 * HOUR)
    expect(fires(scenario, ONE)).toContain('DisclosureStarted')

    const stopped = ahead()
    stopped.now = later(DATE, 4 * 24 * HOUR)
    expect(fires(stopped, ONE)).toContain('DisclosureHeld')
    expect(stopped.releaseState()).toMatchObject({ is: 'prenotified' })
    expect(stopped.caseState(ONE).cs.public).toBeUndefined()
    stopped.request({ verb: 'disclose', case: ONE }).approve()
    expect(stopped.caseState(ONE).cs.public).toBe(stopped.now)
  })

  it('does not begin if a rule forbids it by then', () => {
    const scenario = ahead()
    const { advisory: _gone, ...without } = scenario.caseState(TWO)
    scenario.states.set(TWO, without)
    scenario.now = DATE
    expect(fires(scenario, ONE)).toContain('DisclosureHeld')
    expect(scenario.releaseState()).toMatchObject({ is: 'prenotified' })
    expect(scenario.caseState(ONE).cs.public).toBeUndefined()
  })

  it('is refused if it is earlier than the policy allows', () => {
    const scenario = prenotifiedRelease()
    scenario.now = later(DATE, -30 * HOUR)
    expect(scenario.refused({ verb: 'disclose', case: ONE, shown: PREVIEW }, person(ana)).gate).toBe('release-date')
  })
})

describe('the open questions when a release is published', () => {
  const open = (scenario: MultiCaseScenario, id: CaseId) =>
    scenario.caseState(id).approvals.flatMap((one) => (one.status === 'open' ? [pendingCommand(one).verb] : []))

  it('are void in each of its cases, except about facts', () => {
    const scenario = prenotifiedRelease().request({ verb: 'release.move', case: TWO, at: NEXT_WEEK, reason: 'late' })
    scenario.now = DATE
    scenario.request({ verb: 'disclose', case: ONE })
    expect(scenario.approve()).toContain('ApprovalVoided')
    expect([open(scenario, ONE), open(scenario, TWO)]).toEqual([[], []])

    scenario.does({ verb: 'signal.attack', case: TWO, shown: PREVIEW }, person(ana))
    expect(open(scenario, TWO)).toEqual(['signal.attack'])
  })

  it('are void if their case is closed', () => {
    const scenario = new MultiCaseScenario().ready(ONE, 'main')
    scenario.request({ verb: 'prenotify', case: ONE, at: DATE })
    const events = scenario.does({ verb: 'close', case: ONE, reason: 'it is no longer built' }, person(ana))
    expect(events).toContain('ApprovalVoided')
    expect(open(scenario, ONE)).toEqual([])
  })
})
