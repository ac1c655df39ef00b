import type { Command } from '@embargo/core'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordBot } from '../../src/index.ts'
import { startDiscordBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import {
  ANA,
  CASE,
  effect,
  EVE,
  GUILD,
  HELPERS,
  OWNER,
  person,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  server,
  TOKEN,
} from '../server.ts'

describe('a channel of a case', () => {
  let discord: DiscordEmulator
  let bot: DiscordBot
  let opened = { channel: '', name: '' }
  let engine: ReturnType<typeof scriptedEngine>
  let stranger: ReturnType<typeof strangerIn>
  const log = recordingLog()

  const start = () =>
    startDiscordBot({
      config: { token: TOKEN, guild: GUILD, apiUrl: discord.apiUrl },
      policy,
      router: scriptedRouter(() => ({ audience: 'caller', card: card({ title: 'Done' }) })),
      engine,
      log,
    })
  /** What core was told, without what only tells one command from another. */
  const told = (): readonly Command['request'][] => engine.handled.map(({ request }) => request)
  const stop = async () => {
    await bot[Symbol.asyncDispose]()
    await discord.until((state) => state.connections === 0)
  }
  /** Whatever was said by now has been heard: one more question is answered after it. */
  const settled = async () => {
    await (await discord.person(ANA).command('/ack', {}, opened.channel)).shown()
    await bot[Symbol.asyncDispose]()
  }

  beforeEach(async () => {
    opened = { channel: '', name: '' }
    engine = scriptedEngine(() => opened)
    discord = await server()
    bot = await start()
    opened = await bot.platform.openChannel({
      effect: effect('e1/open-channel/discord'),
      name: 'SEC-2026-0042',
      lookUp: false,
    })
    stranger = strangerIn(opened.channel)
    await bot.platform.invite({ channel: opened.channel, people: [person('ana')] })
  })
  afterEach(async () => {
    await bot[Symbol.asyncDispose]()
    await discord.close()
  })

  const strangerIn = (channel: string, account = EVE) => ({
    verb: 'notice-stranger',
    case: CASE,
    platform: 'discord',
    channel,
    account,
  })
  const news = (what: string, more: object = {}) => ({
    verb: 'notice-channel',
    case: CASE,
    platform: 'discord',
    channel: opened.channel,
    what,
    ...more,
  })
  const letIn = (id: string, type: 'role' | 'member') =>
    discord.admin.setOverwrite(opened.channel, { id, type, allow: ['VIEW_CHANNEL'] })

  describe('that somebody lets others into', () => {
    it('has its stranger noticed, once', async () => {
      letIn(EVE, 'member')
      await engine.told(1)
      letIn(ANA, 'member')
      await settled()
      expect(told()).toEqual([stranger])
    })

    it('has a stranger noticed again who was let in again', async () => {
      letIn(EVE, 'member')
      await engine.told(1)
      discord.admin.removeOverwrite(opened.channel, EVE)
      await engine.told(2)
      letIn(EVE, 'member')
      await engine.told(3)
      expect(told()).toEqual([stranger, { ...stranger, left: true }, stranger])
    })

    it('has everybody of a role noticed, and who gets the role later', async () => {
      discord.admin.giveRole(EVE, HELPERS)
      letIn(HELPERS, 'role')
      await engine.told(1)
      discord.admin.giveRole(ANA, HELPERS)
      await settled()
      expect(told()).toEqual([stranger])
    })

    it('has who gets a role that is let in noticed', async () => {
      letIn(HELPERS, 'role')
      discord.admin.giveRole(EVE, HELPERS)
      await engine.told(1)
      expect(told()).toEqual([stranger])
    })

    it('is nobody’s business elsewhere', async () => {
      discord.admin.setOverwrite('general', { id: EVE, type: 'member', allow: ['VIEW_CHANNEL'] })
      discord.admin.rename('general', 'lobby')
      await settled()
      expect(told()).toEqual([])
    })
  })

  describe('that one of the case loses', () => {
    const notThere = { verb: 'notice-person', case: CASE, platform: 'discord', person: 'ana' }

    it('is told, and that they are let in again', async () => {
      discord.admin.removeOverwrite(opened.channel, ANA)
      await engine.told(1)
      engine.knows({ missing: [person('ana')] })
      letIn(ANA, 'member')
      await engine.told(2)
      expect(told()).toEqual([
        { ...notThere, channel: opened.channel },
        { ...notThere, channel: opened.channel, back: true },
      ])
    })

    it('is told when they leave the server', async () => {
      discord.admin.leave(ANA)
      await engine.told(1)
      expect(told()).toEqual([{ ...notThere, channel: opened.channel }])
    })

    it('is found at the start', async () => {
      await stop()
      discord.admin.removeOverwrite(opened.channel, ANA)
      bot = await start()
      await engine.told(1)
      expect(told()).toEqual([{ ...notThere, channel: opened.channel }])
    })
  })

  it('lets in a stranger by a role, who is noticed again when it is given to them again', async () => {
    letIn(HELPERS, 'role')
    discord.admin.giveRole(EVE, HELPERS)
    await engine.told(1)
    discord.admin.takeRole(EVE, HELPERS)
    await engine.told(2)
    discord.admin.giveRole(EVE, HELPERS)
    await engine.told(3)
    expect(told()).toEqual([stranger, { ...stranger, left: true }, stranger])
  })

  describe('of a case that is over', () => {
    it('is watched on, when it happens and when nobody listened', async () => {
      engine.closes()
      letIn(EVE, 'member')
      await engine.told(1)
      await stop()
      discord.admin.expose(opened.channel)
      bot = await start()
      await engine.told(2)
      expect(told()).toEqual([stranger, news('exposed')])
    })

    it('misses nobody', async () => {
      engine.closes()
      discord.admin.removeOverwrite(opened.channel, ANA)
      letIn(EVE, 'member')
      await engine.told(1)
      expect(told()).toEqual([stranger])
    })
  })

  describe('that everybody can see', () => {
    it('is exposed', async () => {
      discord.admin.expose(opened.channel)
      await engine.told(1)
      expect(told()[0]).toEqual(news('exposed'))
    })

    it('gets nothing more from the moment on, and what core still says there', async () => {
      const post = (name: string) =>
        bot.platform.post({ effect: effect(name), channel: opened.channel, card: card(), pin: false, lookUp: false })
      const { message } = await post('e2/post/discord')
      discord.admin.expose(opened.channel)
      await engine.told(1)
      engine.clears()
      await expect(post('e3/post/discord')).rejects.toMatchObject({ code: 'rate-limited' })
      expect(told()).toEqual([news('exposed'), news('exposed')])
      engine.clears()
      const update = bot.platform.update({ channel: opened.channel, message, card: card({ title: 'Secret' }) })
      await expect(update).rejects.toMatchObject({ code: 'rate-limited' })
      await post('the announcement')
      expect(discord.state.messagesIn(opened.channel)).toHaveLength(2)
      expect(JSON.stringify(discord.state.messagesIn(opened.channel))).not.toContain('Secret')
    })

    it('gets nothing while the connection is away and nobody tells of it', async () => {
      await stop()
      discord.admin.expose(opened.channel)
      const post = bot.platform.post({
        effect: effect('e2/post/discord'),
        channel: opened.channel,
        card: card(),
        pin: false,
        lookUp: false,
      })
      await expect(post).rejects.toMatchObject({ code: 'rate-limited' })
      expect([told(), discord.state.messagesIn(opened.channel)]).toEqual([[news('exposed')], []])
    })

    it('gets nothing where it is no case’s: the team’s own is opened anew', async () => {
      discord.admin.expose('general')
      const general = [...discord.state.channels.values()].find(({ name }) => name === 'general')?.id ?? ''
      const post = bot.platform.post({
        effect: effect('intake/aside/discord/2026-01-01'),
        channel: general,
        card: card(),
        pin: false,
        lookUp: false,
      })
      await expect(post).rejects.toMatchObject({ code: 'refused' })
      expect(told()).toEqual([])
    })

    it('is exposed with its category', async () => {
      discord.admin.setOverwrite('Embargo', { id: GUILD, type: 'role', allow: ['VIEW_CHANNEL'] })
      await engine.told(1)
      expect(told()).toEqual([news('exposed')])
    })

    it('is exposed when it is moved to where everybody looks', async () => {
      discord.admin.createChannel({ name: 'Lounge', kind: 'category' })
      discord.admin.move(opened.channel, 'Lounge')
      await engine.told(1)
      expect(told()[0]).toEqual(news('exposed'))
    })

    it('has nothing opened beside it while its category is open', async () => {
      discord.admin.setOverwrite('Embargo', { id: GUILD, type: 'role', allow: ['VIEW_CHANNEL'] })
      await engine.told(1)
      const next = await bot.platform.openChannel({
        effect: effect('e5/open-channel/discord'),
        name: 'sec-2026-0043',
        lookUp: false,
      })
      const parent = discord.state.channels.get(next.channel)?.parentId
      expect(discord.state.channels.get(parent ?? '')?.name).toBe('Embargo 2')
    })
  })

  it('that is renamed is known by its new name', async () => {
    discord.admin.rename(opened.channel, 'the-big-one')
    await engine.told(1)
    expect(told()).toEqual([news('renamed', { name: 'the-big-one' })])
  })

  it('that is deleted is known to be gone', async () => {
    discord.admin.deleteChannel(opened.channel)
    await engine.told(1)
    expect(told()).toEqual([news('deleted')])
  })

  it('is lost when the bot is put out of the server', async () => {
    discord.admin.kickBot()
    await engine.told(1)
    expect(told()).toEqual([news('bot-removed')])
    expect(log.lines.join('\n')).toContain('embargo discord invite')
  })

  it('is looked at when the bot is invited again, and the commands are there again', async () => {
    discord.admin.kickBot()
    await engine.told(1)
    expect(discord.state.commands).toEqual([])
    discord.admin.inviteBot()
    await discord.until((state) => state.commands.length > 0)
    expect(log.lines.join('\n')).toContain('in the Discord server again')
  })

  describe('after a time without connection', () => {
    it('is looked at: who was let in, that everybody sees it, its name', async () => {
      await stop()
      letIn(EVE, 'member')
      discord.admin.expose(opened.channel)
      discord.admin.rename(opened.channel, 'the-big-one')
      bot = await start()
      await engine.told(3)
      expect(told()).toEqual([news('renamed', { name: 'the-big-one' }), news('exposed'), stranger])
    })

    it('is told the same once, however often the bot starts', async () => {
      await stop()
      discord.admin.expose(opened.channel)
      bot = await start()
      await engine.told(1)
      await stop()
      bot = await start()
      await settled()
      expect(told()).toEqual([news('exposed')])
    })

    it('has a stranger noticed again who was put out, and let in while nobody listened', async () => {
      letIn(EVE, 'member')
      await engine.told(1)
      discord.admin.removeOverwrite(opened.channel, EVE)
      await engine.told(2)
      await stop()
      letIn(EVE, 'member')
      bot = await start()
      await engine.told(3)
      await stop()
      bot = await start()
      await settled()
      expect(told()).toEqual([stranger, { ...stranger, left: true }, stranger])
    })

    it('is exposed again when it was closed, and opened in the same way', async () => {
      await stop()
      discord.admin.expose(opened.channel)
      bot = await start()
      await engine.told(1)
      await stop()
      engine.clears()
      bot = await start()
      await engine.told(2)
      expect(told()).toEqual([news('exposed'), news('exposed')])
    })

    it('is not exposed again by a category that somebody said is all right', async () => {
      await stop()
      discord.admin.setOverwrite('Embargo', { id: GUILD, type: 'role', allow: ['VIEW_CHANNEL'] })
      bot = await start()
      await engine.told(1)
      await stop()
      engine.clears()
      bot = await start()
      await settled()
      expect(told()).toEqual([news('exposed')])
    })

    it('is known to be gone', async () => {
      await stop()
      discord.admin.deleteChannel(opened.channel)
      bot = await start()
      await engine.told(1)
      expect(told()).toEqual([news('deleted')])
    })

    it('is looked at when Discord forgot the session', async () => {
      discord.faults.invalidateSessions()
      discord.admin.deleteChannel(opened.channel)
      await engine.told(1)
      expect(told()).toEqual([news('deleted')])
    })
  })

  describe('the connection', () => {
    const answers = async () => {
      const outcome = await (await discord.person(ANA).command('/ack', {}, opened.channel)).shown()
      return outcome.ephemerals.length
    }

    it('comes back when it breaks', async () => {
      discord.faults.dropSockets()
      await discord.until((state) => state.connections === 0)
      await discord.connected({ timeoutMs: 20_000 })
      expect(await answers()).toBe(1)
    }, 30_000)

    it('comes back when Discord asks for it, and again', async () => {
      for (let round = 0; round < 2; round += 1) {
        discord.faults.refreshSockets()
        await discord.until((state) => state.connections === 0)
        await discord.connected({ timeoutMs: 20_000 })
      }
      expect(await answers()).toBe(1)
    }, 30_000)

    it('is closed when the bot is disposed, and stays so', async () => {
      await stop()
      expect(discord.state.connections).toBe(0)
      expect((await discord.person(ANA).command('/ack', {}, opened.channel)).failure).toBe('no-connection')
    })
  })

  it('keeps the owner of the server in: nobody can keep them out', () => {
    expect(discord.state.viewersOf(opened.channel)).toContain(OWNER)
    expect(told()).toEqual([])
  })
})
