import { describe, expect, it } from 'vitest'
import { HOUR, later } from '../../src/index.ts'
import type { CaseId, CaseState, PersonRequest } from '../../src/index.ts'
import { ana, person } from '../fixtures/scenario.ts'
import { both, DATE, ONE, RELEASE, shown, told, TWO } from '../fixtures/several.ts'
import type { Several } from '../fixtures/several.ts'

const disclose = (id: CaseId): PersonRequest => ({ verb: 'disclose', case: id, shown })
const because = (scenario: Several, id: CaseId): string => scenario.refused(disclose(id), person(ana)).because
const lay = (scenario: Several, id: CaseId, change: (state: CaseState) => Partial<CaseState>): Several => {
  const state = scenario.caseState(id)
  scenario.states.set(id, { ...state, ...change(state) })
  return scenario
}
const isPublic = ({ cs }: CaseState): Partial<CaseState> => ({ cs: { ...cs, public: DATE } })
const EARLY = `The release date, ${new Date(DATE).toISOString()}, is not reached.`

describe('the publication of two cases before their date', () => {
  const early = (): Several => {
    const scenario = told()
    scenario.now = later(DATE, -30 * HOUR)
    return scenario
  }

  it('is refused for the case at hand in its own name, and for the other in the other’s', () => {
    expect(because(early(), ONE)).toBe(EARLY)
    expect(because(early(), TWO)).toBe(`${ONE}: ${EARLY}`)
  })

  it('is refused for the other where the case at hand is public already', () => {
    expect(because(lay(early(), ONE, isPublic), ONE)).toBe(`${TWO}: ${EARLY}`)
  })

  it('goes on where both are', () => {
    expect(lay(lay(early(), ONE, isPublic), TWO, isPublic).does(disclose(ONE), person(ana))).toEqual([
      'ApprovalRequested',
    ])
  })
})

describe('the publication of a case that is in a release alone', () => {
  it('is refused for what the case itself lacks', () => {
    const scenario = both()
    scenario.does({ verb: 'release.drop', case: TWO, reason: 'not yet' }, person(ana))
    expect(scenario.releaseState(RELEASE).cases).toEqual([ONE])
    scenario.now = DATE
    lay(scenario, ONE, () => ({ publication: 'none' }))
    expect(because(scenario, ONE)).toBe('It was settled that nothing of this case is published.')
  })
})
