import type { Command } from '@embargo/core'
import type { Sleep } from '@embargo/engine'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordBot } from '../../src/index.ts'
import { startDiscordBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import {
  CASE,
  effect,
  EVE,
  GUILD,
  person,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  server,
  TOKEN,
} from '../server.ts'

/** https://docs.discord.com/developers/events/gateway-events#guild-delete: "becomes or was already unavailable due to an outage" */
describe('a channel of a case that Discord may not tell of, as in an outage of the server,', () => {
  let discord: DiscordEmulator
  let bot: DiscordBot
  let opened = { channel: '', name: '' }
  let engine: ReturnType<typeof scriptedEngine>
  let log: ReturnType<typeof recordingLog>
  /** How it is waited before what failed is looked at again. */
  let slept: Sleep

  const start = () =>
    startDiscordBot({
      config: { token: TOKEN, guild: GUILD, apiUrl: discord.apiUrl },
      policy,
      router: scriptedRouter(() => ({ audience: 'caller', card: card({ title: 'Done' }) })),
      engine,
      log,
      sleep: (ms, signal) => slept(ms, signal),
    })
  const told = (): readonly Command['request'][] => engine.handled.map(({ request }) => request)
  /** Whatever was heard by now is done with. */
  const stop = async () => {
    await bot[Symbol.asyncDispose]()
    await discord.until((state) => state.connections === 0)
  }
  const of = () => ({ case: CASE, platform: 'discord', channel: opened.channel })
  const news = (what: string) => ({ verb: 'notice-channel', ...of(), what })
  const stranger = () => ({ verb: 'notice-stranger', ...of(), account: EVE })
  const letIn = (id: string, type: 'role' | 'member') =>
    discord.admin.setOverwrite(opened.channel, { id, type, allow: ['VIEW_CHANNEL'] })

  beforeEach(async () => {
    opened = { channel: '', name: '' }
    log = recordingLog()
    slept = () => Promise.resolve()
    engine = scriptedEngine(() => opened)
    discord = await server()
    bot = await start()
    opened = await bot.platform.openChannel({
      effect: effect('e1/open-channel/discord'),
      name: 'SEC-2026-0042',
      lookUp: false,
    })
    await bot.platform.invite({ channel: opened.channel, people: [person('ana')] })
  })
  afterEach(async () => {
    await bot[Symbol.asyncDispose]()
    await discord.close()
  })

  it('is not lost', async () => {
    discord.faults.guildOutage(true)
    discord.faults.guildOutage(false)
    await expect.poll(() => log.lines.join('\n')).toContain('outage of the Discord server is over')
    await stop()
    expect(told()).toEqual([])
  })

  it('is not taken for deleted by a bot that starts meanwhile', async () => {
    await stop()
    discord.faults.guildOutage(true)
    bot = await start()
    await stop()
    expect(told()).toEqual([])
  })

  it('is looked at when the outage ends: by a bot that started meanwhile', async () => {
    await stop()
    discord.faults.guildOutage(true)
    bot = await start()
    discord.admin.expose(opened.channel)
    letIn(EVE, 'member')
    discord.faults.guildOutage(false)
    await engine.told(2)
    expect(told()).toEqual([news('exposed'), stranger()])
  })

  it('is looked at when the outage ends: where the connection was lost too', async () => {
    discord.faults.guildOutage(true)
    discord.faults.invalidateSessions()
    await discord.connected({ timeoutMs: 20_000 })
    discord.admin.expose(opened.channel)
    letIn(EVE, 'member')
    discord.faults.guildOutage(false)
    await engine.told(2)
    expect(told()).toEqual([news('exposed'), stranger()])
  }, 30_000)

  it('gets nothing meanwhile where others may read it by now', async () => {
    discord.faults.guildOutage(true)
    await expect.poll(() => log.lines.join('\n')).toContain('has an outage')
    discord.admin.expose(opened.channel)
    const post = bot.platform.post({
      effect: effect('e2/post/discord'),
      channel: opened.channel,
      card: card(),
      pin: false,
      lookUp: false,
    })
    await expect(post).rejects.toMatchObject({ code: 'rate-limited' })
    expect(discord.state.messagesIn(opened.channel)).toEqual([])
  })

  it('is lost when the bot was put out while it had no connection, and its commands come back with it', async () => {
    discord.faults.gatewayDown(true)
    discord.faults.invalidateSessions()
    await discord.until((state) => state.connections === 0)
    discord.admin.kickBot()
    discord.faults.gatewayDown(false)
    await engine.told(1)
    expect(told()).toEqual([news('bot-removed')])
    discord.admin.inviteBot()
    const { length } = await discord.until((state) => state.commands.length > 0 && state.commands)
    expect(length).toBeGreaterThan(0)
  }, 40_000)

  it('is not taken for deleted where Discord does not say so, and is asked for again', async () => {
    await stop()
    discord.admin.deleteChannel(opened.channel)
    discord.faults.next('get_channel', { kind: 'status', status: 503 })
    const asked = Promise.withResolvers<number>()
    const waited = Promise.withResolvers<void>()
    slept = (ms) => {
      asked.resolve(ms)
      return waited.promise
    }
    bot = await start()
    expect([await asked.promise, told()]).toEqual([30_000, []])
    waited.resolve()
    await engine.told(1)
    expect(told()).toEqual([news('deleted')])
  })

  it('made one for announcements is the same channel, and watched on', async () => {
    discord.admin.announce(opened.channel)
    letIn(EVE, 'member')
    await engine.told(1)
    await stop()
    discord.admin.expose(opened.channel)
    bot = await start()
    await engine.told(2)
    expect(told()).toEqual([stranger(), news('exposed')])
  })
})
