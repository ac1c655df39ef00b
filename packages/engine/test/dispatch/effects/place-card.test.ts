import { describe, expect, it } from 'vitest'
import { createHouse, policyOf } from '../../house.ts'

describe('a card in the terminal', () => {
  it('is printed once and not recorded, because nothing in the terminal is edited', async () => {
    const house = createHouse({ policy: { ...policyOf(), platforms: ['terminal'] } })
    const chat = new Map([['terminal', { ...house.chat, platform: 'terminal' }]] as const)
    await house.receive()
    await house.drain(['terminal', 'mail'], { chat })
    await house.drain(['terminal', 'mail'], { chat })
    expect(house.events()).toContain('ChannelOpened')
    expect(house.events()).not.toContain('CardPlaced')
    expect(house.chat.posts.filter(({ pin }) => pin)).toHaveLength(1)
    expect([...house.memory.outbox.values()].filter(({ state }) => state !== 'done')).toEqual([])
  })
})
