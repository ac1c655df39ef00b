import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordEmulator } from '../emulator.ts'
import { ALL_INTENTS, ScriptedApp } from '../people/scripted-app.ts'
import { ANA, APP, BEN, GUILD, SECURITY, api, at, openChannel, startTestDiscord } from '../testing.ts'
import { INTENTS } from './intents.ts'

let discord: DiscordEmulator
beforeEach(async () => {
  discord = await startTestDiscord()
})
afterEach(() => discord.close())

const closing = async (play: (app: ScriptedApp) => void, query?: string): Promise<number | undefined> => {
  const app = await ScriptedApp.open(discord, query)
  play(app)
  return app.until(() => app.closedWith)
}

// https://docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
describe('a connection is closed', () => {
  it.each<[string, number, (app: ScriptedApp) => void]>([
    ['with a wrong token', 4004, (app) => app.identify({ token: 'wrong' })],
    ['with bits that do not stand for intents', 4013, (app) => app.identify({ intents: 1 << 17 })],
    ['with no intents at all', 4013, (app) => app.identify({ intents: 'all' })],
    ['with an impossible shard', 4010, (app) => app.identify({ shard: [1, 1] })],
    ['for identifying twice', 4005, (app) => [1, 2].forEach(() => app.identify())],
    ['for asking before it identified', 4003, (app) => app.send({ op: 8, d: { query: '', limit: 0 } })],
    ['for an unknown opcode', 4001, (app) => app.send({ op: 99 })],
    ['for more than 4096 bytes', 4002, (app) => app.send({ op: 1, d: 'x'.repeat(4096) })],
    [
      'for more than 120 payloads a minute',
      4008,
      (app) => Array.from({ length: 121 }, () => app.send({ op: 1, d: null })),
    ],
  ])('%s: %i', async (_, code, play) => {
    expect(await closing(play)).toBe(code)
  })

  it('for a wrong version, and for compression, which is not offered', async () => {
    expect(await closing(() => undefined, 'v=6&encoding=json')).toBe(4012)
    expect(await closing(() => undefined, 'v=10&encoding=json&compress=zlib-stream')).toBe(4002)
  })

  it.each(['GuildMembers', 'MessageContent', 'GuildPresences'] as const)(
    'for %s where the portal has it switched off: 4014',
    async (intent) => {
      discord.admin.setIntent(intent, false)
      expect(await closing((app) => app.identify({ intents: INTENTS.Guilds | INTENTS[intent] }))).toBe(4014)
      discord.admin.setIntent(intent, true)
      await ScriptedApp.connect(discord, INTENTS.Guilds | INTENTS[intent])
      expect(discord.state.connections).toBe(1)
    },
  )

  it('if it sends no heartbeat', async () => {
    await using hasty = await startTestDiscord({ timing: { heartbeatMs: 20 } })
    const app = await ScriptedApp.open(hasty)
    expect(await app.until(() => app.closedWith)).toBe(4009)
  })
})

