import { describe, expect, it } from 'vitest'
import { MessageId } from '../../src/index.ts'
import { ana, ben, BLOB, CASE, OTHER_HASH, person, RELEASE, Scenario } from '../fixtures/scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }

describe('a publication that has begun', () => {
  it('accepts no change of credit', () => {
    const scenario = new Scenario().untilPrenotified(RELEASE)
    scenario.wait(RELEASE - scenario.now)
    scenario.does({ verb: 'disclose', case: CASE, shown }, person(ana))
    scenario.does({ verb: 'approve', case: CASE, shown }, person(ben))
    const answer = { about: 'credit', credit: 'named', name: 'Somebody Else' } as const
    const message = MessageId.parse('mail-2')
    expect(scenario.refused({ verb: 'log-answer', case: CASE, message, answer }, person(ana)).gate).toBe(
      'publication-not-begun',
    )
  })
})
