import { describe, expect, it } from 'vitest'
import type { PersonRequest } from '../../src/index.ts'
import { changeState } from '../fixtures/clock-situations.ts'
import { ana, BLOB, CASE, OTHER_HASH, person, Scenario, START } from '../fixtures/scenario.ts'

const shown = { digest: OTHER_HASH, blob: BLOB }

describe('facts before a fix', () => {
  const interim: PersonRequest = { verb: 'disclose.interim', case: CASE, shown }
  const ended = (reason: 'leak' | 'opened'): Scenario =>
    changeState(new Scenario().untilReady(), () => ({ em: { is: 'exited', reason, at: START }, signals: [leaked] }))
  const leaked = { id: `${CASE}/s1`, what: 'leak', is: 'counted', raisedAt: START, countedAt: START } as const

  it('are sent if a leak ended the embargo, but not if people agreed to end it', () => {
    expect(ended('leak').does(interim, person(ana))).toEqual(['ApprovalRequested'])
    expect(ended('opened').refused(interim, person(ana)).gate).toBe('secrecy-over')
  })
})
