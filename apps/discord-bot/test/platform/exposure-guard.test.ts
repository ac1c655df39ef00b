import type { Sleep } from '@embargo/engine'
import { beforeEach, describe, expect, it } from 'vitest'
import { bootDiscord } from '../boot-discord.ts'
import { card } from '../cards.ts'
import { CASE, effect, EVE } from '../server.ts'

/**
 * https://docs.discord.com/developers/events/gateway-events#guild-delete: "becomes or was already unavailable due to an
 * outage"
 */
describe('a channel of a case while Discord may send no events about it, as in an outage of the server,', () => {
  /** Replaces the bot's wait between a check that failed and the next check. */
  let slept: Sleep

  const on = bootDiscord({ bot: { sleep: (ms, signal) => slept(ms, signal) } })
  beforeEach(() => {
    slept = () => Promise.resolve()
  })
  const of = () => ({ case: CASE, platform: 'discord', channel: on.opened.channel })
  const news = (what: string) => ({ verb: 'notice-channel', ...of(), what })
  const stranger = () => ({ verb: 'notice-stranger', ...of(), account: EVE })
  const letIn = (id: string, type: 'role' | 'member') =>
    on.discord.admin.setOverwrite(on.opened.channel, { id, type, allow: ['VIEW_CHANNEL'] })

  it('is not lost', async () => {
    on.discord.faults.guildOutage(true)
    on.discord.faults.guildOutage(false)
    await expect.poll(() => on.log.lines.join('\n')).toContain('outage of the Discord server is over')
    await on.stop()
    expect(on.told()).toEqual([])
  })

  it('is not taken for deleted by a bot that starts meanwhile', async () => {
    await on.stop()
    on.discord.faults.guildOutage(true)
    await on.start()
    await on.stop()
    expect(on.told()).toEqual([])
  })

  it('is checked when the outage ends: by a bot that started meanwhile', async () => {
    await on.stop()
    on.discord.faults.guildOutage(true)
    await on.start()
    on.discord.admin.expose(on.opened.channel)
    letIn(EVE, 'member')
    on.discord.faults.guildOutage(false)
    await on.engine.told(2)
    expect(on.told()).toEqual([news('exposed'), stranger()])
  })

  it('is checked when the outage ends: even if the connection was lost too', async () => {
    on.discord.faults.guildOutage(true)
    on.discord.faults.invalidateSessions()
    await on.discord.connected({ timeoutMs: 20_000 })
    on.discord.admin.expose(on.opened.channel)
    letIn(EVE, 'member')
    on.discord.faults.guildOutage(false)
    await on.engine.told(2)
    expect(on.told()).toEqual([news('exposed'), stranger()])
  }, 30_000)

  it('gets nothing meanwhile if outsiders may be able to read it by now', async () => {
    on.discord.faults.guildOutage(true)
    await expect.poll(() => on.log.lines.join('\n')).toContain('has an outage')
    on.discord.admin.expose(on.opened.channel)
    const post = on.bot.platform.post({
      effect: effect('e2/post/discord'),
      channel: on.opened.channel,
      card: card(),
      pin: false,
      lookUp: false,
    })
    await expect(post).rejects.toMatchObject({ code: 'rate-limited' })
    expect(on.discord.state.messagesIn(on.opened.channel)).toEqual([])
  })

  it('is lost if the bot was removed while it had no connection, and the commands come back with the bot', async () => {
    on.discord.faults.gatewayDown(true)
    on.discord.faults.invalidateSessions()
    await on.discord.until((state) => state.connections === 0)
    on.discord.admin.kickBot()
    on.discord.faults.gatewayDown(false)
    await on.engine.told(1)
    expect(on.told()).toEqual([news('bot-removed')])
    on.discord.admin.inviteBot()
    const { length } = await on.discord.until((state) => state.commands.length > 0 && state.commands)
    expect(length).toBeGreaterThan(0)
  }, 40_000)

  it('does not count as deleted if Discord does not say so, and is requested again', async () => {
    await on.stop()
    on.discord.admin.deleteChannel(on.opened.channel)
    on.discord.faults.next('get_channel', { kind: 'status', status: 503 })
    const asked = Promise.withResolvers<number>()
    const waited = Promise.withResolvers<void>()
    slept = (ms) => {
      asked.resolve(ms)
      return waited.promise
    }
    await on.start()
    expect([await asked.promise, on.told()]).toEqual([30_000, []])
    waited.resolve()
    await on.engine.told(1)
    expect(on.told()).toEqual([news('deleted')])
  })

  it('is the same channel, and still watched, after it was made an announcement channel', async () => {
    on.discord.admin.announce(on.opened.channel)
    letIn(EVE, 'member')
    await on.engine.told(1)
    await on.stop()
    on.discord.admin.expose(on.opened.channel)
    await on.start()
    await on.engine.told(2)
    expect(on.told()).toEqual([stranger(), news('exposed')])
  })
})
