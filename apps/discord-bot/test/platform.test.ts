import { OutsideError } from '@embargo/engine'
import type { ChatPlatform } from '@embargo/engine'
import type { DiscordEmulator, DiscordFault } from '@embargo/testkit'
import { permissionBits } from '@embargo/testkit'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDiscordPlatform, discordRest } from '../src/index.ts'
import { card } from './cards.ts'
import { ANA, BEN, effect, EVE, GUILD, HELPERS, OWNER, person, policy, recordingLog, server, TOKEN } from './server.ts'

const THREADS = ['CREATE_PUBLIC_THREADS', 'CREATE_PRIVATE_THREADS', 'SEND_MESSAGES_IN_THREADS'] as const

/** How a call ended, for comparing. */
const ending = async (call: Promise<unknown>): Promise<OutsideError> => {
  const error = await call.then(
    () => undefined,
    (why: unknown) => why,
  )
  if (error instanceof OutsideError) return error
  throw new Error('the call did not end with an OutsideError', { cause: error })
}

describe('Discord as a chat platform', () => {
  let discord: DiscordEmulator
  let platform: ChatPlatform
  const log = recordingLog()

  const connect = (to: DiscordEmulator, token = TOKEN): ChatPlatform =>
    createDiscordPlatform({ rest: discordRest({ token, apiUrl: to.apiUrl }), guild: GUILD, policy, log })

  beforeEach(async () => {
    discord = await server()
    platform = connect(discord)
  })
  afterEach(() => discord.close())

  const open = (more: Partial<Parameters<ChatPlatform['openChannel']>[0]> = {}) =>
    platform.openChannel({ effect: effect('e1/open-channel/discord'), name: 'SEC-2026-0042', lookUp: false, ...more })
  const post = (channel: string, more: Partial<Parameters<ChatPlatform['post']>[0]> = {}) =>
    platform.post({ effect: effect('e2/post/discord'), channel, card: card(), pin: false, lookUp: false, ...more })
  const channelsOf = () => [...discord.state.channels.values()]
  const calls = (method: string) => discord.state.requests.filter((each) => each.method === method)

  describe('opening a channel', () => {
    it('makes it private, in a hidden category, with a topic that says nothing of the case', async () => {
      const made = await open()
      const channel = discord.state.channels.get(made.channel)
      expect(made.name).toBe('sec-2026-0042')
      expect(channel?.topic).toMatch(/^Embargo: what is said here stays here · ref [0-9a-f]{16}$/)
      expect(discord.state.channels.get(channel?.parentId ?? '')).toMatchObject({ kind: 'category', name: 'Embargo' })
      expect(new Set(discord.state.viewersOf(made.channel))).toEqual(new Set([discord.botUserId, OWNER]))
      expect(discord.person(EVE).channels.map(({ name }) => name)).toEqual(['general'])
    })

    it('sends who may see it with its making, and reads it back', async () => {
      const made = await open()
      expect(calls('create_guild_channel').at(-1)?.args).toMatchObject({
        permission_overwrites: [
          { id: GUILD, type: 0, allow: '0', deny: String(permissionBits(['VIEW_CHANNEL', ...THREADS])) },
          { id: discord.botUserId, type: 1, deny: '0' },
        ],
      })
      expect(calls('get_channel').map(({ path }) => path)).toEqual([expect.stringContaining(made.channel)])
    })

    it('finds its own again when the answer was lost', async () => {
      await open()
      discord.faults.next('create_guild_channel', { kind: 'lose-answer' })
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
      discord.faults.next('get_channel', { kind: 'status', status: 502 })
      const second = { effect: effect('e7/open-channel/discord'), name: 'sec-2026-0043' }
      expect((await ending(open(second))).code).toBe('unknown')
      await open({ ...second, lookUp: true })
      expect(channelsOf().filter(({ name }) => name === 'sec-2026-0043')).toHaveLength(1)
    })

    describe('that it finds again by its mark', () => {
      const second = { effect: effect('e7/open-channel/discord'), name: 'sec-2026-0043' }
      const topicOf = (channel: string) => discord.state.channels.get(channel)?.topic ?? ''

      it('uses no channel of somebody else that everybody can see, though the mark stands in it', async () => {
        const first = await open(second)
        await post(first.channel)
        const copy = discord.admin.createChannel({ name: 'lobby', topic: topicOf(first.channel) }).id
        discord.person(OWNER).say(copy, 'hello')
        discord.admin.deleteChannel(first.channel)
        const found = await open({ ...second, lookUp: true })
        expect(discord.state.viewersOf(found.channel)).not.toContain(EVE)
        expect(discord.state.messagesIn(copy)).toHaveLength(1)
      })

      it('uses the one that is closed where there are several', async () => {
        const first = await open(second)
        const copy = discord.admin.createChannel({ name: 'lobby', topic: topicOf(first.channel) }).id
        discord.person(OWNER).say(copy, 'hello')
        discord.admin.deleteChannel(first.channel)
        const closed = await open(second)
        expect(await open({ ...second, lookUp: true })).toEqual(closed)
      })

      it('takes away the one that came out open and could not be deleted then, and opens another', async () => {
        const first = await open(second)
        discord.admin.expose(first.channel)
        const found = await open({ ...second, lookUp: true })
        expect(found.channel).not.toBe(first.channel)
        expect(discord.state.channels.has(first.channel)).toBe(false)
        expect(discord.state.viewersOf(found.channel)).not.toContain(EVE)
      })

      it('takes away one that another bot let somebody into before anything was said', async () => {
        const first = await open(second)
        discord.admin.setOverwrite(first.channel, { id: EVE, type: 'member', allow: ['VIEW_CHANNEL'] })
        const found = await open({ ...second, lookUp: true })
        expect(discord.state.channels.has(first.channel)).toBe(false)
        expect(discord.state.viewersOf(found.channel)).not.toContain(EVE)
      })
    })

    it('opens the next category when Discord refuses another channel in this one', async () => {
      await using small = await server({ categoryRefusesFrom: 2 })
      platform = connect(small)
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

    it('leaves a category that everybody can see alone', async () => {
      await using seen = await server({ channels: [{ id: '500000000000000001', name: 'Embargo', kind: 'category' }] })
      platform = connect(seen)
      const made = await open()
      const parent = seen.state.channels.get(made.channel)?.parentId
      expect(seen.state.channels.get(parent ?? '')?.name).toBe('Embargo 2')
    })

    it('makes another when somebody deleted the category', async () => {
      await open()
      discord.admin.deleteChannel('Embargo')
      await open({ effect: effect('e9/open-channel/discord'), name: 'sec-2026-0043' })
      expect(discord.state.categoryNamed('Embargo')).toBeDefined()
    })

    it('says what to do when the server is full', async () => {
      discord.faults.next('create_guild_channel', { kind: 'error', error: 'channelsFull' })
      expect(await ending(open())).toMatchObject({ code: 'refused', message: expect.stringContaining('500 channels') })
    })
  })

  describe('inviting and removing', () => {
    it('lets in everybody who has an account, and takes them out', async () => {
      const { channel } = await open()
      const people = [person('ana'), person('ben'), person('kim'), person('nobody')]
      await platform.invite({ channel, people })
      await platform.invite({ channel, people })
      expect(new Set(discord.state.viewersOf(channel))).toEqual(new Set([ANA, BEN, OWNER, discord.botUserId]))
      discord.person(ANA).say(channel, 'hello')
      await platform.remove({ channel, people: [person('ben')] })
      expect(discord.state.viewersOf(channel)).not.toContain(BEN)
    })

    it('lets nobody begin a thread, or write in one, whatever their roles allow', async () => {
      const { channel } = await open()
      await platform.invite({ channel, people: [person('ana')] })
      discord.admin.changeRole(HELPERS, { permissions: [...THREADS] })
      discord.admin.giveRole(ANA, HELPERS)
      discord.admin.setOverwrite(channel, { id: HELPERS, type: 'role', allow: [...THREADS] })
      const ana = discord.person(ANA)
      const asked = ana.say(channel, 'shall we talk?')
      expect(() => ana.startThread(channel, 'aside')).toThrow('lacks CREATE_PUBLIC_THREADS')
      expect(() => ana.startThread(channel, 'aside', { isPrivate: true })).toThrow('lacks CREATE_PRIVATE_THREADS')
      expect(() => ana.startThread(channel, 'aside', { about: asked.id })).toThrow('lacks CREATE_PUBLIC_THREADS')
      const { id } = discord.person(OWNER).startThread(channel, 'what only the owner can')
      expect(() => ana.say(id, 'unseen')).toThrow('lacks SEND_MESSAGES')
    })

    it('lets in the others when one is not in the server, and says so', async () => {
      await using without = await server({
        members: [
          { id: OWNER, username: 'owner' },
          { id: BEN, username: 'ben' },
        ],
      })
      platform = connect(without)
      const { channel } = await open()
      const error = await ending(platform.invite({ channel, people: [person('ana'), person('ben')] }))
      expect(error).toMatchObject({ code: 'refused', message: expect.stringContaining('1 of 2 people') })
      expect(without.state.viewersOf(channel)).toContain(BEN)
    })
  })

  describe('posting', () => {
    it('marks the message, pins it, calls nobody, and lets Discord fetch nothing', async () => {
      const { channel } = await open()
      const { message } = await post(channel, {
        pin: true,
        card: card({
          title: 'See https://evil.example @everyone',
          lines: [[{ text: `<@${ANA}> https://evil.example/a.png`, hostile: true }]],
        }),
      })
      const [posted] = discord.state.messagesIn(channel)
      expect(posted).toMatchObject({
        id: message,
        pinned: true,
        pings: { everyone: false, users: [], roles: [] },
        fetched: [],
        nonce: expect.stringMatching(/^[0-9a-f]{25}$/),
      })
      expect(posted?.embeds.at(-1)?.footer?.text).toMatch(/^ref [0-9a-f]{16}$/)
      expect(discord.state.notifications.map(({ text }) => text).filter((text) => text !== '')).toEqual([
        'SEC-2026-0042 · high',
      ])
    })

    it('does not post twice when the answer was lost, with or without a look-up', async () => {
      const { channel } = await open()
      discord.faults.next('create_message', { kind: 'lose-answer' })
      expect((await ending(post(channel))).code).toBe('unknown')
      const again = await post(channel)
      expect(await post(channel, { pin: true, lookUp: true })).toEqual(again)
      expect(discord.state.messagesIn(channel)).toMatchObject([{ id: again.message, pinned: true }])
    })

    it('posts when the look-up finds only marks of others, however far back it looks', async () => {
      const { channel } = await open()
      discord.person(OWNER).say(channel, 'something of ours')
      for (let count = 0; count < 3; count += 1) await post(channel, { effect: effect(`other${count}/post/discord`) })
      await post(channel, { lookUp: true })
      expect(discord.state.messagesIn(channel)).toHaveLength(5)
    })

    it('attaches the whole of what is cut, and takes it away again when it fits', async () => {
      const { channel } = await open()
      const text = 'a long report '.repeat(300)
      const { message } = await post(channel, { card: card({ kind: 'report', quote: { label: 'The report', text } }) })
      const [posted] = discord.state.messagesIn(channel)
      expect(
        posted?.attachments.map(({ filename, bytes }) => [filename, bytes.toString().includes(text.trim())]),
      ).toEqual([['report.txt', true]])
      await platform.update({ channel, message, card: card({ title: 'SEC-2026-0042 · ready' }) })
      expect(posted?.attachments).toEqual([])
      expect(posted && discord.render(posted)).toContain('SEC-2026-0042 · ready')
    })

    it('keeps the mark when it edits a card, also one that another process posted', async () => {
      const { channel } = await open()
      const { message } = await post(channel)
      const [posted] = discord.state.messagesIn(channel)
      const mark = posted?.embeds.at(-1)?.footer?.text
      for (const each of [platform, connect(discord)]) {
        await each.update({ channel, message, card: card({ title: 'SEC-2026-0042 · ready' }) })
        expect(posted?.embeds.at(-1)?.footer?.text).toBe(mark)
      }
      expect(calls('get_message')).toHaveLength(1)
      expect(await post(channel, { lookUp: true })).toEqual({ message })
    })

    it('reports doubt, not failure, when the message is there and the pin is not', async () => {
      const { channel } = await open()
      discord.faults.next('create_pin', { kind: 'status', status: 500 })
      expect((await ending(post(channel, { pin: true }))).code).toBe('unknown')
      await post(channel, { pin: true, lookUp: true })
      expect(discord.state.messagesIn(channel)).toMatchObject([{ pinned: true }])
    })

    it('is done without the pin when the channel has no room for another', async () => {
      const { channel } = await open()
      discord.faults.next('create_pin', { kind: 'error', error: 'pinsFull' })
      await post(channel, { pin: true })
      expect(discord.state.messagesIn(channel)).toHaveLength(1)
    })
  })

  describe('the end of a channel', () => {
    it('moves it to a hidden archive, where its people read and nobody writes', async () => {
      const { channel } = await open()
      await platform.invite({ channel, people: [person('ana')] })
      await post(channel)
      await platform.archiveChannel({ channel })
      await platform.archiveChannel({ channel })
      const archived = discord.state.channels.get(channel)
      expect(discord.state.channels.get(archived?.parentId ?? '')?.name).toBe('Embargo archive')
      expect(new Set(discord.state.viewersOf(channel))).toEqual(new Set([ANA, OWNER, discord.botUserId]))
      expect(() => discord.person(ANA).say(channel, 'one more thing')).toThrow('lacks SEND_MESSAGES')
      const [message] = discord.state.messagesIn(channel)
      await platform.update({ channel, message: message?.id ?? '', card: card({ title: 'Closed' }) })
    })

    it('is silent in every thread, also of a channel that was opened without a word about threads', async () => {
      const { channel } = await open()
      await platform.invite({ channel, people: [person('ana')] })
      discord.admin.setOverwrite(channel, { id: GUILD, type: 'role', deny: ['VIEW_CHANNEL'] })
      discord.admin.setOverwrite(channel, { id: ANA, type: 'member', allow: ['VIEW_CHANNEL', 'SEND_MESSAGES'] })
      const thread = discord.person(ANA).startThread(channel, 'aside')
      discord.person(ANA).say(thread.id, 'before')
      await platform.archiveChannel({ channel })
      expect(() => discord.person(ANA).say(thread.id, 'after')).toThrow('lacks SEND_MESSAGES')
      expect(() => discord.person(ANA).startThread(channel, 'another')).toThrow('lacks CREATE_PUBLIC_THREADS')
    })

    it('is made silent in threads where it was archived before threads were thought of', async () => {
      const { channel } = await open()
      await platform.invite({ channel, people: [person('ana')] })
      await platform.archiveChannel({ channel })
      discord.admin.setOverwrite(channel, {
        id: ANA,
        type: 'member',
        allow: ['VIEW_CHANNEL'],
        deny: ['SEND_MESSAGES', 'ATTACH_FILES'],
      })
      discord.admin.setOverwrite(channel, { id: GUILD, type: 'role', deny: ['VIEW_CHANNEL'] })
      const thread = discord.person(OWNER).startThread(channel, 'aside')
      discord.person(ANA).say(thread.id, 'still here')
      await platform.archiveChannel({ channel })
      expect(() => discord.person(ANA).say(thread.id, 'after')).toThrow('lacks SEND_MESSAGES')
    })

    it('has nothing to do when somebody deleted it', async () => {
      const { channel } = await open()
      discord.admin.deleteChannel(channel)
      await expect(platform.archiveChannel({ channel })).resolves.toBeUndefined()
    })

    it('keeps what was said, the oldest first', async () => {
      const { channel } = await open()
      await platform.invite({ channel, people: [person('ana')] })
      for (let count = 0; count < 120; count += 1) discord.person(ANA).say(channel, `line ${count}`)
      discord.person(ANA).say(channel, 'with a file', { files: [{ name: 'poc.txt', bytes: 'x' }] })
      await post(channel)
      const lines = await platform.transcript({ channel })
      expect(lines).toHaveLength(122)
      expect(lines[0]).toMatchObject({ author: 'ana', text: 'line 0', files: [] })
      expect(lines[120]).toMatchObject({ text: 'with a file', files: ['poc.txt'] })
      expect(lines[121]?.text).toContain('Ana acknowledged.')
    })
  })

  describe('when Discord does not do it', () => {
    const table: readonly (readonly [string, DiscordFault, Partial<OutsideError>])[] = [
      ['it asks to slow down', { kind: 'rate-limited', retryAfterSeconds: 12 }, { code: 'rate-limited' }],
      ['it breaks', { kind: 'status', status: 503 }, { code: 'unknown' }],
      ['the answer is lost', { kind: 'lose-answer' }, { code: 'unknown' }],
      [
        'the bot lacks a permission',
        { kind: 'error', error: 'missingPermissions' },
        { code: 'refused', gone: undefined },
      ],
      ['the channel was deleted', { kind: 'error', error: 'unknownChannel' }, { code: 'refused', gone: 'deleted' }],
      ['the bot was put out', { kind: 'error', error: 'missingAccess' }, { code: 'refused', gone: 'bot-removed' }],
    ]
    it.each(table)('%s', async (_what, fault, expected) => {
      const { channel } = await open()
      discord.faults.next('create_message', fault)
      const error = await ending(post(channel, { card: card({ title: 'plumbago' }) }))
      expect(error).toMatchObject(expected)
      expect(JSON.stringify([error, error.message, error.cause])).not.toContain('plumbago')
    })

    it('says how long it was asked to wait', async () => {
      const { channel } = await open()
      discord.faults.next('create_message', { kind: 'rate-limited', retryAfterSeconds: 12 })
      const error = await ending(post(channel))
      expect(error.retryAfterMs).toBeGreaterThanOrEqual(12_000)
      expect(error.forAll).toBe(false)
    })

    it('says that no other channel can be made before a wait is over', async () => {
      discord.faults.next('create_guild_channel', { kind: 'rate-limited', retryAfterSeconds: 12 })
      expect(await ending(open())).toMatchObject({ code: 'rate-limited', forAll: true })
    })

    it('waits a short while by itself', async () => {
      const { channel } = await open()
      discord.faults.next('create_message', { kind: 'rate-limited', retryAfterSeconds: 0.05 })
      await post(channel)
      expect(discord.state.messagesIn(channel)).toHaveLength(1)
    })

    it('tries once: the outbox repeats, and knows what is in doubt', async () => {
      const { channel } = await open()
      discord.faults.next('create_message', { kind: 'status', status: 500 }).times(5)
      await ending(post(channel))
      expect(calls('create_message')).toHaveLength(1)
    })

    it('never calls a failed look-up doubtful: nothing was written', async () => {
      const { channel } = await open()
      discord.faults.next('list_messages', { kind: 'lose-answer' })
      expect((await ending(post(channel, { lookUp: true }))).code).toBe('unreachable')
    })

    it('says that nothing was sent when nobody listens', async () => {
      const closed = await server()
      await closed.close()
      const error = await ending(connect(closed).update({ channel: '1', message: '2', card: card() }))
      expect(error.code).toBe('unreachable')
    })

    it('names the doctor for what is missing, and where a new token is, and never the token', async () => {
      discord.admin.botPermissions(['VIEW_CHANNEL', 'SEND_MESSAGES'])
      expect(await ending(open())).toMatchObject({
        code: 'refused',
        message: expect.stringContaining('embargo discord doctor'),
      })
      platform = connect(discord, 'wrong-secret')
      for (let time = 0; time < 2; time += 1) {
        const error = await ending(open())
        expect(error).toMatchObject({ code: 'refused', message: expect.stringContaining('Reset Token') })
        expect(JSON.stringify([error, error.message, log.lines])).not.toContain('wrong-secret')
      }
    })

    it('says that a message was deleted', async () => {
      const { channel } = await open()
      const { message } = await post(channel)
      discord.person(OWNER).remove(message)
      expect(await ending(platform.update({ channel, message, card: card() }))).toMatchObject({
        code: 'refused',
        message: expect.stringContaining('deleted in Discord'),
      })
    })
  })
})
