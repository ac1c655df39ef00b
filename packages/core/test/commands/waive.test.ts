import { describe, expect, it } from 'vitest'
import { withList } from './states.ts'
import { clocks, instant, MessageId, PROFILES, ReporterId, ReportId } from '../../src/index.ts'
import type { GateId, Instant, PersonRequest, WaivableGate } from '../../src/index.ts'
import {
  ana,
  ben,
  BLOB,
  CASE,
  DAY,
  HASH,
  OTHER_HASH,
  person,
  policyOf,
  RELEASE,
  Scenario,
} from '../fixtures/scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const waive = (rule: WaivableGate, more: { at?: Instant; branch?: string } = {}): PersonRequest => ({
  verb: 'waive',
  case: CASE,
  rule,
  reason: 'the distributors asked for it',
  shown,
  ...more,
})
const prenotify = (at: Instant): PersonRequest => ({ verb: 'prenotify', case: CASE, at, shown })
const approve = (scenario: Scenario, by = ben) => scenario.does({ verb: 'approve', case: CASE, shown }, person(by))

const NORTH = { id: 'north', name: 'North', address: 'n@north.example', consented: '2026-01-10' }

/** A date inside the release window, but only four days ahead, although seven days of notice are promised. */
const SOON = instant(Date.UTC(2026, 4, 7, 14, 0))
/** A Monday outside the release window, and early enough for the promised notice. */
const MONDAY = instant(Date.UTC(2026, 4, 18, 14, 0))

/** Two branches are affected. The patch for main is verified, and 4.2 has no patch. */
function twoBranches(): Scenario {
  const scenario = new Scenario().untilReady()
  scenario.does({ verb: 'triage.affects', case: CASE, branch: '4.2', affected: true }, person(ana))
  return scenario
}

/** Another person reports the same vulnerability after the first reporter was asked about the credit. */
const reportsToo = (scenario: Scenario, n: number) =>
  scenario.happens(CASE, {
    type: 'ReportAttached',
    report: ReportId.parse(`${CASE}/r${n}`),
    reporter: ReporterId.parse(`rep-${n}`),
    identity: { $personal: ReporterId.parse(`rep-${n}`), value: { address: `${n}@other.example` } },
    message: MessageId.parse(`mail-of-${n}`),
    receivedAt: scenario.now,
    answerable: true,
  })

