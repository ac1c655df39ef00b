import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordEmulator } from '../emulator.ts'
import { ScriptedApp } from '../people/scripted-app.ts'
import { ANA, APP, BEN, GUILD, OWNER, api, at, openChannel, refusal, startTestDiscord } from '../testing.ts'

let discord: DiscordEmulator
let channel: string
beforeEach(async () => {
  discord = await startTestDiscord()
  channel = await openChannel(discord)
  discord.admin.setOverwrite(channel, { id: BEN, type: 'member', allow: ['VIEW_CHANNEL'] })
})
afterEach(() => discord.close())

const begin = (body: object) => api(discord, `POST /channels/${channel}/threads`, { name: 'aside', ...body })
const say = (place: string) => api(discord, `POST /channels/${place}/messages`, { content: 'here' })
const deny = (...names: ('SEND_MESSAGES' | 'SEND_MESSAGES_IN_THREADS' | 'CREATE_PUBLIC_THREADS')[]) =>
  discord.admin.setOverwrite(channel, { id: ANA, type: 'member', allow: ['VIEW_CHANNEL'], deny: names })

// https://docs.discord.com/developers/resources/channel#start-thread-without-message
describe('a thread', () => {
  it('is private by default, and has the channel as its parent', async () => {
    expect((await begin({})).body).toMatchObject({ type: 12, parent_id: channel, owner_id: APP })
    expect((await begin({ type: 11 })).body).toMatchObject({ type: 11, parent_id: channel })
  })

  it('is announced in its channel if it is public', async () => {
    const id = String(at(await begin({ type: 11 }), 'id'))
    const noted = discord.state.channels.get(channel)?.messages.at(-1)
    expect(noted).toMatchObject({ type: 18, content: 'aside', reference: id })
    const read = await api(discord, `GET /channels/${channel}/messages/${noted?.id}`)
    expect(at(read, 'message_reference')).toEqual({ type: 0, channel_id: id, guild_id: GUILD })
  })

  it('has the id of the message that it is about, and that message can have only one thread', async () => {
    const message = String(at(await say(channel), 'id'))
    const path = `POST /channels/${channel}/messages/${message}/threads`
    expect((await api(discord, path, { name: 'about it' })).body).toMatchObject({ id: message, type: 11 })
    expect(refusal(await api(discord, path, { name: 'again' }))).toEqual([400, 160_004])
  })

  it.each([
    ['CREATE_PUBLIC_THREADS', { type: 11 }],
    ['CREATE_PRIVATE_THREADS', { type: 12 }],
  ] as const)('needs %s', async (name, body) => {
    discord.admin.setOverwrite(channel, { id: APP, type: 'member', allow: ['VIEW_CHANNEL'], deny: [name] })
    expect(refusal(await begin(body))).toEqual([403, 50_013])
  })

  it('cannot be started in a category or in another thread', async () => {
    const category = discord.admin.createChannel({ name: 'cases', kind: 'category' }).id
    const thread = String(at(await begin({ type: 11 }), 'id'))
    for (const place of [category, thread])
      expect(refusal(await api(discord, `POST /channels/${place}/threads`, { name: 'x', type: 11 }))).toEqual([
        400, 50_024,
      ])
  })

  it('can be read and written in, and is in no list of channels', async () => {
    const thread = String(at(await begin({ type: 11 }), 'id'))
    await say(thread)
    const read = await api(discord, `GET /channels/${thread}/messages`)
    expect(at(read, 0)).toMatchObject({ content: 'here', channel_id: thread })
    expect(JSON.stringify((await api(discord, `GET /guilds/${GUILD}/channels`)).body)).not.toContain(thread)
    expect((await api(discord, `GET /channels/${channel}/messages`)).body).not.toMatchObject([{ content: 'here' }])
  })

  it('is deleted with its channel, and alone only with MANAGE_THREADS', async () => {
    const thread = String(at(await begin({ type: 11 }), 'id'))
    expect(refusal(await api(discord, `DELETE /channels/${thread}`))).toEqual([403, 50_013])
    discord.admin.deleteChannel(channel)
    expect(refusal(await api(discord, `GET /channels/${thread}`))).toEqual([404, 10_003])
  })

  it('has no overwrites of its own, and cannot be changed in the emulator', async () => {
    const thread = String(at(await begin({ type: 11 }), 'id'))
    const put = await api(discord, `PUT /channels/${thread}/permissions/${BEN}`, { type: 1, allow: '1024' })
    expect(refusal(put)).toEqual([400, 50_024])
    expect((await api(discord, `PATCH /channels/${thread}`, { name: 'x' })).status).toBe(501)
  })

  it('is reported as an event, unless it is another person’s private thread', async () => {
    const app = await ScriptedApp.connect(discord)
    discord.person(BEN).startThread(channel, 'between us', { isPrivate: true })
    const { id } = discord.person(BEN).startThread(channel, 'aside')
    discord.person(BEN).say(id, 'a word')
    await app.until(() => app.of('MESSAGE_CREATE').some(({ channel_id: place }) => place === id))
    expect(app.of('THREAD_CREATE')).toMatchObject([{ id, newly_created: true }])
    discord.admin.deleteChannel(channel)
    await app.until(() => app.of('THREAD_DELETE').length > 0)
    expect(app.of('THREAD_DELETE')).toMatchObject([{ id, parent_id: channel, type: 11 }])
    app.close(1000)
  })
})

// https://docs.discord.com/developers/topics/permissions#inherited-permissions-threads
describe('who may do what in a thread', () => {
  it('follows its channel, except that writing needs SEND_MESSAGES_IN_THREADS', () => {
    const { id } = discord.person(BEN).startThread(channel, 'aside')
    deny('SEND_MESSAGES')
    expect(() => discord.person(ANA).say(channel, 'x')).toThrow('lacks SEND_MESSAGES')
    expect(discord.person(ANA).say(id, 'x').content).toBe('x')
    deny('SEND_MESSAGES_IN_THREADS')
    expect(discord.person(ANA).say(channel, 'x').content).toBe('x')
    expect(() => discord.person(ANA).say(id, 'x')).toThrow('lacks SEND_MESSAGES')
    discord.admin.removeOverwrite(channel, ANA)
    expect(() => discord.person(ANA).sees(id)).toThrow('sees no channel')
  })

  it('includes seeing a private thread only for its members and for administrators', async () => {
    const { id } = discord.person(BEN).startThread(channel, 'between us', { isPrivate: true })
    expect(discord.state.viewersOf(id).toSorted()).toEqual([OWNER, BEN])
    expect(refusal(await api(discord, `GET /channels/${id}`))).toEqual([403, 50_001])
    const active = await api(discord, `GET /guilds/${GUILD}/threads/active`)
    expect(at(active, 'threads')).toEqual([])
  })
})
