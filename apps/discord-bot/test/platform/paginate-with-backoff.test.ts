import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ending, onDiscord } from '../on-discord.ts'
import type { OnDiscord } from '../on-discord.ts'
import { ANA, effect, person } from '../server.ts'

/**
 * Discord answers about five requests for messages a second. Each answer has at most a hundred messages. In this test,
 * the emulator's rate limits run at real speed.
 */
describe('a channel with more messages than Discord returns at once', () => {
  let on: OnDiscord
  let channel: string
  beforeEach(async () => {
    on = await onDiscord({ limits: { speed: 1 } })
    channel = (await on.open()).channel
    await on.platform.invite({ channel, people: [person('ana')] })
  })
  afterEach(() => on.discord.close())

  const say = (count: number): void => {
    for (let nth = 0; nth < count; nth += 1) on.discord.person(ANA).say(channel, `line ${nth}`)
  }

  it('is stored completely, and archived', async () => {
    say(1100)
    const lines = await on.platform.transcript({ channel })
    expect(lines).toHaveLength(1100)
    expect([lines.at(0)?.text, lines.at(-1)?.text]).toEqual(['line 0', 'line 1099'])
    // Each page was requested once.
    expect(on.calls('list_messages')).toHaveLength(12)
    await on.platform.archiveChannel({ channel })
    expect(() => on.discord.person(ANA).say(channel, 'one more thing')).toThrow('lacks SEND_MESSAGES')
  })

  it('is searched for a post in doubt, which is posted only if it is not found', async () => {
    const { message } = await on.post(channel)
    say(560)
    expect(await on.post(channel, { lookUp: true })).toEqual({ message })
    const other = effect('e3/post/discord')
    on.discord.faults.next('create_message', { kind: 'status', status: 503 })
    expect((await ending(on.post(channel, { effect: other }))).code).toBe('unknown')
    await on.post(channel, { effect: other, lookUp: true })
    expect(on.discord.state.messagesIn(channel).filter(({ fromApp }) => fromApp)).toHaveLength(2)
  })
})