// https://docs.discord.com/developers/events/gateway
describe('a session', () => {
  it('begins with HELLO, READY and the guild, and answers heartbeats', async () => {
    const app = await ScriptedApp.connect(discord)
    expect(app.others[0]).toMatchObject({ op: 10, d: { heartbeat_interval: 41_250 } })
    expect(app.of('READY')[0]).toMatchObject({
      v: 10,
      guilds: [{ id: GUILD, unavailable: true }],
      application: { id: APP },
    })
    expect(app.of('GUILD_CREATE')[0]).toMatchObject({ id: GUILD, unavailable: false, member_count: 4 })
    app.send({ op: 1, d: app.sequence })
    await app.until(() => app.others.some((each) => each['op'] === 11))
    expect(discord.state.connections).toBe(1)
  })

  it('is resumed after a break, and receives the events that it missed', async () => {
    const app = await ScriptedApp.connect(discord)
    const session = at(app.of('READY')[0] ?? {}, 'session_id')
    discord.faults.dropSockets()
    await app.until(() => app.closedWith)
    discord.admin.createChannel({ name: 'meanwhile' })
    const again = await ScriptedApp.open(discord)
    again.send({ op: 6, d: { token: 'discord-test', session_id: String(session), seq: app.sequence } })
    await again.heard('RESUMED')
    expect(again.events.map((each) => each.name)).toEqual(['CHANNEL_CREATE', 'RESUMED'])
  })

  it('cannot be resumed if the app closed it, or if it does not exist', async () => {
    const app = await ScriptedApp.connect(discord)
    const session = String(at(app.of('READY')[0] ?? {}, 'session_id'))
    app.close(1000)
    await app.until(() => app.closedWith)
    await discord.until((state) => state.connections === 0)
    const again = await ScriptedApp.open(discord)
    again.send({ op: 6, d: { token: 'discord-test', session_id: session, seq: app.sequence } })
    const answer = await again.until(() => again.others.find((each) => each['op'] === 9))
    expect([answer['d'], again.of('RESUMED')]).toEqual([false, []])
  })

  it('is asked to reconnect, and then discarded', async () => {
    const app = await ScriptedApp.connect(discord)
    discord.faults.refreshSockets()
    await app.until(() => app.others.some((each) => each['op'] === 7))
    discord.faults.invalidateSessions()
    await app.until(() => app.others.some((each) => each['op'] === 9))
    expect(discord.state.connections).toBe(0)
  })

  it('cannot be started while the gateway is down', async () => {
    discord.faults.gatewayDown(true)
    const app = await ScriptedApp.open(discord)
    expect([app.closedWith, discord.state.connections]).toEqual([1006, 0])
    discord.faults.gatewayDown(false)
    await ScriptedApp.connect(discord)
  })

  it('is informed when an outage of the guild starts and ends', async () => {
    const app = await ScriptedApp.connect(discord)
    discord.faults.guildOutage(true)
    expect(await app.heard('GUILD_DELETE')).toEqual({ id: GUILD, unavailable: true })
    discord.faults.guildOutage(false)
    expect(await app.heard('GUILD_CREATE', 1)).toMatchObject({ unavailable: false })
  })

  it('that starts during an outage of the guild is informed at once, and gets no events from the guild until the outage ends', async () => {
    discord.faults.guildOutage(true)
    const app = await ScriptedApp.open(discord)
    app.identify()
    expect(await app.heard('GUILD_DELETE')).toEqual({ id: GUILD, unavailable: true })
    discord.admin.expose('general')
    discord.faults.guildOutage(false)
    expect(JSON.stringify(await app.heard('GUILD_CREATE'))).toContain('"unavailable":false')
    expect([app.of('CHANNEL_UPDATE'), app.of('GUILD_CREATE').length]).toEqual([[], 1])
  })

  it('receives an event twice if the test asks for that', async () => {
    const app = await ScriptedApp.connect(discord)
    discord.faults.deliverTwice()
    discord.admin.createChannel({ name: 'x' })
    await app.heard('CHANNEL_CREATE', 1)
    expect(app.of('CHANNEL_CREATE')).toHaveLength(2)
  })
})

/** Causes one event of every kind. The last event, CHANNEL_DELETE, always reaches the app. */
const happen = (): void => {
  const { admin } = discord
  discord.person(ANA).say('general', 'hello')
  admin.join({ id: '777', username: 'new' })
  admin.giveRole(BEN, SECURITY)
  admin.leave('777')
  admin.createRole({ id: '3001', name: 'other' })
  admin.changeRole('3001', { position: 2 })
  admin.deleteRole('3001')
  const { id } = admin.createChannel({ name: 'x' })
  admin.rename(id, 'y')
  admin.deleteChannel(id)
}
const GUILDS = [
  'GUILD_ROLE_CREATE',
  'GUILD_ROLE_UPDATE',
  'GUILD_ROLE_DELETE',
  'CHANNEL_CREATE',
  'CHANNEL_UPDATE',
  'CHANNEL_DELETE',
]
const MEMBERS = ['GUILD_MEMBER_ADD', 'GUILD_MEMBER_UPDATE', 'GUILD_MEMBER_REMOVE']

