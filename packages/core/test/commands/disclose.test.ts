import { describe, expect, it } from 'vitest'
import { HOUR, later } from '../../src/index.ts'
import type { CaseId, CaseState, PersonRequest } from '../../src/index.ts'
import { ana, person } from '../fixtures/scenario.ts'
import {
  plannedRelease,
  DATE,
  ONE,
  RELEASE,
  MultiCaseScenario,
  PREVIEW,
  prenotifiedRelease,
  TWO,
} from '../fixtures/multi-case-scenario.ts'
import { after, confirmPublic as madePublic } from './states.ts'

const disclose = (id: CaseId): PersonRequest => ({ verb: 'disclose', case: id, shown: PREVIEW })
const because = (scenario: MultiCaseScenario, id: CaseId): string => scenario.refused(disclose(id), person(ana)).because
const lay = (
  scenario: MultiCaseScenario,
  id: CaseId,
  change: (state: CaseState) => Partial<CaseState>,
): MultiCaseScenario => {
  const state = scenario.caseState(id)
  scenario.states.set(id, { ...state, ...change(state) })
  return scenario
}
const isPublic = ({ cs }: CaseState): Partial<CaseState> => ({ cs: { ...cs, public: DATE } })
const EARLY = `The release date, ${new Date(DATE).toISOString()}, is not reached.`

describe('the publication of two cases before their date', () => {
  const early = (): MultiCaseScenario => {
    const scenario = prenotifiedRelease()
    scenario.now = later(DATE, -30 * HOUR)
    return scenario
  }

  it('is refused for the current case by its own name, and for the other case by the other’s name', () => {
    expect(because(early(), ONE)).toBe(EARLY)
    expect(because(early(), TWO)).toBe(`${ONE}: ${EARLY}`)
  })

  it('is refused for the other case if the current one is already public', () => {
    expect(because(lay(early(), ONE, isPublic), ONE)).toBe(`${TWO}: ${EARLY}`)
  })

  it('is allowed if both are public', () => {
    expect(lay(lay(early(), ONE, isPublic), TWO, isPublic).does(disclose(ONE), person(ana))).toEqual([
      'ApprovalRequested',
    ])
  })
})

describe('the publication of a case that is in a release alone', () => {
  it('is refused for what that case lacks', () => {
    const scenario = plannedRelease()
    scenario.does({ verb: 'release.drop', case: TWO, reason: 'not yet' }, person(ana))
    expect(scenario.releaseState(RELEASE).cases).toEqual([ONE])
    scenario.now = DATE
    lay(scenario, ONE, () => ({ publication: 'none' }))
    expect(because(scenario, ONE)).toBe('The team decided to publish nothing about this case.')
  })
})

describe('the publication of a case that nobody will fix', () => {
  const unfixed = { verb: 'disclose', case: ONE, unfixed: 'the protocol itself is wrong' } as const
  const valid = (severity?: 'low' | 'high'): MultiCaseScenario =>
    after(
      after(new MultiCaseScenario().opens(), {
        verb: 'triage',
        case: ONE,
        disposition: 'valid',
        ...(severity && { severity }),
      }),
      {
        verb: 'advisory',
        case: ONE,
        component: 'loader',
        impact: 'An attacker may read files.',
      },
    )

  it('assigns no patch: the publication accepts the case', () => {
    const scenario = valid('low')
    scenario.request(unfixed)
    expect(scenario.approve()).toEqual([
      'ApprovalGiven',
      'ReleaseJoined',
      'CaseAccepted',
      'EmbargoExited',
      'VulnerabilityPublic',
      'ReleasePlanned',
      'CaseAdded',
      'ReleaseScheduled',
      'DisclosureStarted',
    ])
    expect(scenario.caseState(ONE)).toMatchObject({ rm: 'accepted', branches: [] })
  })

  it('still uses the severity and the texts', () => {
    expect(valid().refused({ ...unfixed, shown: PREVIEW }, person(ana)).gate).toBe('severity-rated')
    const rated = after(new MultiCaseScenario().opens(), {
      verb: 'triage',
      case: ONE,
      disposition: 'valid',
      severity: 'low',
    })
    expect(rated.refused({ ...unfixed, shown: PREVIEW }, person(ana)).gate).toBe('texts-complete')
    expect(new MultiCaseScenario().opens().refused({ ...unfixed, shown: PREVIEW }, person(ana)).gate).toBe(
      'fits-the-stage',
    )
  })

  it('waits for a date if a list is pre-notified, but not once the case is public', () => {
    expect(valid('high').refused({ ...unfixed, shown: PREVIEW }, person(ana))).toMatchObject({
      gate: 'release-date',
      liftedBy: [{ verb: 'release.plan' }],
    })
    const scenario = valid('high').plan()
    scenario.now = DATE
    expect(scenario.request(unfixed).approve()).toContain('CaseAccepted')
    expect(madePublic(valid('high')).request(unfixed).approve()).toContain('DisclosureStarted')
  })
})
