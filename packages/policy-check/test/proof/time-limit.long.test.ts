import { describe, expect, it } from 'vitest'
import { DAY, later } from '@embargo/core'
import { explore } from '../../src/explore.ts'
import { optionsOf } from './prove.ts'

const options = optionsOf({ profile: 'solo', reporter: 'absent' }, 'waivers')

/**
 * Explores only two days, although seven days must pass between the pre-notification and the publication. Returns the
 * number of states from which no path leads to the end of the case, even if time goes on.
 */
function stuckWhere(mayPublish: boolean): number {
  const { whole, stuck, stages } = explore({
    ...options,
    until: later(options.scenario.start, 2 * DAY),
    follows: (step, after) => (mayPublish || step.request.verb !== 'disclose') && options.follows(step, after),
  })
  expect(whole).toBe(true)
  expect([...stages.keys()]).toContain('prenotified')
  return stuck
}

describe('a time after which an exploration stops', { timeout: 300_000 }, () => {
  it('does not report a case that can only end after that time', () => {
    expect(stuckWhere(true)).toBe(0)
  })

  it('still reports a case that can never end', () => {
    expect(stuckWhere(false)).toBeGreaterThan(0)
  })
})
