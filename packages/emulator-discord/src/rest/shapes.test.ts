import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Json } from '@embargo/emulator-kit'
import { asJson } from '@embargo/emulator-kit'
import type { DiscordEmulator } from '../emulator.ts'
import { described, schema } from '../official.ts'
import { ScriptedApp } from '../people/scripted-app.ts'
import type { ApiAnswer } from '../testing.ts'
import { ANA, APP, GUILD, SECURITY, api, at, openChannel, startTestDiscord } from '../testing.ts'

let discord: DiscordEmulator
let app: ScriptedApp
let channel: string
let message: string
let token: string

beforeAll(async () => {
  discord = await startTestDiscord()
  app = await ScriptedApp.connect(discord)
  channel = await openChannel(discord)
  const card = {
    content: `Look, <@${ANA}>`,
    embeds: [{ title: 'Card', fields: [{ name: 'a', value: 'b' }], footer: { text: 'foot' } }],
    components: [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }],
    nonce: 'n',
  }
  const files = [{ name: 'a.txt', bytes: Buffer.from('hello') }]
  message = String(at(await api(discord, `POST /channels/${channel}/messages`, card, { files }), 'id'))
  await api(discord, `POST /channels/${channel}/messages`, {
    content: 'yes',
    message_reference: { message_id: message },
  })
  discord.person(ANA).poll(channel, 'Which day?', ['Tuesday', 'Thursday'])
  await api(discord, `PUT /channels/${channel}/messages/pins/${message}`)
  await api(discord, `POST /channels/${channel}/threads`, { name: 'talk', type: 11 })
  await api(discord, `PUT /applications/${APP}/guilds/${GUILD}/commands`, [
    { name: 'ack', description: 'x', options: [{ type: 3, name: 'case', description: 'y', required: true }] },
    { name: 'Send', type: 3 },
  ])
  app.answer = (data) => {
    token = String(data['token'])
    return { type: 4, data: { content: 'answer' } }
  }
  await discord.person(ANA).command('/ack', { case: '1' }, channel)
})
afterAll(async () => {
  app.close(1000)
  await discord.close()
})

const judge = (name: string, body: Json): void => {
  const result = schema(name).safeParse(body)
  expect(result.success ? 'fits' : result.error?.message).toBe('fits')
}

type Row = readonly [id: string, shape: string | readonly [string], call: () => Promise<ApiAnswer>]

const GET: readonly Row[] = [
  ['get_bot_gateway', 'GatewayBotResponse', () => api(discord, 'GET /gateway/bot')],
  ['get_gateway', 'GatewayResponse', () => api(discord, 'GET /gateway')],
  ['get_my_user', 'UserPIIResponse', () => api(discord, 'GET /users/@me')],
  ['get_user', 'UserResponse', () => api(discord, `GET /users/${ANA}`)],
  ['get_my_application', 'PrivateApplicationResponse', () => api(discord, 'GET /applications/@me')],
  ['list_my_guilds', ['MyGuildResponse'], () => api(discord, 'GET /users/@me/guilds')],
  ['get_guild', 'GuildWithCountsResponse', () => api(discord, `GET /guilds/${GUILD}`)],
  ['list_guild_roles', ['GuildRoleResponse'], () => api(discord, `GET /guilds/${GUILD}/roles`)],
  ['get_guild_role', 'GuildRoleResponse', () => api(discord, `GET /guilds/${GUILD}/roles/${SECURITY}`)],
  ['get_guild_member', 'GuildMemberResponse', () => api(discord, `GET /guilds/${GUILD}/members/${ANA}`)],
  ['list_guild_members', ['GuildMemberResponse'], () => api(discord, `GET /guilds/${GUILD}/members?limit=10`)],
  ['search_guild_members', ['GuildMemberResponse'], () => api(discord, `GET /guilds/${GUILD}/members/search?query=an`)],
  ['list_guild_channels', ['GuildChannelResponse'], () => api(discord, `GET /guilds/${GUILD}/channels`)],
  ['get_active_guild_threads', 'ThreadsResponse', () => api(discord, `GET /guilds/${GUILD}/threads/active`)],
  ['get_channel', 'GuildChannelResponse', () => api(discord, `GET /channels/${channel}`)],
  ['list_messages', ['MessageResponse'], () => api(discord, `GET /channels/${channel}/messages`)],
  ['get_message', 'MessageResponse', () => api(discord, `GET /channels/${channel}/messages/${message}`)],
  ['list_pins', 'PinnedMessagesResponse', () => api(discord, `GET /channels/${channel}/messages/pins`)],
  ['deprecated_list_pins', ['MessageResponse'], () => api(discord, `GET /channels/${channel}/pins`)],
  [
    'list_guild_application_commands',
    ['ApplicationCommandResponse'],
    () => api(discord, `GET /applications/${APP}/guilds/${GUILD}/commands`),
  ],
  [
    'get_original_webhook_message',
    'MessageResponse',
    () => api(discord, `GET /webhooks/${APP}/${token}/messages/@original`),
  ],
]

