import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordEmulator } from '../emulator.ts'
import {
  ANA,
  APP,
  BEN,
  BOT_TOKEN,
  GUILD,
  SECURITY,
  api,
  at,
  codesAt,
  openChannel,
  refusal,
  startTestDiscord,
} from '../testing.ts'

let discord: DiscordEmulator
beforeEach(async () => {
  discord = await startTestDiscord()
})
afterEach(() => discord.close())

const VIEW = '1024'
const create = (body: object) => api(discord, `POST /guilds/${GUILD}/channels`, { name: 'x', ...body })

describe('a token', () => {
  it.each([
    ['that is missing', undefined],
    ['that is wrong', 'wrong'],
  ])('%s is answered with 401', async (_, token) => {
    const answer = await api(discord, 'GET /users/@me', undefined, { token })
    expect([answer.status, answer.body]).toEqual([401, { message: '401: Unauthorized', code: 0 }])
  })

  it('is accepted only with its prefix', async () => {
    const bare = await fetch(`${discord.apiUrl}/v10/users/@me`, { headers: { authorization: BOT_TOKEN } })
    expect(bare.status).toBe(401)
    expect((await api(discord, 'GET /users/@me')).status).toBe(200)
  })
})

describe('a path', () => {
  it('that Discord does not have is answered with 404', async () => {
    expect(refusal(await api(discord, 'GET /nothing'))).toEqual([404, 0])
  })

  it.each(['POST /users/@me/channels', 'PATCH /users/@me', 'PUT /channels/1/thread-members/@me'])(
    'that is not played says so: %s',
    async (route) => {
      const answer = await api(discord, route, {})
      expect([answer.status, at(answer, 'message')]).toEqual([501, `The emulator does not support ${route}.`])
    },
  )

  it('of another version is refused', async () => {
    expect((await fetch(`${discord.apiUrl}/v6/users/@me`)).status).toBe(400)
  })

  it('with a body that is not JSON is refused', async () => {
    const init = { method: 'POST', headers: { authorization: `Bot ${BOT_TOKEN}` }, body: '{"name":"x"}' }
    const answer = await (await fetch(`${discord.apiUrl}/v10/guilds/${GUILD}/channels`, init)).json()
    expect(answer).toMatchObject({ code: 50035, errors: { _errors: [{ code: 'CONTENT_TYPE_INVALID' }] } })
  })

  it('with a body that is no JSON is refused', async () => {
    const headers = { authorization: `Bot ${BOT_TOKEN}`, 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: '{' }
    expect(await (await fetch(`${discord.apiUrl}/v10/guilds/${GUILD}/channels`, init)).json()).toMatchObject({
      code: 50109,
    })
  })
})

// https://docs.discord.com/developers/resources/guild#create-guild-channel
describe('a new channel', () => {
  it('keeps the overwrites that came with it, and gives them back', async () => {
    const channel = await openChannel(discord)
    const read = await api(discord, `GET /channels/${channel}`)
    expect(at(read, 'permission_overwrites', 0)).toEqual({ id: GUILD, type: 0, allow: '0', deny: VIEW })
    expect(discord.state.viewersOf(channel).toSorted()).toEqual(['100', ANA, APP])
  })

  it('inherits its category’s overwrites if it is created without overwrites', async () => {
    const category = at(
      await create({ type: 4, permission_overwrites: [{ id: SECURITY, type: 0, allow: VIEW }] }),
      'id',
    )
    const made = await create({ parent_id: category })
    expect(at(made, 'permission_overwrites')).toEqual([{ id: SECURITY, type: 0, allow: VIEW, deny: '0' }])
  })

  it('cannot have slow mode or an age limit in the emulator', async () => {
    expect([(await create({ nsfw: true })).status, (await create({ rate_limit_per_user: 5 })).status]).toEqual([
      501, 501,
    ])
  })

  it('gets a name in lower case, without spaces', async () => {
    expect(at(await create({ name: 'SEC 2026 0001' }), 'name')).toBe('sec-2026-0001')
    expect(at(await create({ name: 'Cases 1', type: 4 }), 'name')).toBe('Cases 1')
  })

  it('needs MANAGE_CHANNELS, and MANAGE_ROLES for overwrites', async () => {
    discord.admin.botPermissions(['VIEW_CHANNEL', 'MANAGE_ROLES'])
    expect(refusal(await create({}))).toEqual([403, 50013])
    discord.admin.botPermissions(['VIEW_CHANNEL', 'MANAGE_CHANNELS'])
    expect((await create({})).status).toBe(201)
    expect(refusal(await create({ permission_overwrites: [{ id: GUILD, type: 0, deny: VIEW }] }))).toEqual([403, 50013])
  })

  it.each([
    ['a permission that the bot lacks', { id: SECURITY, type: 0, allow: String(1n << 13n) }],
    ['MANAGE_ROLES, which is an administrator’s to give', { id: SECURITY, type: 0, allow: String(1n << 28n) }],
  ])('cannot hand out %s', async (_, overwrite) => {
    expect(refusal(await create({ permission_overwrites: [overwrite] }))).toEqual([403, 50013])
  })

  it('cannot have an overwrite for a role or a member that does not exist', async () => {
    expect(refusal(await create({ permission_overwrites: [{ id: '4711', type: 1, allow: VIEW }] }))).toEqual([
      404, 10009,
    ])
  })

  it('is refused if its category is full, and the error names the field', async () => {
    const category = String(at(await create({ type: 4 }), 'id'))
    for (let count = 0; count < 48; count += 1) discord.admin.createChannel({ name: `c${count}`, parent: category })
    const answer = await create({ parent_id: category })
    expect(refusal(answer)).toEqual([400, 50035])
    expect(codesAt(answer, 'parent_id')).toEqual(['CHANNEL_PARENT_MAX_CHANNELS'])
    expect((await create({})).status).toBe(201)
  })

  it('is refused if the guild is full', async () => {
    while (discord.state.channels.size < 500) discord.admin.createChannel({ name: 'x' })
    expect(refusal(await create({}))).toEqual([400, 30013])
  })

  it.each([
    ['a category that is not there', '4711', 'CHANNEL_PARENT_INVALID'],
    ['a channel that is no category', 'general', 'CHANNEL_PARENT_INVALID_TYPE'],
  ])('cannot go into %s', async (_, parent, code) => {
    const parentId = discord.state.channelNamed(parent)?.id ?? parent
    expect(codesAt(await create({ parent_id: parentId }), 'parent_id')).toEqual([code])
  })
})

