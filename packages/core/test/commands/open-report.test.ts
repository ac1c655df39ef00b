import { describe, expect, it } from 'vitest'
import { clocks, outlook } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, DAY, HASH, OTHER_HASH, person } from '../fixtures/scenario.ts'
import type { Scenario } from '../fixtures/scenario.ts'
import { caseAt, letters, mergedReports, reportId } from '../fixtures/two-reports.ts'

const home: PersonRequest = {
  verb: 'open.report',
  case: CASE,
  report: reportId(CASE, 2),
  project: 'quillmark',
  reason: 'another cause after all',
}

describe('a split of the report whose reporter was asked to check a patch', () => {
  /**
   * The second reporter is asked to check the patch, because the first cannot be reached at that time. `first`: whether
   * the first reporter can be reached again afterwards.
   */
  const asked = (first: 'reachable' | 'unreachable') => {
    const scenario = mergedReports()
    const does = (request: PersonRequest, who = ana) => scenario.does(request, person(who))
    does({ verb: 'triage', case: CASE, disposition: 'valid', severity: 'high' })
    does({ verb: 'triage.affects', case: CASE, branch: 'main', affected: true })
    does({ verb: 'assign-patch', case: CASE, to: ben, branches: [] })
    reach(scenario, false)
    does({ verb: 'patch', case: CASE, sha256: HASH, blob: BLOB, fileName: 'fix.patch' }, ben)
    expect(verification(scenario)).toMatchObject({ of: 'reporter', report: reportId(CASE, 2) })
    reach(scenario, first === 'reachable')
    return scenario.wait(DAY)
  }
  const reach = (scenario: Scenario, answerable: boolean) => {
    const state = caseAt(scenario, CASE)
    const reports = state.reports.map((one) => (one.id === reportId(CASE, 1) ? { ...one, answerable } : one))
    scenario.states.set(CASE, { ...state, reports })
  }
  const verification = (scenario: Scenario) => {
    const { fix } = caseAt(scenario, CASE).branches[0] ?? {}
    return fix?.is === 'submitted' ? fix.verification : undefined
  }
  const confirm: PersonRequest = { verb: 'confirm', case: CASE, fixed: true }

  it('asks another reporter of the case, who gets the full time', () => {
    const scenario = asked('reachable')
    const before = letters(scenario).length
    expect(scenario.does(home, person(ana))).toContain('VerificationRequested')
    expect(verification(scenario)).toMatchObject({ report: reportId(CASE, 1), askedAt: scenario.now })
    expect(verification(scenario)?.dueAt).toBeGreaterThan(scenario.now + 2 * DAY)
    expect(letters(scenario).slice(before)).toContain(`verification-request ${reportId(CASE, 1)}`)
    expect(scenario.refused(confirm, person(ana)).gate).toBe('reporter-check')
  })

  it('leaves the check to the team if nobody else can be asked, and says so', () => {
    const scenario = asked('unreachable')
    expect(scenario.does(home, person(ana))).toContain('VerificationRequested')
    expect(verification(scenario)).toMatchObject({ of: 'team' })
    expect(outlook(scenario.policy, scenario.worldAt(CASE), scenario.now)?.next).toMatchObject({
      verb: 'confirm',
      owner: 'Ana',
    })
    expect(clocks(scenario.policy, scenario.worldAt(CASE)).map(({ clock }) => clock)).not.toContain(
      'reporter-verification/main',
    )
    expect(scenario.does(confirm, person(ana))).toContain('FixVerified')
  })

  it('sends no second request if another reporter was already asked', () => {
    const scenario = asked('reachable')
    const again = { verb: 'patch', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'fix.patch' } as const
    scenario.does(again, person(ben))
    const before = verification(scenario)
    expect(before).toMatchObject({ report: reportId(CASE, 1) })
    expect(scenario.does(home, person(ana))).not.toContain('VerificationRequested')
    expect(verification(scenario)).toEqual(before)
  })

  it('sends no second request while the case is deferred, and asks the team when it resumes', () => {
    const scenario = asked('reachable')
    scenario.does({ verb: 'triage.not-now', case: CASE, reason: 'after the summer' }, person(ana))
    expect(scenario.does(home, person(ana))).not.toContain('VerificationRequested')
    expect(verification(scenario)).toMatchObject({ of: 'team' })
  })
})
