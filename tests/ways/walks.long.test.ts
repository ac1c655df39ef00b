import { describe, expect, it } from 'vitest'
import { HOUSES } from './houses.ts'
import { tryOffers, tryWays } from './walks.ts'

const LONG = { seeds: [12, 13], steps: 60 }
const MINUTES = 5 * 60_000

describe.each(HOUSES)('%s', (_who, policy) => {
  it('can do what the status and the reminders offer', { timeout: MINUTES }, async () => {
    expect((await tryOffers({ policy, ...LONG })).dead).toEqual([])
  })

  it('finds a way out of each refusal', { timeout: MINUTES }, async () => {
    const { count, dead } = await tryWays({ policy, ...LONG })
    expect(dead).toEqual([])
    expect(count).toBeGreaterThan(100)
  })
})
