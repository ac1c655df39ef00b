import { describe, expect, it } from 'vitest'
import { DAY, later } from '../../../src/index.ts'
import type { PersonRequest } from '../../../src/index.ts'
import { ana, person } from '../../fixtures/scenario.ts'
import { plannedRelease, DATE, ONE, PREVIEW, TWO } from '../../fixtures/multi-case-scenario.ts'

const waive = (id: typeof ONE): PersonRequest => ({
  verb: 'waive',
  case: id,
  rule: 'notice',
  reason: 'the distributors asked for it',
})

describe('a waiver in one of several cases of a release', () => {
  it('is for its own case: the others need their own waiver', () => {
    const scenario = plannedRelease()
    scenario.now = later(DATE, -4 * DAY)
    const prenotify: PersonRequest = { verb: 'prenotify', case: ONE, at: DATE, shown: PREVIEW }
    expect(scenario.refused(prenotify, person(ana)).gate).toBe('notice')
    scenario.request(waive(ONE))
    scenario.approve(ONE)
    expect(scenario.refused(prenotify, person(ana))).toMatchObject({ gate: 'notice', facts: { case: TWO } })
    scenario.request(waive(TWO))
    scenario.approve(TWO)
    expect(scenario.does(prenotify, person(ana))).toEqual(['ApprovalRequested'])
  })
})
