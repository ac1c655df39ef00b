import { describe, expect, it } from 'vitest'
import { MessageId, ReporterId } from '../../src/index.ts'
import { ana, CASE, person, policyOf, Scenario } from '../fixtures/scenario.ts'

describe('one person alone', () => {
  it('works on a case that a mail in their own name opened', () => {
    const scenario = new Scenario(policyOf('solo'))
    scenario.does({
      verb: 'open-case',
      case: CASE,
      project: 'quillmark',
      message: MessageId.parse('mail-1'),
      receivedAt: scenario.now,
      reporter: ReporterId.parse('rep-1'),
      identity: { address: 'ana@quillmark.example' },
      person: ana,
      trust: 'nothing-proven',
      automatic: false,
    })
    expect(scenario.does({ verb: 'ack', case: CASE }, person(ana))).toContain('CaseAcknowledged')
  })
})
