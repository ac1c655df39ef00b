import type { DiscordEmulator } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordBot } from '../../src/index.ts'
import { startDiscordBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import { effect, GUILD, policy, recordingLog, scriptedEngine, scriptedRouter, server, TOKEN } from '../server.ts'

/** https://docs.discord.com/developers/resources/message#pin-message: PIN_MESSAGES, a permission of its own */
describe('the status card', () => {
  let discord: DiscordEmulator
  let bot: DiscordBot
  let opened = { channel: '', name: '' }
  let log: ReturnType<typeof recordingLog>

  const place = (name = 'e2/place-card/discord') =>
    bot.platform.post({ effect: effect(name), channel: opened.channel, card: card(), pin: true, lookUp: false })
  const update = (message: string) =>
    bot.platform.update({ channel: opened.channel, message, card: card({ title: 'Now' }) })
  const isPinned = () => discord.state.messagesIn(opened.channel).map(({ pinned }) => pinned)
  const denied = (deny: readonly 'PIN_MESSAGES'[]) =>
    discord.admin.setOverwrite(opened.channel, {
      id: discord.botUserId,
      type: 'member',
      allow: ['VIEW_CHANNEL', 'SEND_MESSAGES', 'EMBED_LINKS', 'ATTACH_FILES', 'READ_MESSAGE_HISTORY'],
      deny,
    })
  const said = () => log.lines.filter((line) => line.includes('pinned'))

  beforeEach(async () => {
    opened = { channel: '', name: '' }
    log = recordingLog()
    discord = await server()
    bot = await startDiscordBot({
      config: { token: TOKEN, guild: GUILD, apiUrl: discord.apiUrl },
      policy,
      router: scriptedRouter(() => ({ audience: 'caller', card: card() })),
      engine: scriptedEngine(() => opened),
      log,
    })
    opened = await bot.platform.openChannel({
      effect: effect('e1/open-channel/discord'),
      name: 'SEC-2026-0042',
      lookUp: false,
    })
  })
  afterEach(async () => {
    await bot[Symbol.asyncDispose]()
    await discord.close()
  })

  it('that may not be pinned holds nothing up, and the log names the switch once', async () => {
    denied(['PIN_MESSAGES'])
    const { message } = await place()
    await update(message)
    await update(message)
    expect(isPinned()).toEqual([false])
    expect(said()).toEqual([expect.stringMatching(/^error .*“Pin Messages”.*Edit Channel → Permissions/)])
  })

  it('is pinned as soon as the bot may', async () => {
    denied(['PIN_MESSAGES'])
    await place()
    denied([])
    await discord.until(() => isPinned()[0])
    expect(isPinned()).toEqual([true])
  })

  it('is pinned as soon as the bot may again in the whole server', async () => {
    const may = ['VIEW_CHANNEL', 'SEND_MESSAGES', 'EMBED_LINKS', 'ATTACH_FILES', 'READ_MESSAGE_HISTORY'] as const
    denied([])
    discord.admin.botPermissions(may)
    await place()
    expect(isPinned()).toEqual([false])
    discord.admin.botPermissions([...may, 'PIN_MESSAGES'])
    await discord.until(() => isPinned()[0])
    expect(isPinned()).toEqual([true])
  })

  it('is pinned with its next change where there was no room for another pin', async () => {
    discord.faults.next('create_pin', { kind: 'error', error: 'pinsFull' })
    const { message } = await place()
    expect([isPinned(), said()]).toEqual([[false], [expect.stringContaining('250 pinned messages')]])
    await update(message)
    expect(isPinned()).toEqual([true])
  })

  it('that somebody took down from the pins stays down', async () => {
    const { message } = await place()
    discord.admin.unpin(message)
    await update(message)
    expect(isPinned()).toEqual([false])
  })

  it('that was deleted before it was pinned is not tried again', async () => {
    discord.faults.next('create_pin', { kind: 'error', error: 'unknownMessage' })
    const { message } = await place()
    await update(message)
    expect([isPinned(), said()]).toEqual([[false], []])
  })
})