const POST: readonly Row[] = [
  [
    'create_guild_channel',
    'GuildChannelResponse',
    () => api(discord, `POST /guilds/${GUILD}/channels`, { name: 'cases', type: 4 }),
  ],
  [
    'create_thread',
    'CreatedThreadResponse',
    () => api(discord, `POST /channels/${channel}/threads`, { name: 'aside', type: 12 }),
  ],
  [
    'create_thread_from_message',
    'ThreadResponse',
    () => api(discord, `POST /channels/${channel}/messages/${message}/threads`, { name: 'about it' }),
  ],
  ['update_channel', 'GuildChannelResponse', () => api(discord, `PATCH /channels/${channel}`, { topic: 'quiet' })],
  ['create_message', 'MessageResponse', () => api(discord, `POST /channels/${channel}/messages`, { content: 'x' })],
  [
    'update_message',
    'MessageResponse',
    () => api(discord, `PATCH /channels/${channel}/messages/${message}`, { content: 'y', components: [] }),
  ],
  [
    'bulk_set_guild_application_commands',
    ['ApplicationCommandResponse'],
    () => api(discord, `PUT /applications/${APP}/guilds/${GUILD}/commands`, [{ name: 'ack', description: 'x' }]),
  ],
  [
    'create_guild_application_command',
    'ApplicationCommandResponse',
    () => api(discord, `POST /applications/${APP}/guilds/${GUILD}/commands`, { name: 'disclose', description: 'x' }),
  ],
  [
    'update_original_webhook_message',
    'MessageResponse',
    () => api(discord, `PATCH /webhooks/${APP}/${token}/messages/@original`, { content: 'other' }),
  ],
  [
    'execute_webhook',
    'MessageResponse',
    () => api(discord, `POST /webhooks/${APP}/${token}`, { content: 'more', flags: 64 }),
  ],
]

const EMPTY: readonly (readonly [id: string, call: () => Promise<ApiAnswer>])[] = [
  ['trigger_typing_indicator', () => api(discord, `POST /channels/${channel}/typing`)],
  ['create_pin', () => api(discord, `PUT /channels/${channel}/messages/pins/${message}`)],
  ['delete_pin', () => api(discord, `DELETE /channels/${channel}/messages/pins/${message}`)],
  ['deprecated_create_pin', () => api(discord, `PUT /channels/${channel}/pins/${message}`)],
  ['deprecated_delete_pin', () => api(discord, `DELETE /channels/${channel}/pins/${message}`)],
  [
    'set_channel_permission_overwrite',
    () => api(discord, `PUT /channels/${channel}/permissions/${SECURITY}`, { type: 0, allow: '1024' }),
  ],
  ['delete_channel_permission_overwrite', () => api(discord, `DELETE /channels/${channel}/permissions/${SECURITY}`)],
  ['add_guild_member_role', () => api(discord, `PUT /guilds/${GUILD}/members/${ANA}/roles/${SECURITY}`)],
  ['delete_guild_member_role', () => api(discord, `DELETE /guilds/${GUILD}/members/${ANA}/roles/${SECURITY}`)],
  ['delete_original_webhook_message', () => api(discord, `DELETE /webhooks/${APP}/${token}/messages/@original`)],
  ['delete_message', () => api(discord, `DELETE /channels/${channel}/messages/${message}`)],
]

describe('an answer has the shape of the API description', () => {
  it.each([...GET, ...POST])('%s', async (id, shape, call) => {
    const answer = await call()
    expect(described.get(id)?.statuses).toContain(answer.status)
    if (typeof shape === 'string') return judge(shape, answer.body)
    expect(at(answer, 0), 'an empty list would prove nothing').toBeDefined()
    for (const each of answer.body as Json[]) judge(shape[0], each)
  })

  it.each(EMPTY)('%s: has no body', async (id, call) => {
    const answer = await call()
    expect(described.get(id)?.statuses).toContain(answer.status)
    expect([answer.status, answer.body]).toEqual([204, ''])
  })

  // The API description of a message reference covers only replies, so forwarded messages have a test of their own:
  // …/resources/message#message-reference-types
  it('list_messages: with a forwarded message', async () => {
    const ana = discord.person(ANA)
    const message = ana.say('general', 'See there.', { files: [{ name: 'a.txt', bytes: 'hello' }] })
    const { id } = ana.forward(message.id, channel)
    const answer = await api(discord, `GET /channels/${channel}/messages?limit=1`)
    const reference = { type: 1, message_id: message.id, channel_id: message.channel, guild_id: GUILD }
    expect(answer.body).toMatchObject([{ id, content: '', message_reference: reference }])
    judge('MessageSnapshotResponse', asJson(at(answer, 0, 'message_snapshots', 0)))
  })

  it('create_interaction_response: if the call asks for an answer', async () => {
    app.answer = () => undefined
    const heard = app.of('INTERACTION_CREATE').length
    const used = discord.person(ANA).command('/ack', {}, channel)
    const data = await app.heard('INTERACTION_CREATE', heard)
    const route = `POST /interactions/${String(data['id'])}/${String(data['token'])}/callback?with_response=true`
    const answer = await api(discord, route, { type: 5, data: { flags: 64 } }, { token: undefined })
    expect(answer.status).toBe(200)
    judge('InteractionCallbackResponse', answer.body)
    await used
  })
})