describe('a waiver', () => {
  type Row = {
    readonly gate: GateId
    readonly given: () => Scenario
    readonly request: PersonRequest
    readonly says: string
    readonly by?: typeof ana
  }
  const ROWS: readonly Row[] = [
    {
      gate: 'makes-sense',
      given: () => new Scenario(policyOf('team', { waivers: { notice: 'nobody' } })).untilReady(),
      request: waive('notice', { at: SOON }),
      says: 'lets nobody waive the rule “notice”',
    },
    {
      gate: 'role',
      given: () => new Scenario(policyOf('team', { waivers: { notice: 'admin' } })).untilReady(),
      request: waive('notice', { at: SOON }),
      by: ben,
      says: 'only an admin can ask for a waiver',
    },
    {
      gate: 'makes-sense',
      given: () => new Scenario().untilReady(),
      request: waive('notice', { at: RELEASE }),
      says: 'This waiver is for a date that is too soon',
    },
    {
      gate: 'makes-sense',
      given: () => new Scenario().untilReady(),
      request: waive('plain-text'),
      says: 'This waiver cannot help',
    },
    {
      gate: 'makes-sense',
      given: () => new Scenario(withList({ consented: '2026-01-01' }, 'linux-distros')).untilReady(),
      request: waive('plain-text'),
      says: 'a recipient on linux-distros has no key',
    },
    {
      gate: 'fix',
      given: () => new Scenario().untilPatch(),
      request: waive('fix', { branch: 'main' }),
      says: 'main is the last branch',
    },
    {
      gate: 'makes-sense',
      given: twoBranches,
      request: waive('fix', { branch: 'main' }),
      says: 'The patch for main is verified',
    },
    {
      gate: 'case-open',
      given: () => {
        const scenario = new Scenario().untilReady()
        scenario.does({ verb: 'close', case: CASE, reason: 'over' }, person(ana))
        return scenario
      },
      request: waive('notice', { at: SOON }),
      says: 'closed',
    },
  ]
  it.each(ROWS)('is refused by $gate: $says', (row) => {
    const refusal = row.given().refused(row.request, person(row.by ?? ana))
    expect(refusal).toMatchObject({ gate: row.gate, because: expect.stringContaining(row.says) })
    expect(refusal.liftedBy.length).toBeGreaterThan(0)
  })

  it('is named by the refusal that it lifts, and lets exactly that date pass', () => {
    const scenario = new Scenario().untilReady()
    expect(scenario.refused(prenotify(SOON), person(ana))).toMatchObject({
      gate: 'notice',
      liftedBy: expect.arrayContaining([expect.objectContaining({ verb: 'waive', who: 'any team member' })]),
    })
    scenario.does(waive('notice', { at: SOON }), person(ana))
    expect(scenario.refused(prenotify(SOON), person(ana)).gate).toBe('notice')
    expect(approve(scenario)).toEqual(['ApprovalGiven', 'GateWaived'])
    expect(scenario.world.case?.waivers).toMatchObject([
      { gate: 'notice', reason: 'the distributors asked for it', askedBy: ana, by: ben },
    ])
    expect(scenario.refused(prenotify(instant(SOON - DAY)), person(ana)).gate).toBe('notice')
    expect(scenario.does(prenotify(SOON), person(ana))).toEqual(['ApprovalRequested'])
    expect(approve(scenario)).toContain('PrenotificationQueued')
  })

  it('allows a publication without the credit of a reporter who was not asked, but not of one who joins later', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    scenario.now = RELEASE
    const disclose: PersonRequest = { verb: 'disclose', case: CASE, shown }
    expect(scenario.refused(waive('credit'), person(ana)).because).toContain('was asked')
    reportsToo(scenario, 2)
    expect(scenario.refused(disclose, person(ana))).toMatchObject({
      gate: 'credit',
      liftedBy: [{ verb: 'log-answer' }, { verb: 'log-answer.credit' }, { verb: 'waive' }],
    })
    scenario.does(waive('credit'), person(ana))
    expect(approve(scenario)).toContain('GateWaived')
    reportsToo(scenario, 3)
    expect(scenario.refused(disclose, person(ana)).gate).toBe('credit')
    const report = ReportId.parse(`${CASE}/r3`)
    scenario.does({ verb: 'log-answer.credit', case: CASE, report, credit: 'anonymous' }, person(ana))
    expect(scenario.does(disclose, person(ana))).toEqual(['ApprovalRequested'])
  })

  it('allows one sentence that the wording check refused, and no other', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    const write = (impact: string) =>
      scenario.happens(CASE, { type: 'AdvisoryDrafted', component: 'the loader', impact })
    scenario.now = RELEASE
    const disclose: PersonRequest = { verb: 'disclose', case: CASE, shown }
    expect(scenario.refused(waive('wording'), person(ana)).because).toContain('stops no sentence')
    write('Proof of concept: the file is public.')
    expect(scenario.refused(disclose, person(ana))).toMatchObject({
      gate: 'wording',
      liftedBy: [{ verb: 'advisory' }, { verb: 'waive' }],
    })
    scenario.does(waive('wording'), person(ana))
    expect(approve(scenario)).toContain('GateWaived')
    expect(scenario.world.case?.waivers.at(-1)?.about).toBe('"Proof of concept: the file is public." in the impact')
    expect(scenario.does(disclose, person(ana))).toEqual(['ApprovalRequested'])
    write('Proof of concept: the file is public.\nPoC: run it twice')
    expect(scenario.refused(disclose, person(ana)).because).toBe(
      'The impact says "Proof of concept: the file is public.", which shows how to attack. So does 1 more line.',
    )
  })

  it('takes two people, asks once, and is granted once', () => {
    const scenario = new Scenario().untilReady()
    scenario.does(waive('hours', { at: MONDAY }), person(ana))
    expect(scenario.does(waive('hours', { at: MONDAY }), person(ana))).toEqual([])
    expect(scenario.refused({ verb: 'approve', case: CASE, shown }, person(ana)).gate).toBe('second-person')
    approve(scenario)
    expect(scenario.does(waive('hours', { at: MONDAY }), person(ben))).toEqual([])
    expect(scenario.world.case?.waivers).toHaveLength(1)
  })

  it('is requested by an admin if the policy says so, and any team member may approve it', () => {
    const admins = policyOf('team', { waivers: { notice: 'admin' } })
    const scenario = new Scenario(admins).untilReady()
    scenario.does(waive('notice', { at: SOON }), person(ana))

    expect(approve(scenario)).toEqual(['ApprovalGiven', 'GateWaived'])
    expect(scenario.world.case?.waivers).toMatchObject([{ gate: 'notice', askedBy: ana, by: ben }])
  })

  it('is void if the requester is no longer an admin', () => {
    const admins = policyOf('team', { waivers: { notice: 'admin' } })
    const scenario = new Scenario(admins).untilReady()
    scenario.does(waive('notice', { at: SOON }), person(ana))
    const people = admins.people.map((one) => (one.id === ana ? { ...one, roles: ['team' as const] } : one))
    scenario.policy = { ...admins, people }

    expect(approve(scenario)).toEqual(['ApprovalVoided'])
  })

  it('waits independently of another waiver, which stays open when this one is refused', () => {
    const scenario = new Scenario().untilReady()
    scenario.does(waive('hours', { at: MONDAY }), person(ana))
    scenario.does(waive('notice', { at: SOON }), person(ana))
    const open = () => scenario.world.case?.approvals.filter(({ status }) => status === 'open') ?? []
    expect(open()).toHaveLength(2)
    const [first] = open()
    if (first === undefined) throw new Error('nothing waits')
    scenario.does({ verb: 'approve.no', case: CASE, approval: first.id, reason: 'no' }, person(ben))
    expect(open()).toHaveLength(1)
  })

  it('becomes void when the lead that it was for changes', () => {
    const scenario = new Scenario().untilReady()
    scenario.does(waive('notice', { at: SOON }), person(ana))
    approve(scenario)
    scenario.policy = policyOf('team', {
      prenotification: {
        lead: { critical: '3 days', high: '14 days', moderate: '14 days', low: '14 days' },
        lists: [{ id: 'distros', name: 'Distributions', recipients: [NORTH] }],
      },
    })
    expect(scenario.refused(prenotify(SOON), person(ana)).gate).toBe('notice')
  })

  it('is not needed for the lead of a list without recipients', () => {
    const lists = [{ id: 'distros', name: 'Distributions', recipients: [] }]
    const { prenotification } = PROFILES.team
    const scenario = new Scenario(policyOf('team', { prenotification: { ...prenotification, lists } })).untilReady()
    expect(scenario.does(prenotify(SOON), person(ana))).toEqual(['ApprovalRequested'])
  })

  it('lets a case continue without a CVE id until it is reopened', () => {
    const policy = policyOf()
    const projects = policy.projects.map(({ cve: _none, ...project }) => ({ ...project, cve: 'form' as const }))
    const scenario = new Scenario({ ...policy, projects }).untilReady()
    expect(scenario.refused(prenotify(RELEASE), person(ana))).toMatchObject({
      gate: 'cve',
      liftedBy: expect.arrayContaining([expect.objectContaining({ verb: 'waive' })]),
    })
    scenario.does(waive('cve'), person(ana))
    approve(scenario)
    expect(scenario.does(prenotify(RELEASE), person(ana))).toEqual(['ApprovalRequested'])
    // Nobody is reminded of an obligation that two people waived.
    expect(clocks(scenario.policy, scenario.world).map(({ clock }) => clock)).not.toContain('request-cve')
    scenario.does({ verb: 'approve.no', case: CASE, reason: 'later' }, person(ben))
    scenario.does({ verb: 'close', case: CASE, reason: 'for now' }, person(ana))
    scenario.does({ verb: 'reopen', case: CASE, reason: 'again' }, person(ana))
    expect(scenario.does(waive('cve'), person(ana))).toEqual(['ApprovalRequested'])
    expect(scenario.world.case?.waivers).toHaveLength(1)
  })

  it('never lets a list keep a secret longer than it says', () => {
    const policy = policyOf()
    const lists = policy.prenotification.lists.map((list) => ({ ...list, mostDays: 5 }))
    const scenario = new Scenario({ ...policy, prenotification: { ...policy.prenotification, lists } }).untilReady()
    expect(scenario.refused(prenotify(RELEASE), person(ana)).liftedBy).not.toContainEqual(
      expect.objectContaining({ verb: 'waive' }),
    )
    expect(scenario.refused(waive('notice', { at: RELEASE }), person(ana)).gate).toBe('makes-sense')
  })

  it('lets a team member confirm at once in the reporter’s place, that patch and no other', () => {
    const scenario = new Scenario().untilPatch()
    const confirm = { verb: 'confirm', case: CASE, branch: 'main', fixed: true } as const
    expect(scenario.refused(confirm, person(ana)).gate).toBe('reporter-check')
    scenario.does(waive('reporter-check', { branch: 'main' }), person(ana))
    approve(scenario)
    scenario.does({ verb: 'patch', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'b.patch' }, person(ben))
    expect(scenario.refused(confirm, person(ana)).gate).toBe('reporter-check')
    scenario.does({ verb: 'patch', case: CASE, sha256: HASH, blob: BLOB, fileName: 'a.patch' }, person(ben))
    expect(scenario.does(confirm, person(ana))).toEqual(['FixVerified', 'FixReady'])
    expect(new Scenario().untilPatch().refused(confirm, person(ben)).gate).toBe('verifier-is-not-author')
  })

  it('leaves one branch unfixed, until a patch for it comes', () => {
    const scenario = twoBranches()
    expect(scenario.refused(prenotify(RELEASE), person(ana)).liftedBy).toContainEqual(
      expect.objectContaining({ verb: 'waive' }),
    )
    scenario.does(waive('fix', { branch: '4.2' }), person(ana))
    expect(approve(scenario)).toEqual(['ApprovalGiven', 'GateWaived', 'BranchWaived', 'FixReady'])
    scenario.does({ verb: 'assign-patch', case: CASE, to: ben, branches: ['4.2'] }, person(ana))
    expect(
      scenario.does(
        { verb: 'patch', case: CASE, branch: '4.2', sha256: OTHER_HASH, blob: BLOB, fileName: 'b.patch' },
        person(ben),
      ),
    ).toContain('FixWithdrawn')
    expect(scenario.world.case?.waivers).toHaveLength(1)
  })
})
