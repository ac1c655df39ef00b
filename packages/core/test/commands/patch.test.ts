import { describe, expect, it } from 'vitest'
import { flagsOf } from '../../src/index.ts'
import type { PersonRequest } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, DAY, HASH, OTHER_HASH, person, policyOf, Scenario } from '../fixtures/scenario.ts'

describe('another patch', () => {
  it('takes the verification back', () => {
    const scenario = new Scenario().untilReady()
    expect(
      scenario.does({ verb: 'patch', case: CASE, sha256: OTHER_HASH, blob: BLOB, fileName: 'b.patch' }, person(ben)),
    ).toEqual(['PatchSubmitted', 'FixWithdrawn', 'VerificationRequested'])
  })

  it('flags a fix that was taken back until there is one again, and none that was put aside with its case', () => {
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

  it('is waited for once changes were asked of one', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does({ verb: 'confirm', case: CASE, fixed: false, note: 'it misses a case' }, person(ana))
    scenario.wait(4 * DAY)
    const again = scenario.refused(
      { verb: 'confirm', case: CASE, branch: 'main', fixed: true, note: 'no answer' },
      person(ana),
    )
    expect(again.because).toContain('waits for another one')
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
      alone.refused({ verb: 'waive', case: CASE, rule: 'fix-ready', branch: 'main', reason: 'alone' }, person(ana))
        .gate,
    ).toBe('fix-ready')
  })

  it('changes nothing if its hash is the same: nobody is asked again', () => {
    const scenario = new Scenario().untilPatch()
    expect(
      scenario.does({ verb: 'patch', case: CASE, sha256: HASH, blob: BLOB, fileName: 'fix.patch' }, person(ben)),
    ).toEqual([])
  })
})