// https://docs.discord.com/developers/events/gateway#list-of-intents
describe('the events', () => {
  it.each([
    ['with GUILDS alone', INTENTS.Guilds, GUILDS],
    ['with GUILD_MEMBERS', INTENTS.Guilds | INTENTS.GuildMembers, [...MEMBERS, ...GUILDS]],
    ['with GUILD_MESSAGES', INTENTS.Guilds | INTENTS.GuildMessages, ['MESSAGE_CREATE', ...GUILDS]],
    ['with all', ALL_INTENTS, ['MESSAGE_CREATE', ...MEMBERS, ...GUILDS]],
  ])('%s are limited to those that the intents name', async (_, intents, expected) => {
    const app = await ScriptedApp.connect(discord, intents)
    happen()
    await app.heard('CHANNEL_DELETE')
    expect(app.events.map((each) => each.name).slice(2)).toEqual(expected)
  })

  it('without MESSAGE_CONTENT, events have the content of a message only if the app wrote it or is mentioned', async () => {
    const app = await ScriptedApp.connect(discord, INTENTS.Guilds | INTENTS.GuildMessages)
    discord.person(ANA).say('general', 'secret', { files: [{ name: 'a.txt', bytes: 'x' }] })
    discord.person(ANA).say('general', `hello <@${APP}>`)
    const { id } = discord.state.channelNamed('general') ?? { id: '' }
    await api(discord, `POST /channels/${id}/messages`, { content: 'own' })
    await app.heard('MESSAGE_CREATE', 2)
    expect(app.of('MESSAGE_CREATE').map((each) => each['content'])).toEqual(['', `hello <@${APP}>`, 'own'])
    expect(app.of('MESSAGE_CREATE')[0]?.['attachments']).toEqual([])
  })

  it('of messages come from channels that the bot can see', async () => {
    const app = await ScriptedApp.connect(discord)
    discord.admin.createChannel({ name: 'secret', overwrites: [{ id: APP, type: 'member', deny: ['VIEW_CHANNEL'] }] })
    discord.person(ANA).say('secret', 'not for bots')
    discord.person(ANA).say('general', 'for all')
    await app.heard('MESSAGE_CREATE')
    expect(app.of('MESSAGE_CREATE').map((each) => each['content'])).toEqual(['for all'])
  })

  it('report edits, deletions and pins', async () => {
    const app = await ScriptedApp.connect(discord)
    const channel = await openChannel(discord)
    const path = `/channels/${channel}/messages`
    const id = String(at(await api(discord, `POST ${path}`, { content: 'one' }), 'id'))
    await api(discord, `PATCH ${path}/${id}`, { content: 'two' })
    await api(discord, `PUT ${path}/pins/${id}`)
    await api(discord, `DELETE ${path}/${id}`)
    expect(await app.heard('MESSAGE_DELETE')).toEqual({ id, channel_id: channel, guild_id: GUILD })
    expect(app.of('MESSAGE_UPDATE')[0]).toMatchObject({ id, content: 'two' })
    expect(app.of('CHANNEL_PINS_UPDATE')).toHaveLength(1)
  })

  it('stop when the bot is removed from the guild', async () => {
    const app = await ScriptedApp.connect(discord)
    discord.admin.kickBot()
    expect(await app.heard('GUILD_DELETE')).toEqual({ id: GUILD })
    discord.admin.rename('general', 'other')
    discord.admin.inviteBot()
    await app.heard('GUILD_CREATE', 1)
    expect(app.of('CHANNEL_UPDATE')).toEqual([])
  })
})

describe('members', () => {
  it('members can be requested by name or id, but all members only with the intent', async () => {
    const app = await ScriptedApp.connect(discord)
    app.send({ op: 8, d: { guild_id: GUILD, query: '', limit: 0, nonce: 'n' } })
    const all = await app.heard('GUILD_MEMBERS_CHUNK')
    expect([all['nonce'], (all['members'] as unknown[]).length]).toEqual(['n', 4])
    app.send({ op: 8, d: { guild_id: GUILD, user_ids: [ANA, '4711'] } })
    expect(await app.heard('GUILD_MEMBERS_CHUNK', 1)).toMatchObject({
      members: [{ user: { id: ANA } }],
      not_found: ['4711'],
    })
    const narrow = await ScriptedApp.connect(discord, INTENTS.Guilds)
    narrow.send({ op: 8, d: { guild_id: GUILD, query: '', limit: 0 } })
    expect(await narrow.until(() => narrow.closedWith)).toBe(4014)
  })
})
