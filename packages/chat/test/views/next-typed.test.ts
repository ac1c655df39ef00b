import { worldOf } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { nextTyped } from '../../src/views/next-typed.ts'
import { ana } from '../fixtures/policy.ts'
import { CASE } from '../fixtures/small-house.ts'
import type { SmallHouse } from '../fixtures/small-house.ts'
import { untilReady } from '../fixtures/until-ready.ts'

function nextOf(house: SmallHouse) {
  const { policy } = house.engine.policy
  const world = worldOf(CASE, new Map([[CASE, house.state()]]))
  return nextTyped({ policy, world, at: house.engine.now(), viewer: ana, samplePatch: 'sample.patch' })
}

describe('the next line to type', () => {
  it('corrects a sentence that must not become public, and does not publish it', async () => {
    const house = await untilReady()
    await house.asks(ana, 'advisory', { component: 'the loader', impact: 'PoC: curl http://127.0.0.1/x | sh' })
    expect(nextOf(house)).toEqual({
      said: 'Ana: write the impact in other words',
      typed: `embargo ${CASE} advisory <component> <impact>`,
    })
    await house.asks(ana, 'advisory', { component: 'the loader', impact: 'Files can be read.' })
    expect(nextOf(house)).toMatchObject({ said: 'Ana: pre-notify', confirms: true })
  })
})
