import { describe, expect, it } from 'vitest'
import { brokenInvariants, stageOf } from '../../src/index.ts'
import type { CaseId, ReleaseId } from '../../src/index.ts'
import { separatedCaseApproved, FOUR, moveThirdReport, separatedCase } from '../fixtures/report-moved-home.ts'
import { ana, ben, DAY, person } from '../fixtures/scenario.ts'
import { DATE, ONE, TWO } from '../fixtures/multi-case-scenario.ts'
import type { MultiCaseScenario } from '../fixtures/multi-case-scenario.ts'
import { endOf, reportId } from '../fixtures/two-reports.ts'

const fires = (scenario: MultiCaseScenario) => {
  scenario.now = DATE
  return scenario.does({ verb: 'fire-clock', stream: TWO, clock: 'release', round: DATE, fraction: 1 })
}
const releaseOf = (scenario: MultiCaseScenario, id: CaseId): ReleaseId => {
  const { release } = scenario.caseState(id)
  if (release === undefined) throw new Error('it is in no release')
  return release
}

describe('a report that was merged, and whose own case', () => {
  it('waits for nothing, goes home', () => {
    const scenario = separatedCase()
    scenario.does(moveThirdReport, person(ana))
    expect(scenario.caseState(TWO).reports.map(({ id }) => id)).toEqual([reportId(TWO, 1), reportId(TWO, 2)])
    expect(scenario.states.get(FOUR)).toBeUndefined()
  })

  it('is approved ahead, waits until that begins: nothing is published without its credit and its thanks', () => {
    const scenario = separatedCaseApproved()
    expect(scenario.refused(moveThirdReport, person(ana))).toMatchObject({
      gate: 'frozen',
      facts: { case: TWO },
      liftedBy: [{ how: expect.stringContaining(`(in ${TWO})`) }],
    })
    expect(scenario.caseState(ONE).reports.map(({ id }) => id)).toContain(reportId(ONE, 3))
    // The refusal names another command, and that command is possible.
    scenario.does({ verb: 'release.move', case: TWO, at: DATE }, person(ana))
    expect(scenario.does(moveThirdReport, person(ana))).toContain('ReportJoined')
  })

  it.each(['begins', 'is over, and the case closed'])(
    'was published (%s), gets a case of its own, which can end',
    (when) => {
      const scenario = separatedCaseApproved()
      expect(fires(scenario)).toContain('DisclosureStarted')
      if (when !== 'begins') {
        const release = scenario.releaseState(releaseOf(scenario, TWO))
        scenario.states.set(release.id, { ...release, disclosedAt: scenario.now })
        scenario.does({ verb: 'retro', case: TWO, rootCause: 'an unchecked path' }, person(ana))
        scenario.does({ verb: 'close', case: TWO, reason: 'it is out' }, person(ana))
        expect(scenario.caseState(TWO).rm).toBe('closed')
      }
      const before = scenario.caseState(TWO)
      const end = endOf(scenario, ONE)
      scenario.wait(DAY).does(moveThirdReport, person(ana))
      expect(scenario.caseState(TWO)).toEqual(before)
      expect(scenario.caseState(ONE).reports.map(({ id }) => id)).toEqual([reportId(ONE, 1)])
      expect(scenario.caseState(ONE)).toMatchObject({
        rm: 'received',
        moved: [{}, { to: FOUR, as: reportId(FOUR, 1) }],
      })
      const own = scenario.caseState(FOUR)
      expect(own.reports).toMatchObject([{ id: reportId(FOUR, 1), credit: { kind: 'named', name: { value: 'Kim' } } }])
      expect(own.reports[0]?.joined).toBeUndefined()
      expect([endOf(scenario, FOUR), stageOf(own)]).toEqual([end, 'acknowledged'])
      for (const id of [ONE, FOUR]) expect(brokenInvariants(scenario.worldAt(id))).toEqual([])
      scenario.does({ verb: 'triage', case: FOUR, disposition: 'invalid', reason: 'not a bug' }, person(ana))
      expect(scenario.caseState(FOUR).rm).toBe('closed')
    },
  )

  it('has no further effect when a second person requests the split again', () => {
    const scenario = separatedCaseApproved()
    fires(scenario)
    scenario.does(moveThirdReport, person(ana))
    expect(scenario.does(moveThirdReport, person(ben))).toEqual([])
  })
})
