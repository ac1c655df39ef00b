import { describe, expect, it } from 'vitest'
import { flagsOf } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, DAY, HASH, OTHER_HASH, person, policyOf, Scenario } from '../fixtures/scenario.ts'

describe('a new patch', () => {
  it('withdraws the verification', () => {
    const scenario = new Scenario().untilReady()
    expect(
      scenario.does({ verb: 'patch', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'b.patch' }, person(ben)),
    ).toEqual(['PatchSubmitted', 'FixWithdrawn', 'VerificationRequested'])
  })

  it('flags a fix as withdrawn until there is a new one, but not if it was set aside with its case', () => {
    const flags = ({ world }: Scenario) => (world.case === undefined ? [] : flagsOf(world.case))
    const scenario = new Scenario().untilReady()
    const other: PersonRequest = {
      verb: 'patch',
      case: CASE,
      sha256: OTHER_HASH,
      blob: BLOB,
      fileName: 'b.patch',
    }
    scenario.does(other, person(ben))
    expect(flags(scenario)).toEqual(['fix withdrawn'])
    scenario.wait(4 * DAY)
    const looked: PersonRequest = { verb: 'confirm', case: CASE, fixed: true, note: 'no answer in four days' }
    expect(scenario.does(looked, person(ana))).toEqual(['FixVerified', 'FixReady'])
    expect(flags(scenario)).toEqual([])
    const again = { case: CASE, reason: 'not now' } as const
    scenario.does({ verb: 'triage.not-now', ...again }, person(ana))
    scenario.does({ verb: 'reopen', ...again }, person(ana))
    expect(flags(scenario)).toEqual([])
  })

  it('is waited for after changes were requested', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does({ verb: 'confirm', case: CASE, fixed: false, note: 'it misses a case' }, person(ana))
    scenario.wait(4 * DAY)
    const again = scenario.refused(
      { verb: 'confirm', case: CASE, branch: 'main', fixed: true, note: 'no answer' },
      person(ana),
    )
    expect(again.because).toContain('a new patch is needed')
    const alone = new Scenario(policyOf('solo')).untilPatch()
    alone.does(
      {
        verb: 'patch',
        case: CASE,
        sha256: OTHER_HASH,
        blob: BLOB,
        fileName: 'b.patch',
        author: { kind: 'reporter', report: alone.reportId },
      },
      person(ana),
    )
    alone.does({ verb: 'confirm', case: CASE, fixed: false, note: 'it misses a case' }, person(ana))
    expect(
      alone.refused({ verb: 'waive', case: CASE, rule: 'fix', branch: 'main', reason: 'alone' }, person(ana)).gate,
    ).toBe('fix')
  })

  it('changes nothing if its hash is the same: nobody is asked to verify it again', () => {
    const scenario = new Scenario().untilPatch()
    expect(
      scenario.does({ verb: 'patch', case: CASE, sha256: HASH, blob: BLOB, fileName: 'fix.patch' }, person(ben)),
    ).toEqual([])
  })
})

describe('a patch of a case without an assignee', () => {
  const patch: PersonRequest = {
    verb: 'patch',
    case: CASE,
    branch: 'main',
    sha256: HASH,
    blob: BLOB,
    fileName: 'a.patch',
  }
  const rated = (policy = policyOf('solo')): Scenario => {
    const scenario = new Scenario(policy).opens()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' }, person(ana))
    return scenario
  }
  const advisory = { component: 'the loader', impact: 'An attacker may read files.' }

  it('accepts the case for the author of the patch, and records its branch as affected', () => {
    const scenario = rated()
    const letters = scenario.effects.length
    expect(scenario.does({ ...patch, fixedVersion: '2.4.1', advisory }, person(ana))).toEqual([
      'AffectedBranchSet',
      'AdvisoryDrafted',
      'CaseAccepted',
      'PatchAssigned',
      'PatchSubmitted',
      'VerificationRequested',
    ])
    const { case: state } = scenario.world
    expect(state).toMatchObject({
      rm: 'accepted',
      advisory,
      branches: [
        { name: 'main', affected: true, fixedVersion: '2.4.1', fix: { remediator: { kind: 'person', person: ana } } },
      ],
    })
    // The reporter gets the request to check the patch, and no separate letter about who writes it.
    const mails = scenario.effects.slice(letters).flatMap((one) => (one.kind === 'send-mail' ? [one.letter] : []))
    expect(mails).toEqual(['verification-request'])
  })

  it('is assigned to its author in a case that is accepted for another branch', () => {
    const scenario = new Scenario().untilPatch()
    expect(scenario.does({ ...patch, branch: '4.2', sha256: OTHER_HASH }, person(ana))).toEqual([
      'AffectedBranchSet',
      'PatchAssigned',
      'PatchSubmitted',
      'VerificationRequested',
    ])
  })

  it('tells the reporter who writes it if nobody asks the reporter to check it', () => {
    const scenario = new Scenario().untilPatch()
    const letters = scenario.effects.length
    scenario.does({ ...patch, branch: '4.2', sha256: OTHER_HASH }, person(ana))
    const mails = scenario.effects.slice(letters).flatMap((one) => (one.kind === 'send-mail' ? [one.letter] : []))
    expect(mails).toContain('remediation')
  })

  it('takes the fixed version and the advisory of a patch that is attached already', () => {
    const scenario = rated()
    scenario.does(patch, person(ana))
    expect(scenario.does({ ...patch, fixedVersion: '2.4.1' }, person(ana))).toEqual(['AffectedBranchSet'])
    expect(scenario.does({ ...patch, fixedVersion: '2.4.1', advisory }, person(ana))).toEqual(['AdvisoryDrafted'])
    expect(scenario.does({ ...patch, fixedVersion: '2.4.1', advisory }, person(ana))).toEqual([])
  })

  it('waits for the team if an invited maintainer sends it', () => {
    const [first, second] = policyOf().people
    if (first === undefined || second === undefined) throw new Error('two people')
    const scenario = rated(policyOf('team', { people: [first, { ...second, roles: ['maintainer'] }] }))
    scenario.does({ verb: 'people.invite', case: CASE, person: ben }, person(ana))
    scenario.does({ verb: 'people.consent', case: CASE, agreed: true }, person(ben))
    expect(scenario.refused(patch, person(ben))).toMatchObject({
      because: 'Nobody is assigned to write a patch.',
      liftedBy: [{ who: 'somebody who is admin or team', verb: 'assign-patch' }],
    })
  })
})
