import { describe, expect, it } from 'vitest'
import { HOUR, later } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ana, ben, person, policyOf } from '../fixtures/scenario.ts'
import { DATE, NEXT_WEEK, ONE, MultiCaseScenario, PREVIEW, TWO, withBranches } from '../fixtures/multi-case-scenario.ts'

/** A release of two cases. Under `second-look`, the requester may approve alone after an hour. */
const release = (mode: 'second-person' | 'second-look') => {
  const scenario = new MultiCaseScenario(
    policyOf('team', { ...withBranches, approvals: { by: mode, secondLookAfter: '1 hour' } }),
  )
  return scenario.ready(ONE, 'main').ready(TWO, '4.2', 'low').plan(TWO)
}

const asked: readonly (readonly [string, PersonRequest, number])[] = [
  ['publish', { verb: 'disclose', case: TWO }, DATE],
  ['move the date', { verb: 'release.move', case: TWO, at: NEXT_WEEK, reason: 'a branch is late' }, 0],
  ['call it off', { verb: 'release.cancel', case: TWO, reason: 'the fix is not complete' }, 0],
  ['tell recipients', { verb: 'prenotify', case: TWO, at: DATE }, 0],
]

describe.each(asked)('to %s', (_what, request, at) => {
  const waiting = (mode: 'second-person' | 'second-look', after = 0) => {
    const scenario = release(mode)
    scenario.now = later(at === 0 ? scenario.now : DATE, after)
    scenario.request(request)
    return scenario
  }
  const yesTo = (scenario: MultiCaseScenario) => {
    const { id: approval } = scenario.caseState(TWO).approvals.at(-1) ?? {}
    return { verb: 'approve', case: TWO, typedCase: TWO, shown: PREVIEW, ...(approval && { approval }) } as const
  }

  it('requires another person if the policy asks for a second person', () => {
    const scenario = waiting('second-person')
    expect(scenario.caseState(TWO).approvals.at(-1)).toMatchObject({ mode: 'second-person', notBefore: scenario.now })
    scenario.wait(2 * HOUR)
    expect(scenario.refused(yesTo(scenario), person(ana)).gate).toBe('second-person')
    expect(scenario.caseState(ONE).cs.public).toBeUndefined()
    expect(scenario.does(yesTo(scenario), person(ben))).toContain('ApprovalGiven')
  })

  it('requires the same person an hour later if the policy asks for a second look', () => {
    const scenario = waiting('second-look')
    const { now } = scenario
    expect(scenario.caseState(TWO).approvals.at(-1)).toMatchObject({ mode: 'second-look', notBefore: later(now, HOUR) })
    expect(scenario.refused(yesTo(scenario), person(ana)).gate).toBe('second-person')
    scenario.wait(HOUR)
    expect(scenario.does(yesTo(scenario), person(ana))).toContain('ApprovalGiven')
  })

  it('is possible from the full minute on that people are shown', () => {
    const scenario = waiting('second-look', 30_000)
    const [asked] = scenario.caseState(TWO).approvals.slice(-1)
    expect(asked?.notBefore).toBe(later(scenario.now, HOUR + 30_000))
  })
})
