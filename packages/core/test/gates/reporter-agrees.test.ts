import { describe, expect, it } from 'vitest'
import { missingAgreement } from '../../src/index.ts'
import type { PersonRequest, Report } from '../../src/index.ts'
import { changeState, ratedCase } from '../fixtures/clock-situations.ts'
import { ana, CASE, person } from '../fixtures/scenario.ts'
import { caseAt, mergedReports } from '../fixtures/two-reports.ts'

/** Two reports of one case; each test sets their properties. */
function both(first: Partial<Report>, second: Partial<Report>): readonly [Report, Report] {
  const [one, other] = caseAt(mergedReports(), CASE).reports
  if (one === undefined || other === undefined) throw new Error('there are not two reports')
  return [
    { ...one, ...first },
    { ...other, ...second },
  ]
}

describe('permission to forward a report to another vendor', () => {
  const [no, yes] = both({ forwarding: 'no' }, { forwarding: 'named' })
  const because = (reports: readonly Report[], named?: Report) => missingAgreement({ reports }, named?.id)?.because

  it('can only come from the reporter of that report', () => {
    expect(because([no, yes], no)).toContain('does not want')
    expect(because([no, yes], yes)).toBeUndefined()
    expect(because([yes, no], no)).toContain('does not want')
  })

  it('is the only reporter’s if none is named; with two reporters, neither is asked', () => {
    expect(because([no])).toContain('does not want')
    expect(because([no, yes])).toBeUndefined()
  })
})

describe('a reporter who could write the patch', () => {
  const assign: PersonRequest = { verb: 'assign-patch', case: CASE, to: 'reporter', branches: [] }
  const of = (first: Partial<Report>, second: Partial<Report>) => {
    const scenario = ratedCase('high')
    scenario.does({ verb: 'triage.affects', case: CASE, branch: 'main', affected: true }, person(ana))
    return changeState(scenario, () => ({ reports: both(first, second) }))
  }

  it('has been asked if one of the reporters was asked', () => {
    const request = { asked: true }
    const not = { asked: false }
    expect(of(request, not).refused(assign, person(ana)).because).toContain('no yes is logged')
    expect(of(not, not).refused(assign, person(ana)).because).toContain('has not been asked')
  })

  it('is available if one of the reporters said yes', () => {
    expect(of({ willing: true }, {}).does(assign, person(ana))).toContain('PatchAssigned')
  })
})
