import { describe, expect, it } from 'vitest'
import { DAY, later } from '@embargo/core'
import { explore } from '../../src/explore.ts'
import { optionsOf } from './prove.ts'

const options = optionsOf({ profile: 'solo', reporter: 'absent' }, 'waivers')

/**
 * How many states have no path to an end within an exploration of two days, although recipients are told seven days
 * before a publication.
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
  it('leaves no case without an end that only comes later', () => {
    expect(stuckWhere(true)).toBe(0)
  })

  it('hides no case that has none', () => {
    expect(stuckWhere(false)).toBeGreaterThan(0)
  })
})
