import { describe, expect, it } from 'vitest'
import { ana, ben, BLOB, OTHER_HASH, person } from '../fixtures/scenario.ts'
import { DATE, deliverMails, ONE, prenotifiedRelease as toldTogether, TWO } from '../fixtures/multi-case-scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }

describe('a case on the release day', () => {
  it('is published even if the text of another is missing, and is held if all texts are missing', () => {
    const scenario = deliverMails(toldTogether())
    const { advisory: _gone, ...without } = scenario.caseState(TWO)
    scenario.states.set(TWO, without)
    scenario.now = DATE
    expect(scenario.does({ verb: 'disclose', case: TWO, shown }, person(ana))).toEqual(['ApprovalRequested'])
    const { advisory: _too, ...neither } = scenario.caseState(ONE)
    scenario.states.set(ONE, neither)
    expect(scenario.refused({ verb: 'disclose', case: TWO, shown }, person(ben)).gate).toBe('texts-complete')
  })
})
