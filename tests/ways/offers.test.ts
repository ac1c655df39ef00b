import { describe, expect, it } from 'vitest'
import { HOUSES } from './houses.ts'
import { tryOffers } from './walks.ts'

/** One short walk for each team; `walks.long.test.ts` goes further. */
const SHORT = { seeds: [7], steps: 40 }

describe.each(HOUSES)('%s', (_who, policy) => {
  it('can do what the status and the reminders offer', async () => {
    const { count, dead } = await tryOffers({ policy, ...SHORT })
    expect(dead).toEqual([])
    expect(count).toBeGreaterThan(5)
  })
})
