import { describe, expect, it } from 'vitest'
import { createHouse, policyOf } from '../../house.ts'

describe('the cards of a case in the terminal', () => {
  it('are printed once and not recorded or pinned, because nothing in the terminal is edited or stays in view', async () => {
    const house = createHouse({ policy: { ...policyOf(), platforms: ['terminal'] } })
    const chat = new Map([['terminal', { ...house.chat, platform: 'terminal' }]] as const)
    await house.receive()
    await house.drain(['terminal', 'mail'], { chat })
    await house.drain(['terminal', 'mail'], { chat })
    expect(house.events()).toContain('ChannelOpened')
    expect(house.events()).not.toContain('CardPlaced')
    expect(house.chat.posts.map(({ pin }) => pin)).toEqual([false, false])
    expect([...house.memory.outbox.values()].filter(({ state }) => state !== 'done')).toEqual([])
  })
})
