import { OutsideError } from '@embargo/engine'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { checkDiscord, createDiscordPlatform, discordRest } from '../../src/index.ts'
import { card } from '../cards.ts'
import { effect, GUILD, policy, recordingLog, server, TOKEN } from '../server.ts'

describe('an address that Discord shuts out', () => {
  let discord: DiscordEmulator
  beforeEach(async () => {
    discord = await server()
  })
  afterEach(() => discord.close())

  const platform = () => {
    const rest = discordRest({ token: TOKEN, apiUrl: discord.apiUrl })
    return createDiscordPlatform({ rest, guild: GUILD, policy, log: recordingLog() })
  }

  it('makes one call, and lets all others wait until Discord accepts it again', async () => {
    const opened = await platform().openChannel({
      effect: effect('e1/open-channel/discord'),
      name: 'a',
      lookUp: false,
    })
    const post = () =>
      platform().post({
        effect: effect('e2/post/discord'),
        channel: opened.channel,
        card: card(),
        pin: false,
        lookUp: false,
      })
    discord.faults.banAddress(true)
    const ended = await post().catch((error: unknown) => error)
    expect(ended).toBeInstanceOf(OutsideError)
    expect(ended).toMatchObject({
      code: 'rate-limited',
      forAll: true,
      forAPerson: true,
      retryAfterMs: 10_000,
      message: expect.stringContaining('continues automatically'),
    })
    expect(discord.state.shutOut).toBe(1)
    discord.faults.banAddress(false)
    await post()
    expect(discord.state.messagesIn(opened.channel)).toHaveLength(1)
  })

  it('is named at the start', async () => {
    discord.faults.banAddress(true)
    await expect(checkDiscord({ token: TOKEN, guild: GUILD, apiUrl: discord.apiUrl })).rejects.toMatchObject({
      code: 'unreachable',
      isFixable: true,
      message: expect.stringContaining('blocks this machine’s address'),
    })
    expect(discord.state.shutOut).toBe(1)
  })
})
