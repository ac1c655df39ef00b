import { describe, expect, it } from 'vitest'
import { bootDiscord } from '../boot-discord.ts'
import { card } from '../cards.ts'
import { ANA, CASE, effect, EVE, GUILD, HELPERS, OWNER, person } from '../server.ts'

describe('a channel of a case', () => {
  const on = bootDiscord()
  const stranger = () => ({
    verb: 'notice-stranger',
    case: CASE,
    platform: 'discord',
    channel: on.channel,
    account: EVE,
  })
  const news = (what: string, more: object = {}) => ({
    verb: 'notice-channel',
    case: CASE,
    platform: 'discord',
    channel: on.opened.channel,
    what,
    ...more,
  })
  const letIn = (id: string, type: 'role' | 'member') =>
    on.discord.admin.setOverwrite(on.opened.channel, { id, type, allow: ['VIEW_CHANNEL'] })

  describe('into which somebody lets others', () => {
    it('has its stranger reported once', async () => {
      letIn(EVE, 'member')
      await on.engine.told(1)
      letIn(ANA, 'member')
      await on.settled()
      expect(on.told()).toEqual([stranger()])
    })

    it('has a stranger reported again after they are let in again', async () => {
      letIn(EVE, 'member')
      await on.engine.told(1)
      on.discord.admin.removeOverwrite(on.opened.channel, EVE)
      await on.engine.told(2)
      letIn(EVE, 'member')
      await on.engine.told(3)
      expect(on.told()).toEqual([stranger(), { ...stranger(), left: true }, stranger()])
    })

    it('has all members of a role reported, and anyone who gets the role later', async () => {
      on.discord.admin.giveRole(EVE, HELPERS)
      letIn(HELPERS, 'role')
      await on.engine.told(1)
      on.discord.admin.giveRole(ANA, HELPERS)
      await on.settled()
      expect(on.told()).toEqual([stranger()])
    })

    it('has anyone reported who gets a role that is let in', async () => {
      letIn(HELPERS, 'role')
      on.discord.admin.giveRole(EVE, HELPERS)
      await on.engine.told(1)
      expect(on.told()).toEqual([stranger()])
    })

    it('is not reported in other channels', async () => {
      on.discord.admin.setOverwrite('general', { id: EVE, type: 'member', allow: ['VIEW_CHANNEL'] })
      on.discord.admin.rename('general', 'lobby')
      await on.settled()
      expect(on.told()).toEqual([])
    })
  })

  describe('that a person of the case can no longer read', () => {
    const notThere = { verb: 'notice-person', case: CASE, platform: 'discord', person: 'ana' }

    it('is reported, and reported again when they are let in again', async () => {
      on.discord.admin.removeOverwrite(on.opened.channel, ANA)
      await on.engine.told(1)
      on.engine.knows({ missing: [person('ana')] })
      letIn(ANA, 'member')
      await on.engine.told(2)
      expect(on.told()).toEqual([
        { ...notThere, channel: on.opened.channel },
        { ...notThere, channel: on.opened.channel, back: true },
      ])
    })

    it('is reported when they leave the server', async () => {
      on.discord.admin.leave(ANA)
      await on.engine.told(1)
      expect(on.told()).toEqual([{ ...notThere, channel: on.opened.channel }])
    })

    it('is found at the start', async () => {
      await on.stop()
      on.discord.admin.removeOverwrite(on.opened.channel, ANA)
      await on.start()
      await on.engine.told(1)
      expect(on.told()).toEqual([{ ...notThere, channel: on.opened.channel }])
    })
  })

  it('lets in a stranger by a role, and the stranger is reported again on getting the role again', async () => {
    letIn(HELPERS, 'role')
    on.discord.admin.giveRole(EVE, HELPERS)
    await on.engine.told(1)
    on.discord.admin.takeRole(EVE, HELPERS)
    await on.engine.told(2)
    on.discord.admin.giveRole(EVE, HELPERS)
    await on.engine.told(3)
    expect(on.told()).toEqual([stranger(), { ...stranger(), left: true }, stranger()])
  })

  describe('of a case that is over', () => {
    it('is still watched, with and without a connection', async () => {
      on.engine.closes()
      letIn(EVE, 'member')
      await on.engine.told(1)
      await on.stop()
      on.discord.admin.expose(on.opened.channel)
      await on.start()
      await on.engine.told(2)
      expect(on.told()).toEqual([stranger(), news('exposed')])
    })

    it('reports nobody of the case as missing', async () => {
      on.engine.closes()
      on.discord.admin.removeOverwrite(on.opened.channel, ANA)
      letIn(EVE, 'member')
      await on.engine.told(1)
      expect(on.told()).toEqual([stranger()])
    })
  })

  describe('that everybody can see', () => {
    it('is exposed', async () => {
      on.discord.admin.expose(on.opened.channel)
      await on.engine.told(1)
      expect(on.told()[0]).toEqual(news('exposed'))
    })

    it('gets no further post from that moment on, except what core still posts there', async () => {
      const post = (name: string) =>
        on.bot.platform.post({
          effect: effect(name),
          channel: on.opened.channel,
          card: card(),
          pin: false,
          lookUp: false,
        })
      const { message } = await post('e2/post/discord')
      on.discord.admin.expose(on.opened.channel)
      await on.engine.told(1)
      on.engine.clears()
      await expect(post('e3/post/discord')).rejects.toMatchObject({ code: 'rate-limited' })
      expect(on.told()).toEqual([news('exposed'), news('exposed')])
      on.engine.clears()
      const update = on.bot.platform.update({ channel: on.opened.channel, message, card: card({ title: 'Secret' }) })
      await expect(update).rejects.toMatchObject({ code: 'rate-limited' })
      await post('the announcement')
      expect(on.discord.state.messagesIn(on.opened.channel)).toHaveLength(2)
      expect(JSON.stringify(on.discord.state.messagesIn(on.opened.channel))).not.toContain('Secret')
    })

    it('gets nothing even if the connection was lost and no event said that it is open', async () => {
      await on.stop()
      on.discord.admin.expose(on.opened.channel)
      const post = on.bot.platform.post({
        effect: effect('e2/post/discord'),
        channel: on.opened.channel,
        card: card(),
        pin: false,
        lookUp: false,
      })
      await expect(post).rejects.toMatchObject({ code: 'rate-limited' })
      expect([on.told(), on.discord.state.messagesIn(on.opened.channel)]).toEqual([[news('exposed')], []])
    })

    it('gets nothing when it belongs to no case: the team gets a new channel', async () => {
      on.discord.admin.expose('general')
      const general = [...on.discord.state.channels.values()].find(({ name }) => name === 'general')?.id ?? ''
      const post = on.bot.platform.post({
        effect: effect('intake/aside/discord/2026-01-01'),
        channel: general,
        card: card(),
        pin: false,
        lookUp: false,
      })
      await expect(post).rejects.toMatchObject({ code: 'refused' })
      expect(on.told()).toEqual([])
    })

    it('is exposed with its category', async () => {
      on.discord.admin.setOverwrite('Embargo', { id: GUILD, type: 'role', allow: ['VIEW_CHANNEL'] })
      await on.engine.told(1)
      expect(on.told()).toEqual([news('exposed')])
    })

    it('is exposed when it is moved into a category that everybody can see', async () => {
      on.discord.admin.createChannel({ name: 'Lounge', kind: 'category' })
      on.discord.admin.move(on.opened.channel, 'Lounge')
      await on.engine.told(1)
      expect(on.told()[0]).toEqual(news('exposed'))
    })

    it('has no new channel opened beside it while its category is open', async () => {
      on.discord.admin.setOverwrite('Embargo', { id: GUILD, type: 'role', allow: ['VIEW_CHANNEL'] })
      await on.engine.told(1)
      const next = await on.bot.platform.openChannel({
        effect: effect('e5/open-channel/discord'),
        name: 'sec-2026-0043',
        lookUp: false,
      })
      const parent = on.discord.state.channels.get(next.channel)?.parentId
      expect(on.discord.state.channels.get(parent ?? '')?.name).toBe('Embargo 2')
    })
  })

  it('that is renamed is known by its new name', async () => {
    on.discord.admin.rename(on.opened.channel, 'the-big-one')
    await on.engine.told(1)
    expect(on.told()).toEqual([news('renamed', { name: 'the-big-one' })])
  })

  it('that is deleted is known to be gone', async () => {
    on.discord.admin.deleteChannel(on.opened.channel)
    await on.engine.told(1)
    expect(on.told()).toEqual([news('deleted')])
  })

  it('is lost when the bot is removed from the server', async () => {
    on.discord.admin.kickBot()
    await on.engine.told(1)
    expect(on.told()).toEqual([news('bot-removed')])
    expect(on.log.lines.join('\n')).toContain('embargo init discord')
  })

  it('is checked when the bot is invited again, and the commands are there again', async () => {
    on.discord.admin.kickBot()
    await on.engine.told(1)
    expect(on.discord.state.commands).toEqual([])
    on.discord.admin.inviteBot()
    await on.discord.until((state) => state.commands.length > 0)
    expect(on.log.lines.join('\n')).toContain('in the Discord server again')
  })

  describe('after a time without connection', () => {
    it('is checked: who was let in, whether everybody can see it, and its name', async () => {
      await on.stop()
      letIn(EVE, 'member')
      on.discord.admin.expose(on.opened.channel)
      on.discord.admin.rename(on.opened.channel, 'the-big-one')
      await on.start()
      await on.engine.told(3)
      expect(on.told()).toEqual([news('renamed', { name: 'the-big-one' }), news('exposed'), stranger()])
    })

    it('is reported once, however often the bot starts', async () => {
      await on.stop()
      on.discord.admin.expose(on.opened.channel)
      await on.start()
      await on.engine.told(1)
      await on.stop()
      await on.start()
      await on.settled()
      expect(on.told()).toEqual([news('exposed')])
    })

    it('has a stranger reported again who was removed, and let in again without a connection', async () => {
      letIn(EVE, 'member')
      await on.engine.told(1)
      on.discord.admin.removeOverwrite(on.opened.channel, EVE)
      await on.engine.told(2)
      await on.stop()
      letIn(EVE, 'member')
      await on.start()
      await on.engine.told(3)
      await on.stop()
      await on.start()
      await on.settled()
      expect(on.told()).toEqual([stranger(), { ...stranger(), left: true }, stranger()])
    })

    it('is exposed again when it was closed, and opened in the same way', async () => {
      await on.stop()
      on.discord.admin.expose(on.opened.channel)
      await on.start()
      await on.engine.told(1)
      await on.stop()
      on.engine.clears()
      await on.start()
      await on.engine.told(2)
      expect(on.told()).toEqual([news('exposed'), news('exposed')])
    })

    it('is not exposed again by a category that somebody has confirmed', async () => {
      await on.stop()
      on.discord.admin.setOverwrite('Embargo', { id: GUILD, type: 'role', allow: ['VIEW_CHANNEL'] })
      await on.start()
      await on.engine.told(1)
      await on.stop()
      on.engine.clears()
      await on.start()
      await on.settled()
      expect(on.told()).toEqual([news('exposed')])
    })

    it('is known to be gone', async () => {
      await on.stop()
      on.discord.admin.deleteChannel(on.opened.channel)
      await on.start()
      await on.engine.told(1)
      expect(on.told()).toEqual([news('deleted')])
    })

    it('is checked if Discord forgot the session', async () => {
      on.discord.faults.invalidateSessions()
      on.discord.admin.deleteChannel(on.opened.channel)
      await on.engine.told(1)
      expect(on.told()).toEqual([news('deleted')])
    })
  })

  describe('the connection', () => {
    const answers = async () => {
      const outcome = await (await on.discord.person(ANA).command('/ack', {}, on.opened.channel)).shown()
      return outcome.ephemerals.length
    }

    it('is opened again when it breaks', async () => {
      on.discord.faults.dropSockets()
      await on.discord.until((state) => state.connections === 0)
      await on.discord.connected({ timeoutMs: 20_000 })
      expect(await answers()).toBe(1)
    }, 30_000)

    it('is opened again each time Discord asks for it', async () => {
      for (let round = 0; round < 2; round += 1) {
        on.discord.faults.refreshSockets()
        await on.discord.until((state) => state.connections === 0)
        await on.discord.connected({ timeoutMs: 20_000 })
      }
      expect(await answers()).toBe(1)
    }, 30_000)

    it('is closed when the bot is disposed, and stays closed', async () => {
      await on.stop()
      expect(on.discord.state.connections).toBe(0)
      expect((await on.discord.person(ANA).command('/ack', {}, on.opened.channel)).failure).toBe('no-connection')
    })
  })

  it('keeps the owner of the server in: nobody can keep them out', () => {
    expect(on.discord.state.viewersOf(on.opened.channel)).toContain(OWNER)
    expect(on.told()).toEqual([])
  })
})
