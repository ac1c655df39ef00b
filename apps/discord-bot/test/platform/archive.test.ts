import { OutsideError } from '@embargo/engine'
import { PermissionFlagsBits } from 'discord.js'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDiscordPlatform, discordRest } from '../../src/index.ts'
import { OVERWRITES_MAX } from '../../src/limits.ts'
import { ending, onDiscord } from '../on-discord.ts'
import type { OnDiscord } from '../on-discord.ts'
import { EVE, GUILD, HELPERS, OWNER, policy, TOKEN } from '../server.ts'

const SECONDS_10 = 10_000
/** How many people's permissions fit into one call. @everyone and the bot take the other two entries. */
const IN_ONE_CALL = OVERWRITES_MAX - 2
const people = Array.from({ length: 105 }, (_, nth) => `100000000000001${String(nth).padStart(3, '0')}`)

describe('the end of a channel with many people', () => {
  let on: OnDiscord
  let channel: string
  let now = 0
  const start = async (speed?: number) => {
    on = await onDiscord({
      members: [OWNER, EVE, ...people].map((id) => ({ id, username: `u${id}` })),
      limits: speed === undefined ? 'off' : { speed },
      monotonic: () => now,
    })
    channel = (await on.open()).channel
  }
  const letIn = (count: number) => {
    for (const id of people.slice(0, count))
      on.discord.admin.setOverwrite(channel, {
        id,
        type: 'member',
        allow: ['VIEW_CHANNEL', 'READ_MESSAGE_HISTORY', 'SEND_MESSAGES'],
      })
  }
  const opened = () => on.discord.state.channels.get(channel)
  const category = () => on.discord.state.channels.get(opened()?.parentId ?? '')?.name
  const entries = () => opened()?.overwrites ?? []
  const writers = () =>
    entries().filter(({ id, deny }) => people.includes(id) && (deny & PermissionFlagsBits.SendMessages) === 0n).length
  const puts = () => on.calls('set_channel_permission_overwrite').length
  /**
   * Makes a new platform, as in a new process. On the old platform, discord.js would delay calls after a rate limit.
   */
  const restarted = () =>
    createDiscordPlatform({
      rest: discordRest({ token: TOKEN, apiUrl: on.discord.apiUrl }),
      guild: GUILD,
      policy,
      log: on.log,
    })

  /**
   * Repeats the call while it ends with `rate-limited`, as the engine's outbox does. The library makes at most fifty
   * calls a second.
   */
  const archive = async (): Promise<string> => {
    const once = (): Promise<string> =>
      restarted()
        .archiveChannel({ channel })
        .then(
          () => 'done',
          (why: unknown) => (why instanceof OutsideError ? why.code : String(why)),
        )
    let ended = await once()
    while (ended === 'rate-limited') ended = await once()
    return ended
  }

  beforeEach(() => start())
  afterEach(() => on.discord.close())

  it.each([
    [IN_ONE_CALL, 0],
    [IN_ONE_CALL + 1, IN_ONE_CALL + 1],
    [people.length, people.length],
  ])(
    'with %i people: the channel is silent and in the archive after %i calls that each change one person',
    async (count, calls) => {
      letIn(count)
      const readers = new Set(on.discord.state.viewersOf(channel))
      expect(await archive()).toBe('done')
      expect([category(), writers(), puts()]).toEqual(['Embargo archive', 0, calls])
      expect(new Set(on.discord.state.viewersOf(channel))).toEqual(readers)
      expect(() => on.discord.person(people[count - 1] ?? '').say(channel, 'more')).toThrow('lacks SEND_MESSAGES')
      expect(await archive()).toBe('done')
      expect(puts()).toBe(calls)
    },
  )

  it('does not let in again a person who was removed meanwhile', async () => {
    letIn(people.length)
    const out = people[40] ?? expect.fail('nobody')
    const ended = archive()
    await on.discord.until(() => puts() > 5)
    await restarted().remove({ channel, people: [], accounts: [out] })
    expect(await ended).toBe('done')
    expect(on.discord.state.viewersOf(channel)).not.toContain(out)
    expect(category()).toBe('Embargo archive')
  })

  it('stays in its place until nobody can write in it, even if the program stops in between', async () => {
    letIn(people.length)
    on.discord.faults.next('update_channel', { kind: 'status', status: 503 })
    expect(await archive()).toBe('unknown')
    expect([category(), writers()]).toEqual(['Embargo', 0])
    expect(await archive()).toBe('done')
    expect([category(), puts()]).toEqual(['Embargo archive', people.length])
  })

  it('continues where Discord asked it to wait', async () => {
    await on.discord.close()
    await start(1)
    letIn(people.length)
    const readers = new Set(on.discord.state.viewersOf(channel))
    const left: number[] = []
    for (let waits = 0; waits < 10; waits += 1) {
      expect((await ending(restarted().archiveChannel({ channel }))).code).toBe('rate-limited')
      left.push(writers())
      expect(category()).toBe('Embargo')
      expect(new Set(on.discord.state.viewersOf(channel))).toEqual(readers)
      now += SECONDS_10
    }
    await restarted().archiveChannel({ channel })
    expect(left).toEqual([95, 85, 75, 65, 55, 45, 35, 25, 15, 5])
    expect([category(), writers()]).toEqual(['Embargo archive', 0])
  })

  it('no longer lets in somebody who left the server, a role, or everybody', async () => {
    letIn(people.length)
    on.discord.admin.leave(people[50] ?? '')
    on.discord.admin.setOverwrite(channel, { id: HELPERS, type: 'role', allow: ['VIEW_CHANNEL', 'SEND_MESSAGES'] })
    on.discord.admin.setOverwrite(channel, { id: GUILD, type: 'role' })
    on.discord.admin.setOverwrite(channel, { id: on.discord.botUserId, type: 'member', allow: ['VIEW_CHANNEL'] })
    expect(await archive()).toBe('done')
    expect([category(), writers(), entries().length]).toEqual(['Embargo archive', 0, people.length + 1])
    expect(on.discord.state.viewersOf(channel)).not.toContain(EVE)
    expect(entries().map(({ id }) => id)).not.toContain(HELPERS)
    expect(() => on.discord.person(people[0] ?? '').say(channel, 'more')).toThrow('lacks SEND_MESSAGES')
  })
})
