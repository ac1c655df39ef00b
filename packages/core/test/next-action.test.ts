import { describe, expect, it } from 'vitest'
import { MessageId, outlook } from '../src/index.ts'
import { ana, CASE, person, Scenario } from './scenario.ts'

const next = (scenario: Scenario) => outlook(scenario.policy, scenario.world, scenario.now)?.next

const writes = (scenario: Scenario): void => {
  scenario.does({
    verb: 'take-in-message',
    case: CASE,
    message: MessageId.parse('mail-9'),
    from: 'reporter',
    report: scenario.reportId,
    trust: 'nothing-proven',
    automatic: false,
  })
}

describe('the next action', () => {
  it('of a patch that was found wanting is its author’s', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does({ verb: 'confirm', case: CASE, fixed: false, note: 'links' }, person(ana))
    expect(next(scenario)).toMatchObject({ action: 'submit a better patch for main', owner: 'Ben' })
  })

  it('of a closed case is to read what came after it was closed, and otherwise nothing', () => {
    const scenario = new Scenario().opens()
    scenario.does({ verb: 'triage', case: CASE, disposition: 'invalid', reason: 'no' }, person(ana))
    expect(next(scenario)).toEqual({ action: 'nothing more to do', owner: 'Ana' })
    writes(scenario)
    expect(next(scenario)).toMatchObject({
      action: expect.stringContaining('read what the reporter wrote'),
      verb: 'reopen',
    })
  })
})