describe('a channel that the bot cannot see', () => {
  it('is answered with “missing access”, and a deleted channel with “unknown”', async () => {
    const channel = discord.admin.createChannel({
      name: 'secret',
      overwrites: [{ id: GUILD, type: 'role', deny: ['VIEW_CHANNEL'] }],
    })
    expect(refusal(await api(discord, `GET /channels/${channel.id}`))).toEqual([403, 50001])
    discord.admin.deleteChannel('secret')
    expect(refusal(await api(discord, `GET /channels/${channel.id}`))).toEqual([404, 10003])
  })

  it('can be a channel that the bot made and shut itself out of', async () => {
    const made = await create({ permission_overwrites: [{ id: GUILD, type: 0, deny: VIEW }] })
    const path = `/channels/${String(at(made, 'id'))}`
    expect(refusal(await api(discord, `POST ${path}/messages`, { content: 'x' }))).toEqual([403, 50001])
  })
})

// https://docs.discord.com/developers/resources/channel#modify-channel
describe('a change of a channel', () => {
  it('moves the channel, and keeps every field that the call leaves out', async () => {
    const channel = await openChannel(discord, { topic: 'quiet' })
    const archive = discord.admin.createChannel({ name: 'archive', kind: 'category' })
    const moved = await api(discord, `PATCH /channels/${channel}`, { parent_id: archive.id })
    expect(moved.body).toMatchObject({ parent_id: archive.id, topic: 'quiet', name: 'sec-2026-0001' })
  })

  it('cannot put a category into another', async () => {
    const [one, other] = ['one', 'other'].map((name) => discord.admin.createChannel({ name, kind: 'category' }).id)
    expect(codesAt(await api(discord, `PATCH /channels/${one}`, { parent_id: other }), 'parent_id')).toEqual([
      'CHANNEL_PARENT_INVALID',
    ])
  })

  it('keeps the reason that the admins read', async () => {
    const headers = { authorization: `Bot ${BOT_TOKEN}`, 'x-audit-log-reason': encodeURIComponent('für plumbago') }
    const channel = await openChannel(discord)
    await fetch(`${discord.apiUrl}/v10/channels/${channel}`, { method: 'DELETE', headers })
    expect(discord.state.requests.at(-1)).toMatchObject({ method: 'delete_channel', reason: 'für plumbago' })
    expect(discord.state.everything()).toContain('plumbago')
  })

  it('of its overwrites needs MANAGE_ROLES', async () => {
    const channel = discord.admin.createChannel({ name: 'open' })
    discord.admin.botPermissions(['VIEW_CHANNEL', 'MANAGE_CHANNELS'])
    const change = (body: object) => api(discord, `PATCH /channels/${channel.id}`, { ...body })
    expect(refusal(await change({ permission_overwrites: [] }))).toEqual([403, 50013])
    expect((await change({ name: 'other' })).status).toBe(200)
  })

  it('of the name or topic is allowed twice in ten minutes; other changes are not limited', async () => {
    let now = 0
    await using limited = await startTestDiscord({ limits: { speed: 1 }, monotonic: () => now })
    const channel = await openChannel(limited)
    const change = (body: object) => api(limited, `PATCH /channels/${channel}`, { ...body })
    expect([(await change({ topic: 'a' })).status, (await change({ name: 'b' })).status]).toEqual([200, 200])
    const third = await change({ topic: 'c' })
    expect([third.status, at(third, 'retry_after'), at(third, 'global')]).toEqual([429, 600, false])
    expect((await change({ topic: 'a' })).status).toBe(200)
    expect((await change({ position: 3 })).status).toBe(200)
    now = 600_000
    expect((await change({ topic: 'c' })).status).toBe(200)
  })

  it('of a category applies to the channels that are synced with it, and to no others', async () => {
    const category = discord.admin.createChannel({ name: 'cases', kind: 'category' })
    const synced = discord.admin.createChannel({ name: 'synced', parent: category.id })
    const own = await openChannel(discord, { parent_id: category.id })
    discord.admin.setOverwrite('cases', { id: BEN, type: 'member', deny: ['VIEW_CHANNEL'] })
    expect(discord.state.viewersOf(synced.id)).not.toContain(BEN)
    discord.admin.setOverwrite('cases', { id: BEN, type: 'member', allow: ['VIEW_CHANNEL'] })
    expect([synced.id, own].map((id) => discord.state.viewersOf(id).includes(BEN))).toEqual([true, false])
  })
})

