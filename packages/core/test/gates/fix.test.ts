import { ANA, BEN } from '@embargo/testkit/policy'
import { describe, expect, it } from 'vitest'
import { later } from '../../src/index.ts'
import type { PersonRequest, Remediator } from '../../src/index.ts'
import { changeState } from '../fixtures/clock-situations.ts'
import { ana, ben, BLOB, CASE, OTHER_HASH, person, policyOf, RELEASE, Scenario, START } from '../fixtures/scenario.ts'
import { MultiCaseScenario, withBranches } from '../fixtures/multi-case-scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }
const prenotify: PersonRequest = { verb: 'prenotify', case: CASE, at: RELEASE, shown }
const patch = (branch: string, author?: Remediator): PersonRequest => ({
  verb: 'patch',
  case: CASE,
  branch,
  sha256: OTHER_HASH,
  blob: BLOB,
  fileName: 'fix.patch',
  ...(author === undefined ? {} : { author }),
})
const fromReporter = (profile: 'solo' | 'team') => {
  const scenario = new Scenario(policyOf(profile)).untilPatch()
  scenario.does(patch('main', { kind: 'reporter', report: scenario.reportId }), person(ana))
  return scenario
}
const UNFIXED = 'any team member leaves a branch unfixed, with a reason and a second person'
/** A second branch is affected, and Ben is to write its patch. */
const backport = (scenario: MultiCaseScenario) => {
  scenario.does({ verb: 'triage.affects', case: CASE, branch: '4.2', affected: true }, person(ana))
  scenario.does({ verb: 'assign-patch', case: CASE, to: ben, branches: ['4.2'] }, person(ana))
  return scenario
}

const MISSING: readonly {
  readonly situation: string
  readonly given: () => Scenario
  readonly liftedBy: readonly string[]
}[] = [
  {
    situation: 'the reporter is asked about the patch of a colleague',
    given: () => new Scenario().untilPatch(),
    liftedBy: [
      'any team member but Ben logs what the reporter answers about main',
      'any team member but Ben confirms main, if the reporter is silent until 2026-05-07T09:00:00.000Z',
    ],
  },
  {
    situation: 'the reporter wrote the patch',
    given: () => fromReporter('team'),
    liftedBy: ['any team member but Ana confirms main'],
  },
  {
    situation: 'who is alone wrote the patch',
    given: () => new Scenario(policyOf('solo')).untilPatch(),
    liftedBy: [
      'the reporter answers by mail, and Ana logs it',
      'Ana goes on without a check, with a reason that is recorded',
    ],
  },
  {
    situation: 'one of two in the solo profile wrote the patch',
    given: () => new Scenario(policyOf('solo', { people: [ANA, BEN] })).untilPatch(),
    liftedBy: [
      'any team member but Ben logs what the reporter answers about main',
      'any team member but Ben confirms main, if the reporter is silent until 2026-05-07T09:00:00.000Z',
    ],
  },
  {
    situation: 'who is alone in a team wrote the patch',
    given: () => new Scenario(policyOf('team', { people: [ANA] })).untilPatch(),
    liftedBy: ['an admin adds another person to the policy: one who neither wrote nor submitted the patch'],
  },
  {
    situation: 'who is alone has a patch of the reporter',
    given: () => fromReporter('solo'),
    liftedBy: ['any team member confirms main'],
  },
  {
    situation: 'who is alone has written none yet',
    given: () => {
      const scenario = new Scenario(policyOf('solo')).opens()
      scenario.does({ verb: 'ack', case: CASE }, person(ana))
      scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
      scenario.does({ verb: 'triage.affects', case: CASE, branch: 'main', affected: true }, person(ana))
      scenario.does({ verb: 'assign-patch', case: CASE, to: ana, branches: [] }, person(ana))
      return scenario
    },
    liftedBy: ['Ana submits a patch for main; then somebody who did not write it confirms it'],
  },
  {
    situation: 'one branch is verified, and the other has no patch',
    given: () => backport(new MultiCaseScenario().ready(CASE, 'main')),
    liftedBy: ['Ben submits a patch for 4.2; then somebody who did not write it confirms it', UNFIXED],
  },
  {
    situation: 'one branch is verified, and changes were asked of the other',
    given: () => {
      const scenario = backport(new MultiCaseScenario().ready(CASE, 'main'))
      scenario.does(patch('4.2'), person(ben))
      scenario.does({ verb: 'confirm', case: CASE, branch: '4.2', fixed: false, note: 'it still reads' }, person(ana))
      return scenario
    },
    liftedBy: ['Ben submits a better patch for 4.2; then somebody who did not write it confirms it', UNFIXED],
  },
  {
    situation: 'one branch is waived, and the other has a backport that the team looks at',
    given: () => {
      const scenario = backport(new MultiCaseScenario(policyOf('team', withBranches)).assign(CASE, 'main'))
      scenario.does(
        { verb: 'waive', case: CASE, rule: 'fix', branch: 'main', reason: 'nobody runs it', shown },
        person(ana),
      )
      scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
      scenario.does(patch('4.2'), person(ben))
      return scenario
    },
    liftedBy: ['any team member but Ben confirms 4.2'],
  },
]

