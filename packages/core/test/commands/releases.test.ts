import { describe, expect, it } from 'vitest'
import { brokenInvariants, clocks, DAY, HOUR, later } from '../../src/index.ts'
import type { PersonRequest, PolicySource } from '../../src/index.ts'
import { ana, ben, BLOB, OTHER_HASH, person, policyOf } from '../fixtures/scenario.ts'
import {
  plannedRelease,
  DATE,
  ONE,
  RELEASE,
  MultiCaseScenario,
  PREVIEW,
  THREE,
  prenotifiedRelease,
  TWO,
  withBranches,
} from '../fixtures/multi-case-scenario.ts'

const withTwoProjects: Partial<PolicySource> = {
  projects: [
    ...(withBranches.projects ?? []),
    { id: 'inkwell', name: 'Inkwell', cve: 'none', address: 'security@inkwell.example', branches: [{ name: 'main' }] },
  ],
}

describe('a release of several cases', () => {
  it('is planned with one case, and others join it', () => {
    const scenario = new MultiCaseScenario().assign(ONE, 'main').assign(TWO, '4.2')
    expect(scenario.does({ verb: 'release.plan', case: ONE, at: DATE, releaser: ben }, person(ana))).toEqual([
      'ReleaseJoined',
      'ReleasePlanned',
      'CaseAdded',
      'ReleaseScheduled',
    ])
    expect(scenario.does({ verb: 'release.add', case: TWO, release: RELEASE }, person(ana))).toEqual([
      'ReleaseJoined',
      'CaseAdded',
    ])
    expect(scenario.releaseState()).toMatchObject({ is: 'scheduled', at: DATE, cases: [ONE, TWO], releaser: ben })
    expect(scenario.caseState(TWO).release).toBe(RELEASE)
  })

  it('takes the next free name of the day if a name is taken', () => {
    const scenario = new MultiCaseScenario().assign(ONE, 'main').assign(TWO, '4.2').plan()
    scenario.does({ verb: 'release.plan', case: TWO, at: later(DATE, HOUR) }, person(ana))
    expect(scenario.caseState(TWO).release).toBe('REL-SEC-2026-05-19-2')
  })

  it.each<PersonRequest>([
    { verb: 'release.plan', case: ONE, at: DATE },
    { verb: 'release.add', case: TWO, release: RELEASE },
  ])('changes nothing when $verb is repeated', (request) => {
    expect(plannedRelease().does(request, person(ana))).toEqual([])
  })

  it('can lose a case, and is cancelled when it loses the last one', () => {
    const scenario = plannedRelease()
    expect(scenario.does({ verb: 'release.drop', case: TWO, reason: 'not yet' }, person(ana))).toEqual([
      'ReleaseLeft',
      'CaseDropped',
    ])
    expect(scenario.does({ verb: 'release.drop', case: ONE }, person(ana))).toEqual([
      'ReleaseLeft',
      'CaseDropped',
      'ReleaseCancelled',
    ])
    expect(scenario.releaseState().is).toBe('cancelled')
    expect(scenario.caseState(ONE).release).toBeUndefined()
  })

  it.each<readonly [string, (scenario: MultiCaseScenario) => void]>([
    [
      'found to be nothing',
      (scenario) =>
        scenario.does(
          { verb: 'triage', case: TWO, disposition: 'info-only', reason: 'it works as it is meant' },
          person(ana),
        ),
    ],
    [
      'found invalid',
      (scenario) =>
        scenario.does({ verb: 'triage', case: TWO, disposition: 'invalid', reason: 'no way in' }, person(ana)),
    ],
    [
      'not answered',
      (scenario) => {
        scenario.does({ verb: 'reply.question', case: TWO, text: BLOB, sha256: OTHER_HASH }, person(ana))
        scenario.wait(31 * DAY)
        const clock = clocks(scenario.policy, scenario.worldAt(TWO)).find((one) => one.clock === 'needs-info')
        if (clock === undefined) throw new Error('nobody waits for an answer')
        scenario.does({ verb: 'fire-clock', stream: TWO, clock: 'needs-info', round: clock.round, fraction: 1 })
      },
    ],
    [
      'for another project',
      (scenario) => {
        const report = scenario.caseState(TWO).reports[0]?.id
        if (report === undefined) throw new Error('no report')
        const moves = {
          verb: 'open.report',
          case: TWO,
          report,
          into: THREE,
          project: 'inkwell',
          reason: 'theirs',
        } as const
        scenario.does(moves, person(ana))
      },
    ],
  ])('proceeds without a case that is %s', (_what, ends) => {
    const scenario = new MultiCaseScenario(policyOf('team', withTwoProjects)).ready(ONE, 'main').open(TWO)
    scenario.does({ verb: 'triage', case: TWO, disposition: 'valid', severity: 'high' }, person(ana))
    scenario.plan(TWO)
    expect(scenario.releaseState().cases).toEqual([ONE, TWO])
    ends(scenario)
    expect(scenario.caseState(TWO)).toMatchObject({ rm: 'closed' })
    expect(scenario.caseState(TWO).release).toBeUndefined()
    expect(scenario.releaseState()).toMatchObject({ is: 'scheduled', cases: [ONE] })
    expect(brokenInvariants(scenario.worldAt(TWO))).toEqual([])
  })

  it('is cancelled if its only case turns out to be no vulnerability', () => {
    const scenario = new MultiCaseScenario().open(ONE)
    scenario.does({ verb: 'triage', case: ONE, disposition: 'valid', severity: 'high' }, person(ana))
    scenario.plan()
    scenario.does({ verb: 'triage', case: ONE, disposition: 'invalid', reason: 'no way in' }, person(ana))
    expect(scenario.releaseState().is).toBe('cancelled')
  })

  it('names its date in the request to check a fix', () => {
    const scenario = new MultiCaseScenario().assign(ONE, 'main').plan().submitPatch(ONE)
    expect(scenario.worldAt(ONE).release?.at).toBe(DATE)
    expect(scenario.mails()).toContain(`verification-request ${ONE}/r1`)
  })
})

