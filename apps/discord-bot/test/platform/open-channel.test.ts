import { permissionBits } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ending, onDiscord, THREADS } from '../on-discord.ts'
import type { OnDiscord } from '../on-discord.ts'
import { effect, EVE, GUILD, OWNER, person, server } from '../server.ts'

describe('a channel in Discord', () => {
  let on: OnDiscord
  beforeEach(async () => {
    on = await onDiscord()
  })
  afterEach(() => on.discord.close())

  const open: OnDiscord['open'] = (more) => on.open(more)
  const post: OnDiscord['post'] = (channel, more) => on.post(channel, more)
  const channelsOf = () => [...on.discord.state.channels.values()]
  const calls: OnDiscord['calls'] = (method) => on.calls(method)

  describe('opening a channel', () => {
    it('makes it private, in a hidden category, with a topic that says nothing of the case', async () => {
      const made = await open()
      const channel = on.discord.state.channels.get(made.channel)
      expect(made.name).toBe('sec-2026-0042')
      expect(channel?.topic).toMatch(/^Embargo: what is said here stays here · ref [0-9a-f]{16}$/)
      expect(on.discord.state.channels.get(channel?.parentId ?? '')).toMatchObject({
        kind: 'category',
        name: 'Embargo',
      })
      expect(new Set(on.discord.state.viewersOf(made.channel))).toEqual(new Set([on.discord.botUserId, OWNER]))
      expect(on.discord.person(EVE).channels.map(({ name }) => name)).toEqual(['general'])
    })

    it('sends the permissions when it creates the channel, and reads them back', async () => {
      const made = await open()
      expect(calls('create_guild_channel').at(-1)?.args).toMatchObject({
        permission_overwrites: [
          { id: GUILD, type: 0, allow: '0', deny: String(permissionBits(['VIEW_CHANNEL', ...THREADS])) },
          { id: on.discord.botUserId, type: 1, deny: '0' },
        ],
      })
      expect(calls('get_channel').map(({ path }) => path)).toEqual([expect.stringContaining(made.channel)])
    })

    it('finds the channel that it opened if the answer was lost', async () => {
      await open()
      on.discord.faults.next('create_guild_channel', { kind: 'lose-answer' })
      const second = { effect: effect('e7/open-channel/discord'), name: 'sec-2026-0043' }
      expect((await ending(open(second))).code).toBe('unknown')
      const found = await open({ ...second, lookUp: true })
      expect(
        channelsOf()
          .filter(({ name }) => name === 'sec-2026-0043')
          .map(({ id }) => id),
      ).toEqual([found.channel])
    })

    it('reports doubt, not failure, when the channel is there and could not be read back', async () => {
      await open()
      on.discord.faults.next('get_channel', { kind: 'status', status: 502 })
      const second = { effect: effect('e7/open-channel/discord'), name: 'sec-2026-0043' }
      expect((await ending(open(second))).code).toBe('unknown')
      await open({ ...second, lookUp: true })
      expect(channelsOf().filter(({ name }) => name === 'sec-2026-0043')).toHaveLength(1)
    })

    describe('that it finds again by its mark', () => {
      const second = { effect: effect('e7/open-channel/discord'), name: 'sec-2026-0043' }
      const topicOf = (channel: string) => on.discord.state.channels.get(channel)?.topic ?? ''

      it('uses no channel of somebody else that everybody can see, although its topic has the mark', async () => {
        const first = await open(second)
        await post(first.channel)
        const copy = on.discord.admin.createChannel({ name: 'lobby', topic: topicOf(first.channel) }).id
        on.discord.person(OWNER).say(copy, 'hello')
        on.discord.admin.deleteChannel(first.channel)
        const found = await open({ ...second, lookUp: true })
        expect(on.discord.state.viewersOf(found.channel)).not.toContain(EVE)
        expect(on.discord.state.messagesIn(copy)).toHaveLength(1)
      })

      it('uses the closed channel if there are several', async () => {
        const first = await open(second)
        const copy = on.discord.admin.createChannel({ name: 'lobby', topic: topicOf(first.channel) }).id
        on.discord.person(OWNER).say(copy, 'hello')
        on.discord.admin.deleteChannel(first.channel)
        const closed = await open(second)
        expect(await open({ ...second, lookUp: true })).toEqual(closed)
      })

      it('removes a channel that was created open and could not be deleted then, and opens another', async () => {
        const first = await open(second)
        on.discord.admin.expose(first.channel)
        const found = await open({ ...second, lookUp: true })
        expect(found.channel).not.toBe(first.channel)
        expect(on.discord.state.channels.has(first.channel)).toBe(false)
        expect(on.discord.state.viewersOf(found.channel)).not.toContain(EVE)
      })

      it('removes a channel into which another bot let somebody before anything was posted', async () => {
        const first = await open(second)
        on.discord.admin.setOverwrite(first.channel, { id: EVE, type: 'member', allow: ['VIEW_CHANNEL'] })
        const found = await open({ ...second, lookUp: true })
        expect(on.discord.state.channels.has(first.channel)).toBe(false)
        expect(on.discord.state.viewersOf(found.channel)).not.toContain(EVE)
      })
    })

    it('opens the next category when Discord refuses another channel in this one', async () => {
      await using small = await server({ categoryRefusesFrom: 2 })
      on.platform = on.connect(small)
      for (let count = 0; count < 5; count += 1)
        await open({ effect: effect(`e${count}/open-channel/discord`), name: `sec-2026-000${count}` })
      const categories = [...small.state.channels.values()].filter(({ kind }) => kind === 'category')
      expect(categories.map(({ name }) => name)).toEqual(['Embargo', 'Embargo 2', 'Embargo 3'])
      for (const { id } of categories) expect(small.state.viewersOf(id)).not.toContain(EVE)
    })

    it('makes one category when many cases open at once', async () => {
      await Promise.all(
        Array.from({ length: 12 }, (_, count) =>
          open({ effect: effect(`e${count}/open-channel/discord`), name: `sec-2026-01${count}` }),
        ),
      )
      expect(channelsOf().filter(({ kind }) => kind === 'category')).toHaveLength(1)
      expect(channelsOf().filter(({ name }) => name.startsWith('sec-'))).toHaveLength(12)
    })

    it('does not use a category that everybody can see', async () => {
      await using seen = await server({ channels: [{ id: '500000000000000001', name: 'Embargo', kind: 'category' }] })
      on.platform = on.connect(seen)
      const made = await open()
      const parent = seen.state.channels.get(made.channel)?.parentId
      expect(seen.state.channels.get(parent ?? '')?.name).toBe('Embargo 2')
    })

    it('makes another category if somebody deleted the first', async () => {
      await open()
      on.discord.admin.deleteChannel('Embargo')
      await open({ effect: effect('e9/open-channel/discord'), name: 'sec-2026-0043' })
      expect(on.discord.state.categoryNamed('Embargo')).toBeDefined()
    })

    it('says what to do when the server is full', async () => {
      on.discord.faults.next('create_guild_channel', { kind: 'error', error: 'channelsFull' })
      expect(await ending(open())).toMatchObject({
        code: 'refused',
        forAPerson: true,
        forAll: true,
        noRoom: true,
        message: expect.stringContaining('500 channels'),
      })
    })

    it('waits for the setting, and names it, if the server requires two-factor authentication', async () => {
      on.discord.admin.requireTwoFactor()
      on.discord.admin.ownerTwoFactor(false)
      const message = expect.stringContaining('the account that owns the application')
      const waits = { code: 'refused', forAPerson: true, message }
      // While the owner lacks two-factor authentication, no channel can be opened. An invitation that is refused for
      // the same reason delays its own channel only.
      expect(await ending(open())).toMatchObject({ ...waits, forAll: true, noRoom: true, retryAfterMs: 30_000 })
      on.discord.admin.ownerTwoFactor(true)
      const { channel } = await open()
      on.discord.admin.ownerTwoFactor(false)
      const invited = on.platform.invite({ channel, people: [person('ana')] })
      expect(await ending(invited)).toMatchObject({ ...waits, forAll: false, noRoom: false })
      await on.post(channel)
    })
  })
})
