import { describe, expect, it } from 'vitest'
import { MessageId } from '../../src/index.ts'
import { ana, CASE, DAY, HOUR, person, Scenario } from '../fixtures/scenario.ts'

describe('the reporter’s yes to a patch', () => {
  it('may be given by a team member while they are silent, with a reason and after the time', () => {
    const scenario = new Scenario().untilPatch().wait(4 * DAY)
    expect(
      scenario.does({ verb: 'confirm', case: CASE, fixed: true, note: 'no answer in four days' }, person(ana)),
    ).toEqual(['FixVerified', 'FixReady'])
  })

  it('is never taken from an unverified mail', () => {
    const scenario = new Scenario().untilPatch().wait(HOUR)
    const message = MessageId.parse('mail-x')
    scenario.does({
      verb: 'take-in-message',
      case: CASE,
      message,
      from: 'unverified',
      report: scenario.reportId,
      trust: 'nothing-proven',
      automatic: false,
    })
    expect(
      scenario.refused(
        { verb: 'log-answer', case: CASE, message, answer: { about: 'verification', fixed: true } },
        person(ana),
      ).because,
    ).toContain('nothing proves')
  })
})