describe('a pre-notification of several cases', () => {
  it('mails each recipient once, and posts one heads-up', () => {
    const scenario = plannedRelease().request({ verb: 'prenotify', case: ONE, at: DATE })
    const before = scenario.effects.length
    expect(scenario.approve()).toEqual(['ApprovalGiven', 'CasePrenotified', 'CasePrenotified', 'PrenotificationQueued'])
    const recipients = scenario.policy.prenotification.lists.flatMap(({ recipients: all }) => all.map(({ id }) => id))
    expect(scenario.mails(before)).toEqual([...recipients.map((id) => `prenotification ${id}`), 'heads-up public'])
    expect(scenario.preview({ verb: 'prenotify', case: TWO, at: DATE }).sentences).toEqual([
      `It is about ${ONE} and ${TWO}.`,
    ])
  })

  it('tells the channels of all its cases', () => {
    const scenario = plannedRelease().request({ verb: 'prenotify', case: ONE, at: DATE })
    const before = scenario.effects.length
    scenario.approve()
    const posts = scenario.effects.slice(before).filter(({ kind, stream }) => kind === 'post' && stream === RELEASE)
    expect(posts.map((effect) => effect.case)).toEqual([ONE, TWO])
    expect(new Set(posts.map(({ id }) => id)).size).toBe(2)
  })

  it('replaces the same question asked through another case', () => {
    const scenario = plannedRelease()
      .request({ verb: 'prenotify', case: ONE, at: DATE })
      .request({ verb: 'prenotify', case: TWO, at: DATE })
    expect(scenario.caseState(ONE).approvals.map(({ status }) => status)).toEqual(['void'])
    expect(scenario.caseState(TWO).approvals.map(({ status }) => status)).toEqual(['open'])
  })

  it('tells a list of no case that it does not concern', () => {
    const lists: PolicySource['prenotification']['lists'] = [
      {
        id: 'distros',
        name: 'Distributions',
        recipients: [
          { id: 'north', name: 'North', address: 'n@north.example', consented: '2026-01-01', plaintext: 'accepted' },
        ],
      },
    ]
    const lead = { critical: '3 days', high: '7 days', moderate: '7 days', low: '0 days' } as const
    const policy = policyOf('team', { ...withBranches, prenotification: { lead, lists } })
    const scenario = new MultiCaseScenario(policy).ready(ONE, 'main').ready(TWO, '4.2', 'low').plan(TWO)
    scenario.request({ verb: 'prenotify', case: ONE, at: DATE }).approve()
    expect(scenario.releaseState().prenotified).toEqual([{ list: 'distros', recipient: 'north', cases: [ONE] }])
  })

  it('records once that a recipient has it', () => {
    const scenario = prenotifiedRelease()
    const [first] = scenario.releaseState().prenotified
    const request = { verb: 'log-answer.has-it', case: TWO, recipient: first?.recipient ?? '' } as const
    expect(scenario.does(request, person(ana))).toEqual(['PrenotificationAcknowledged'])
    expect(scenario.does(request, person(ana))).toEqual([])
    expect(scenario.releaseState().prenotified[0]?.acknowledgedAt).toBe(scenario.now)
  })

  it('sends changed patches to everybody who holds old ones', () => {
    const scenario = prenotifiedRelease().submitPatch(TWO, OTHER_HASH)
    expect(scenario.refused({ verb: 'prenotify.update', case: ONE, shown: PREVIEW }, person(ana))).toMatchObject({
      gate: 'fix',
      facts: { case: TWO },
    })
    scenario.verify(TWO)
    const request = { verb: 'prenotify.update', case: ONE, reason: 'absolute names too' } as const
    expect(scenario.preview(request).sentences).toEqual([`Replaces the patch of ${TWO} for 4.2.`])
    scenario.request(request)
    const before = scenario.effects.length
    expect(scenario.approve()).toEqual([
      'ApprovalGiven',
      'CasePrenotified',
      'CasePrenotified',
      'PrenotificationUpdated',
    ])
    const holders = scenario.releaseState().prenotified.map(({ recipient }) => `prenotification-update ${recipient}`)
    expect(scenario.mails(before)).toEqual(holders)
  })
})
