import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordEmulator } from './emulator.ts'
import { NotPossible } from './people/not-possible.ts'
import { ANA, APP, BEN, GUILD, SECURITY, api, at, openChannel, refusal, startTestDiscord } from './testing.ts'

let discord: DiscordEmulator
let channel: string
beforeEach(async () => {
  discord = await startTestDiscord()
  channel = await openChannel(discord)
})
afterEach(() => discord.close())

const viewers = () => discord.state.viewersOf(channel).filter((id) => id !== '100' && id !== APP)

describe('the admin of the server', () => {
  it('lets everybody see a channel, and then hides it again', () => {
    expect(viewers()).toEqual([ANA])
    discord.admin.expose(channel)
    expect(viewers()).toEqual([ANA, BEN])
    discord.admin.removeOverwrite(channel, GUILD)
    discord.admin.setOverwrite(channel, { id: GUILD, type: 'role', deny: ['VIEW_CHANNEL'] })
    expect(viewers()).toEqual([ANA])
  })

  it('admits somebody through a role, or through the permissions of a role', () => {
    discord.admin.setOverwrite(channel, { id: SECURITY, type: 'role', allow: ['VIEW_CHANNEL'] })
    discord.admin.giveRole(BEN, SECURITY)
    expect(viewers()).toEqual([ANA, BEN])
    discord.admin.takeRole(BEN, SECURITY)
    expect(viewers()).toEqual([ANA])
    discord.admin.createRole({ id: '3001', name: 'mighty', permissions: ['ADMINISTRATOR'] })
    discord.admin.join({ id: '777', username: 'new', roles: ['3001'] })
    expect(viewers()).toEqual([ANA, '777'])
    discord.admin.deleteRole('3001')
    expect(viewers()).toEqual([ANA])
  })

  it('moves, renames and deletes channels; the channels of a deleted category stay, without a category', () => {
    const cases = discord.admin.createChannel({ name: 'cases', kind: 'category' })
    discord.admin.move(channel, 'cases')
    discord.admin.rename(channel, 'renamed')
    expect(discord.state.channelNamed('renamed')?.parentId).toBe(cases.id)
    discord.admin.deleteChannel('cases')
    expect(discord.state.channelNamed('renamed')?.parentId).toBeUndefined()
    discord.admin.deleteChannel('renamed')
    expect(discord.state.channels.has(channel)).toBe(false)
  })

  it('deletes and unpins the bot’s messages', async () => {
    const id = String(at(await api(discord, `POST /channels/${channel}/messages`, { content: 'x' }), 'id'))
    await api(discord, `PUT /channels/${channel}/messages/pins/${id}`)
    discord.admin.unpin(id)
    expect(discord.state.messagesIn(channel)[0]?.pinned).toBe(false)
    discord.admin.deleteMessage(id)
    expect(discord.state.messagesIn(channel)).toEqual([])
  })

  // https://docs.discord.com/developers/topics/permissions#role-object
  it('makes a managed role, which no bot can assign', async () => {
    discord.admin.botPosition(9)
    discord.admin.createRole({ id: '3002', name: 'boosters', managed: true })
    expect(at(await api(discord, `GET /guilds/${GUILD}/roles/3002`), 'managed')).toBe(true)
    const given = await api(discord, `PUT /guilds/${GUILD}/members/${BEN}/roles/3002`)
    expect(refusal(given)).toEqual([403, 50_013])
  })

  it('moves the role of the bot below another role', async () => {
    const give = () => api(discord, `PUT /guilds/${GUILD}/members/${BEN}/roles/${SECURITY}`)
    discord.admin.botPosition(0)
    expect(refusal(await give())).toEqual([403, 50013])
    discord.admin.botPosition(9)
    expect((await give()).status).toBe(204)
  })

  it('ignores a change of something that does not exist', () => {
    const { admin } = discord
    for (const act of [
      () => admin.deleteChannel('nowhere'),
      () => admin.giveRole('4711', SECURITY),
      () => admin.giveRole(BEN, '4711'),
      () => admin.deleteMessage('4711'),
      () => admin.unpin('4711'),
    ]) {
      expect(act).toThrow(NotPossible)
    }
  })
})

describe('a bot that nobody has invited yet', () => {
  it('is in no guild until somebody invites it', async () => {
    await using fresh = await startTestDiscord({ bot: { isInstalled: false, permissions: ['VIEW_CHANNEL'] } })
    expect((await api(fresh, 'GET /users/@me/guilds')).body).toEqual([])
    fresh.admin.inviteBot()
    expect(at(await api(fresh, 'GET /users/@me/guilds'), 0, 'id')).toBe(GUILD)
    expect(refusal(await api(fresh, `POST /guilds/${GUILD}/channels`, { name: 'x' }))).toEqual([403, 50013])
  })
})
