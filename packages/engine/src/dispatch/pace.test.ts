import { expect, test } from 'vitest'
import { MAX_REST_MS } from './limits.ts'
import { Pace } from './pace.ts'

test('looking for work takes at most a fifth of the time', () => {
  const pace = new Pace()
  pace.claimed(100, 103)
  expect([103, 110, 114.5, 115, 200].map((now) => pace.restMs(now))).toEqual([12, 5, 0.5, 0, 0])
})

test('nobody waits long after a slow database', () => {
  const pace = new Pace()
  pace.claimed(0, 5000)
  expect(pace.restMs(5000)).toBe(MAX_REST_MS)
})

test('the first look is at once', () => {
  expect(new Pace().restMs(0)).toBe(0)
})
