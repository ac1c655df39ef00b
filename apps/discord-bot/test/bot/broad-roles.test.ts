import type { Command } from '@embargo/core'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordBot } from '../../src/index.ts'
import { startDiscordBot } from '../../src/index.ts'
import { card } from '../cards.ts'
import {
  ANA,
  BEN,
  CASE,
  effect,
  EVE,
  GUILD,
  HELPERS,
  person,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  server,
  TOKEN,
} from '../server.ts'

const OTHERS = '300000000000000002'
const LOGGER = '100000000000000500'

/** https://docs.discord.com/developers/topics/permissions#permission-overwrites */
describe('a channel that others than everybody are let into', () => {
  let discord: DiscordEmulator
  let bot: DiscordBot
  let opened = { channel: '', name: '' }
  let engine: ReturnType<typeof scriptedEngine>
  let audience: 'caller' | 'channel'

  const start = () =>
    startDiscordBot({
      config: { token: TOKEN, guild: GUILD, apiUrl: discord.apiUrl },
      policy,
      router: scriptedRouter(() => ({ audience, card: card({ title: 'Done' }) })),
      engine,
      log: recordingLog(),
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
  const of = () => ({ case: CASE, platform: 'discord', channel: opened.channel })
  const stranger = (account = EVE) => ({ verb: 'notice-stranger', ...of(), account })
  const exposed = () => ({ verb: 'notice-channel', ...of(), what: 'exposed' })
  const letIn = (id: string, type: 'role' | 'member') =>
    discord.admin.setOverwrite(opened.channel, { id, type, allow: ['VIEW_CHANNEL'] })
  const post = (name: string) =>
    bot.platform.post({ effect: effect(name), channel: opened.channel, card: card(), pin: false, lookUp: false })

  beforeEach(async () => {
    opened = { channel: '', name: '' }
    audience = 'caller'
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

  it('is exposed when @everyone is denied no more, also where a role alone sees the server', async () => {
    discord.admin.changeRole(GUILD, { permissions: ['USE_APPLICATION_COMMANDS'] })
    discord.admin.changeRole(HELPERS, { permissions: ['VIEW_CHANNEL', 'READ_MESSAGE_HISTORY'] })
    discord.admin.giveRole(EVE, HELPERS)
    await settled()
    expect(told()).toEqual([])
    bot = await start()
    discord.admin.removeOverwrite(opened.channel, GUILD)
    expect(discord.state.viewersOf(opened.channel)).toContain(EVE)
    await engine.told(1)
    engine.clears()
    await expect(post('e2/post/discord')).rejects.toMatchObject({ code: 'rate-limited' })
    expect(told()).toEqual([exposed(), exposed()])
    expect(discord.state.messagesIn(opened.channel)).toEqual([])
  })

  it('has a bot of a managed role noticed', async () => {
    discord.admin.createRole({ id: OTHERS, name: 'logger', managed: true })
    discord.admin.join({ id: LOGGER, username: 'logger', roles: [OTHERS], isBot: true })
    letIn(OTHERS, 'role')
    await engine.told(1)
    letIn(ANA, 'member')
    await settled()
    expect(told()).toEqual([stranger(LOGGER)])
  })

  it('is not exposed by who administers the server: nobody can keep them out', async () => {
    discord.admin.createRole({ id: OTHERS, name: 'moderation', permissions: ['ADMINISTRATOR'], managed: true })
    discord.admin.join({ id: LOGGER, username: 'moderation', roles: [OTHERS], isBot: true })
    letIn(ANA, 'member')
    await settled()
    expect(told()).toEqual([])
  })

  describe('whose category is open, as somebody of the team said is all right', () => {
    const open = () => discord.admin.expose('Embargo')
    const invite = () => bot.platform.invite({ channel: opened.channel, people: [person('ben')] })
    const allowed = async () => {
      open()
      await engine.told(1)
      engine.clears()
    }

    // Ben is not on the case: that he is let in is told too.
    const exposures = () => told().filter(({ verb }) => verb === 'notice-channel')

    it('is not exposed by the next who is let in', async () => {
      await allowed()
      await invite()
      await settled()
      expect(exposures()).toEqual([exposed()])
    })

    it('is not exposed at the next start, whoever was let in meanwhile', async () => {
      await allowed()
      await stop()
      letIn(BEN, 'member')
      bot = await start()
      await settled()
      expect(exposures()).toEqual([exposed()])
    })

    it('is exposed again when it was closed, and opened in the same way', async () => {
      await allowed()
      discord.admin.setOverwrite('Embargo', { id: GUILD, type: 'role', deny: ['VIEW_CHANNEL'] })
      open()
      await engine.told(2)
      expect(exposures()).toEqual([exposed(), exposed()])
    })

    it('is exposed again when it is moved to another that is open', async () => {
      await allowed()
      discord.admin.createChannel({ name: 'Lounge', kind: 'category' })
      discord.admin.move(opened.channel, 'Lounge')
      await engine.told(2)
      expect(exposures()).toEqual([exposed(), exposed()])
    })
  })

  describe('into which a role lets more than a handful', () => {
    const BOOSTER = 600
    const crowd = (count: number, isBot = false) => {
      for (let nth = 0; nth < count; nth += 1)
        discord.admin.join({
          id: `100000000000000${BOOSTER + nth}`,
          username: `booster-${nth}`,
          roles: [OTHERS],
          isBot,
        })
    }

    it.each([
      ['people', { managed: false, isBot: false }],
      ['boosters, whose role is managed', { managed: true, isBot: false }],
      ['bots', { managed: false, isBot: true }],
    ])('of %s is exposed, and none of them is named', async (_who, { managed, isBot }) => {
      discord.admin.createRole({ id: OTHERS, name: 'others', managed })
      crowd(6, isBot)
      letIn(OTHERS, 'role')
      await settled()
      expect(told()).toEqual([exposed()])
    })

    it('is not exposed by five, and is by one more who gets the role', async () => {
      discord.admin.createRole({ id: OTHERS, name: 'others' })
      crowd(5)
      letIn(OTHERS, 'role')
      await engine.told(5)
      expect(told().map(({ verb }) => verb)).toEqual(Array.from({ length: 5 }, () => 'notice-stranger'))
      await post('e2/post/discord')
      discord.admin.giveRole(EVE, OTHERS)
      await settled()
      expect(told().slice(5)).toEqual([stranger(), exposed()])
    })

    it('gets nothing, also while the connection is away, until they are fewer', async () => {
      discord.admin.createRole({ id: OTHERS, name: 'others' })
      crowd(6)
      letIn(OTHERS, 'role')
      await engine.told(1)
      engine.clears()
      await expect(post('e2/post/discord')).rejects.toMatchObject({ code: 'rate-limited' })
      await stop()
      engine.clears()
      await expect(post('e3/post/discord')).rejects.toMatchObject({ code: 'rate-limited' })
      expect(told()).toEqual([exposed(), exposed(), exposed()])
      engine.clears()
      discord.admin.leave(`100000000000000${BOOSTER}`)
      await post('e4/post/discord')
      expect(discord.state.messagesIn(opened.channel)).toHaveLength(1)
    })

    it('has one noticed who comes when it is a crowd no more, and nobody who comes while it is', async () => {
      discord.admin.createRole({ id: OTHERS, name: 'others' })
      crowd(6)
      letIn(OTHERS, 'role')
      await engine.told(1)
      discord.admin.join({ id: LOGGER, username: 'logger', roles: [OTHERS] })
      await settled()
      expect(told()).toEqual([exposed()])
      bot = await start()
      for (let nth = 0; nth < 6; nth += 1) discord.admin.leave(`100000000000000${BOOSTER + nth}`)
      discord.admin.leave(LOGGER)
      engine.clears()
      discord.admin.giveRole(EVE, OTHERS)
      await engine.told(2)
      await post('e2/post/discord')
      expect(told()).toEqual([exposed(), stranger()])
    })

    it('gets nothing while Discord does not say who has the role, and is not taken for lost', async () => {
      await stop()
      letIn(HELPERS, 'role')
      discord.admin.setIntent('GuildMembers', false)
      const refused = post('e2/post/discord')
      await expect(refused).rejects.toMatchObject({ code: 'rate-limited', forAPerson: true })
      await expect(refused).rejects.not.toHaveProperty('gone', 'bot-removed')
    })

    describe('has an answer that is for the channel', () => {
      beforeEach(() => {
        discord.admin.createRole({ id: OTHERS, name: 'others' })
        crowd(40)
        audience = 'channel'
      })
      const asked = async () => {
        const outcome = await (await discord.person(ANA).command('/ack', {}, opened.channel)).shown()
        return [outcome.ephemerals.length, discord.state.messagesIn(opened.channel).length]
      }

      it('said to who asked alone', async () => {
        letIn(OTHERS, 'role')
        await engine.told(1)
        expect(await asked()).toEqual([1, 0])
      })

      it('said to who asked alone when nobody has looked yet, and core is told', async () => {
        letIn(OTHERS, 'role')
        await engine.told(1)
        engine.clears()
        expect([await asked(), told()]).toEqual([
          [1, 0],
          [exposed(), exposed()],
        ])
      })

      it('said to who asked alone while Discord does not say who has the role', async () => {
        discord.faults.next('list_guild_members', { kind: 'status', status: 503 }).times(100)
        letIn(OTHERS, 'role')
        expect(await asked()).toEqual([1, 0])
      })

      it('said in it when they are let in no more, and somebody said so', async () => {
        letIn(OTHERS, 'role')
        await engine.told(1)
        discord.admin.removeOverwrite(opened.channel, OTHERS)
        engine.clears()
        await discord.person(ANA).command('/ack', {}, opened.channel)
        const said = await discord.until((state) => state.messagesIn(opened.channel)[0])
        expect(discord.render(said)).toContain('Done')
      })
    })

    it('gets nothing where it is no case’s, however few have a role that makes nobody of the team', async () => {
      const { channel } = await bot.platform.openChannel({
        effect: effect('intake/channel/discord/1'),
        name: 'embargo-intake',
        lookUp: true,
        unlessOpen: true,
      })
      const said = { effect: effect('e2/post/discord'), channel, card: card(), pin: false, lookUp: false }
      await bot.platform.post(said)
      discord.admin.setOverwrite(channel, { id: HELPERS, type: 'role', allow: ['VIEW_CHANNEL'] })
      // Told of one channel, Discord has told of the other before.
      discord.admin.createRole({ id: OTHERS, name: 'others' })
      crowd(6)
      letIn(OTHERS, 'role')
      await engine.told(1)
      await expect(bot.platform.post(said)).rejects.toMatchObject({ code: 'refused', forAPerson: true })
      expect(discord.state.messagesIn(channel)).toHaveLength(1)
      expect(told()).toEqual([exposed()])
    })

    it('is found so at the start', async () => {
      await stop()
      discord.admin.createRole({ id: OTHERS, name: 'others' })
      crowd(6)
      letIn(OTHERS, 'role')
      bot = await start()
      await engine.told(1)
      await settled()
      expect(told()).toEqual([exposed()])
    })
  })
})