// https://docs.discord.com/developers/resources/channel#edit-channel-permissions
describe('an overwrite', () => {
  it('admits a member and removes the member again', async () => {
    const channel = await openChannel(discord)
    const path = `/channels/${channel}/permissions/${BEN}`
    expect((await api(discord, `PUT ${path}`, { type: 1, allow: VIEW })).status).toBe(204)
    expect(discord.state.viewersOf(channel)).toContain(BEN)
    expect((await api(discord, `DELETE ${path}`)).status).toBe(204)
    expect(discord.state.viewersOf(channel)).not.toContain(BEN)
    expect(refusal(await api(discord, `DELETE ${path}`))).toEqual([404, 10009])
  })

  it('is refused for a person who left the guild', async () => {
    const channel = await openChannel(discord)
    discord.admin.leave(BEN)
    const answer = await api(discord, `PUT /channels/${channel}/permissions/${BEN}`, { type: 1, allow: VIEW })
    expect(refusal(answer)).toEqual([404, 10009])
  })

  it('needs MANAGE_ROLES and cannot grant what the bot lacks', async () => {
    const channel = await openChannel(discord)
    const set = (allow: bigint) =>
      api(discord, `PUT /channels/${channel}/permissions/${BEN}`, { type: 1, allow: String(allow) })
    expect(refusal(await set(1n << 13n))).toEqual([403, 50013])
    discord.admin.botPermissions(['VIEW_CHANNEL', 'MANAGE_CHANNELS'])
    expect(refusal(await set(1n << 10n))).toEqual([403, 50013])
  })
})

describe('a role', () => {
  const give = () => api(discord, `PUT /guilds/${GUILD}/members/${BEN}/roles/${SECURITY}`)

  it('can be given and taken by a bot whose own role is higher', async () => {
    expect((await give()).status).toBe(204)
    expect(discord.state.members.get(BEN)?.roles.has(SECURITY)).toBe(true)
  })

  it('cannot be given by a bot whose own role is too low', async () => {
    await using low = await startTestDiscord({ bot: { isLow: true } })
    const answer = await api(low, `PUT /guilds/${GUILD}/members/${BEN}/roles/${SECURITY}`)
    expect(refusal(answer)).toEqual([403, 50013])
  })
})

describe('a bot that was removed from the guild', () => {
  it('finds nothing there until it is invited again', async () => {
    const channel = await openChannel(discord)
    discord.admin.kickBot()
    expect(refusal(await api(discord, `GET /guilds/${GUILD}`))).toEqual([404, 10004])
    expect(refusal(await api(discord, `GET /channels/${channel}`))).toEqual([403, 50001])
    expect(refusal(await api(discord, `PUT /applications/${APP}/guilds/${GUILD}/commands`, []))).toEqual([403, 50001])
    discord.admin.inviteBot()
    expect((await api(discord, `GET /guilds/${GUILD}`)).status).toBe(200)
  })
})
