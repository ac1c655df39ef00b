import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordEmulator } from '@embargo/emulator-discord'
import { createDiscordPlatform, discordRest } from '../../src/index.ts'
import { ending } from '../on-discord.ts'
import { effect, GUILD, policy, recordingLog, server, TOKEN } from '../server.ts'

const ARCHIVE = '500000000000000001'
const archived = (at: number) => `6000000000000${String(at).padStart(5, '0')}`
const other = (at: number) => `7000000000000${String(at).padStart(5, '0')}`

/**
 * A server with an archive, filled up with other channels until it has `used` channels. The emulator's own `general` is
 * one of them.
 */
async function holding(used: number, archivedCount = 3): Promise<DiscordEmulator> {
  const list = <T>(count: number, one: (at: number) => T): readonly T[] =>
    Array.from({ length: count }, (_, at) => one(at))
  const channels = (others: number) => [
    { id: ARCHIVE, name: 'Embargo archive', kind: 'category' as const },
    ...list(archivedCount, (at) => ({ id: archived(at), name: `sec-2026-000${at + 1}`, parent: ARCHIVE })),
    ...list(others, (at) => ({ id: other(at), name: `talk-${at}` })),
  ]
  await using empty = await server({ channels: channels(0) })
  const there = empty.state.channels.size
  return server({ channels: channels(used - there) })
}

describe('a Discord server that gets full', () => {
  let discord: DiscordEmulator
  const kept = new Set<string>()
  const on = (to: DiscordEmulator) =>
    createDiscordPlatform({
      rest: discordRest({ token: TOKEN, apiUrl: to.apiUrl }),
      guild: GUILD,
      policy,
      log: recordingLog(),
      mayGo: (channel) => Promise.resolve(kept.has(channel)),
    })
  const request = (at = 1) =>
    ({ effect: effect(`e${at}/open-channel/discord`), name: `sec-2026-010${at}`, lookUp: false }) as const
  const has = (id: string): boolean => discord.state.channels.has(id)
  beforeEach(() => kept.clear())
  afterEach(() => discord.close())

  it('keeps every archived channel while it has room', async () => {
    discord = await holding(300)
    kept.add(archived(0))
    const platform = on(discord)
    await platform.openChannel(request())
    expect(has(archived(0))).toBe(true)
    expect(platform.room?.()).toEqual({ used: 301, most: 500 })
  })

  it('deletes, from 400 channels on, the oldest archived channel with a stored transcript for each new channel', async () => {
    discord = await holding(450)
    for (const at of [1, 2]) kept.add(archived(at))
    const platform = on(discord)
    await platform.openChannel(request(1))
    expect([0, 1, 2].map((at) => has(archived(at)))).toEqual([true, false, true])
    await platform.openChannel(request(2))
    expect([0, 1, 2].map((at) => has(archived(at)))).toEqual([true, false, false])
    expect(has(other(0))).toBe(true)
  })

  it('opens the next case even if it is full, if an archived channel may be deleted', async () => {
    discord = await holding(500)
    kept.add(archived(0))
    // The first channel also needs a category, so it is opened only when a second place is free.
    expect(await ending(on(discord).openChannel(request()))).toMatchObject({ noRoom: true })
    kept.add(archived(1))
    const made = await on(discord).openChannel({ ...request(), lookUp: true })
    expect(has(made.channel)).toBe(true)
    expect(discord.state.channels.size).toBe(500)
  })

  it('says exactly what to delete if no archived channel may be deleted, and opens the channel once somebody did', async () => {
    discord = await holding(500)
    const platform = on(discord)
    expect(await ending(platform.openChannel(request()))).toMatchObject({
      forAPerson: true,
      forAll: true,
      noRoom: true,
      message: expect.stringMatching(
        /500 channels.*: #sec-2026-0001, #sec-2026-0002, #sec-2026-0003\..* Embargo then continues/u,
      ),
    })
    expect(discord.state.channels.size).toBe(500)
    for (const name of ['talk-0', 'talk-1']) discord.admin.deleteChannel(name)
    expect(has((await platform.openChannel(request())).channel)).toBe(true)
  })

  it('finds the channel that an earlier attempt opened, even if the server is full by now', async () => {
    discord = await holding(498)
    const made = await on(discord).openChannel(request())
    expect(discord.state.channels.size).toBe(500)
    expect(await on(discord).openChannel({ ...request(), lookUp: true })).toEqual(made)
  })

  it('says to delete other channels if no archived channel of Embargo is left, and names no channel of the team', async () => {
    discord = await holding(500, 0)
    const { message } = await ending(on(discord).openChannel(request()))
    expect(message).toMatch(/No archived channel of Embargo is left/u)
    expect(message).not.toContain('talk-')
  })
})
