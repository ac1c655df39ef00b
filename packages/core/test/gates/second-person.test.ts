import { describe, expect, it } from 'vitest'
import { HOUR } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ana, ben, person, policyOf } from '../fixtures/scenario.ts'
import { DATE, NEXT_WEEK, ONE, Several, shown, TWO, withBranches } from '../fixtures/several.ts'

/** The policy lets the requester approve alone in a case of low severity, after a second look. */
const alone = (verb: 'disclose' | 'reschedule' | 'prenotify', severity: 'high' | 'low') => {
  const scenario = new Several(
    policyOf('team', { ...withBranches, severities: { low: { approvals: { [verb]: 'second-look' } } } }),
  )
  return scenario.ready(ONE, 'main', severity).ready(TWO, '4.2', 'low').planned(TWO)
}

const seatOf = (scenario: Several) => scenario.caseState(TWO).approvals.at(-1)

describe('a second look where the policy lets one case have it', () => {
  const asked: readonly (readonly [string, 'disclose' | 'reschedule' | 'prenotify', PersonRequest, number])[] = [
    ['publish', 'disclose', { verb: 'disclose', case: TWO }, DATE],
    ['move the date', 'reschedule', { verb: 'release.move', case: TWO, at: NEXT_WEEK, reason: 'a branch is late' }, 0],
    ['call it off', 'reschedule', { verb: 'release.cancel', case: TWO, reason: 'the fix is not complete' }, 0],
    ['tell recipients', 'prenotify', { verb: 'prenotify', case: TWO, at: DATE }, 0],
  ]

  it.each(asked)('is not enough to %s if another case of the release takes two people', (_what, verb, request, at) => {
    const scenario = alone(verb, 'high')
    scenario.now = at === 0 ? scenario.now : DATE
    scenario.asked(request)
    expect(seatOf(scenario)).toMatchObject({ mode: 'second-person', notBefore: scenario.now })
    const { id: approval } = seatOf(scenario) ?? {}
    scenario.wait(2 * HOUR)
    const yes = { verb: 'approve', case: TWO, typedCase: TWO, shown, ...(approval && { approval }) } as const
    expect(scenario.refused(yes, person(ana)).gate).toBe('second-person')
    expect(scenario.caseState(ONE).cs.public).toBeUndefined()
    expect(scenario.does(yes, person(ben))).toContain('ApprovalGiven')
  })

  it('is enough if every case of the release may have it', () => {
    const scenario = alone('disclose', 'low')
    scenario.now = DATE
    scenario.asked({ verb: 'disclose', case: TWO })
    expect(seatOf(scenario)).toMatchObject({ mode: 'second-look' })
  })
})
