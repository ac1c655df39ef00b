import { describe, expect, it } from 'vitest'
import { MessageId, outlook, Sha256 } from '../src/index.ts'
import { ana, CASE, person, Scenario } from './scenario.ts'
import { DATE, ONE, shown, told } from './several.ts'

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

function resting(): Scenario {
  const scenario = new Scenario().untilPatch()
  scenario.does({ verb: 'defer', case: CASE, reason: 'after the summer' }, person(ana))
  return scenario
}

describe('the next action', () => {
  it('of a patch that was found wanting is its author’s', () => {
    const scenario = new Scenario().untilPatch()
    scenario.does({ verb: 'confirm', case: CASE, fixed: false, note: 'links' }, person(ana))
    expect(next(scenario)).toMatchObject({ action: 'submit a better patch for main', owner: 'Ben' })
  })

  it('after the list was told is to check a changed patch, then to send it again, and then to publish', () => {
    const scenario = told()
    expect(next(scenario)).toMatchObject({ verb: 'disclose', due: DATE })
    scenario.patched(ONE, Sha256.parse('c'.repeat(64)))
    expect(next(scenario)).toMatchObject({ verb: 'log-answer', owner: 'the reporter' })
    scenario.verified(ONE)
    expect(next(scenario)).toMatchObject({ owner: 'Ana', verb: 'prenotify-update' })
  })

  it.each([
    ['is not acknowledged', new Scenario().opens()],
    ['rests', resting()],
  ])('of a case that %s is first to answer who says that secrecy failed', (_where, scenario) => {
    scenario.does({ verb: 'signal-public', case: CASE, link: 'https://forum.example/1', shown }, person(ana))
    expect(next(scenario)).toMatchObject({ verb: 'approve', owner: 'any team member but Ana' })
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