describe('a fix that is not there yet', () => {
  it.each(MISSING)('$situation', ({ given, liftedBy }) => {
    const refusal = given().refused(prenotify, person(ana))
    expect([refusal.gate, ...refusal.liftedBy.map(({ who, how }) => `${who} ${how}`)]).toEqual(['fix', ...liftedBy])
  })
})

describe('confirming a fix before the reporter answers', () => {
  const confirm = (branch: string): PersonRequest => ({ verb: 'confirm', case: CASE, branch, fixed: true })

  it('is possible for a backport', () => {
    const scenario = backport(new MultiCaseScenario().ready(CASE, 'main'))
    scenario.does(patch('4.2'), person(ben))
    expect(scenario.does(confirm('4.2'), person(ana))).toContain('FixVerified')
  })

  it.each(['public', 'attacks'] as const)('is possible once there are facts (%s)', (fact) => {
    const scenario = changeState(new Scenario().untilPatch(), ({ cs }) => ({ cs: { ...cs, [fact]: START } }))
    expect(scenario.does(confirm('main'), person(ana))).toContain('FixVerified')
  })

  it('is refused if the mail that asks them did not arrive: it must be sent again first', () => {
    const scenario = changeState(new Scenario().untilPatch(), ({ branches }) => ({
      branches: branches.map((one) =>
        one.fix?.is === 'submitted' && one.fix.verification?.of === 'reporter'
          ? { ...one, fix: { ...one.fix, verification: { ...one.fix.verification, undelivered: true } } }
          : one,
      ),
    }))
    const { because, liftedBy } = scenario.refused(confirm('main'), person(ana))
    expect(because).toContain('did not arrive')
    expect(liftedBy.map(({ who, verb }) => `${who}: ${verb}`)).toEqual([
      'you: settle',
      'the reporter: log-answer',
      'any team member: waive',
    ])
  })

  it('takes a reason, from the instant at which the reporter’s time ends', () => {
    const asked = (from: number) => {
      const scenario = new Scenario().untilPatch()
      const fix = scenario.world.case?.branches[0]?.fix
      if (fix?.is !== 'submitted' || fix.verification?.of !== 'reporter') throw new Error('the reporter is not asked')
      scenario.now = later(fix.verification.dueAt, from)
      return scenario
    }
    const withNote: PersonRequest = { ...confirm('main'), note: 'looked at it' } as PersonRequest
    expect(asked(-1).refused(withNote, person(ana)).because).toContain('has until')
    expect(asked(0).does(withNote, person(ana))).toContain('FixVerified')
    expect(asked(0).refused(confirm('main'), person(ana)).because).toContain('takes a reason')
  })
})
