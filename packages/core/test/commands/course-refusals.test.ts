import { describe, expect, it } from 'vitest'
import { unreadMails } from '../../src/index.ts'
import { closedCase, state } from '../fixtures/course.ts'
import { ana, CASE, person, Scenario } from '../fixtures/scenario.ts'

describe('refusals of the course of a case', () => {
  it('say that no answer is due once the case is closed', () => {
    const scenario = new Scenario().opens()
    expect(unreadMails(state(scenario))).toHaveLength(1)
    scenario.does({ verb: 'triage', case: CASE, disposition: 'spam' }, person(ana))
    expect(state(scenario).rm).toBe('closed')
    expect(unreadMails(state(scenario))).toEqual([])
  })

  it('say how to reopen a closed case', () => {
    expect(closedCase().refused({ verb: 'ack', case: CASE }, person(ana)).liftedBy).toEqual([
      { who: 'any team member', how: 'opens it again, with the reason', verb: 'reopen' },
    ])
  })
})
