import type { Policy } from '@embargo/core'
import type { OutsideError } from '@embargo/engine'
import type { DiscordEmulator, DiscordFault } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createDiscordPlatform, discordRest } from '../../src/index.ts'
import { card } from '../cards.ts'
import { ending, onDiscord, THREADS } from '../on-discord.ts'
import type { OnDiscord } from '../on-discord.ts'
import { ANA, BEN, effect, GUILD, HELPERS, OWNER, person, policy, server, TOKEN } from '../server.ts'

/** A role of the server whose members are on the team. */
const HELPING: Policy['groups'] = [{ platform: 'discord', group: HELPERS, role: 'team' }]

describe('Discord as a chat platform', () => {
  let on: OnDiscord
  beforeEach(async () => {
    on = await onDiscord()
  })
  afterEach(() => on.discord.close())

  const open: OnDiscord['open'] = (more) => on.open(more)
  const post: OnDiscord['post'] = (channel, more) => on.post(channel, more)
  const calls: OnDiscord['calls'] = (method) => on.calls(method)

  describe('who can read in a channel', () => {
    const ofTeam = { ...policy, policy: { ...policy.policy, groups: HELPING } }

    it.each([
      ['everybody', GUILD, policy, true],
      ['a role', HELPERS, policy, true],
      ['a role that makes people of the team', HELPERS, ofTeam, false],
    ] as const)('includes outsiders if the channel is open to %s', async (_whom, id, withPolicy, isOpen) => {
      const { channel } = await open()
      await on.platform.invite({ channel, people: [person('ana')] })
      const rest = discordRest({ token: TOKEN, apiUrl: on.discord.apiUrl })
      const platform = createDiscordPlatform({ rest, guild: GUILD, policy: withPolicy, log: on.log })
      const asked = () => platform.audience({ effect: effect('e1/open-channel/discord'), seen: [] })
      expect(await asked()).toEqual([{ channel, isOpen: false, accounts: [ANA] }])
      on.discord.admin.setOverwrite(channel, { id, type: 'role', allow: ['VIEW_CHANNEL'] })
      expect(await asked()).toEqual([{ channel, isOpen, accounts: [ANA] }])
    })
  })

  describe('a channel that is found again unless it is open', () => {
    const mine = { effect: effect('intake/channel/discord/1'), name: 'embargo-intake' }
    const again = { ...mine, lookUp: true, unlessOpen: true } as const
    const letIn = (channel: string) =>
      on.discord.admin.setOverwrite(channel, { id: HELPERS, type: 'role', allow: ['VIEW_CHANNEL'] })
    /** Opens a channel in which something has been posted. */
    const opened = async (): Promise<string> => {
      const { channel } = await open(again)
      await post(channel, { effect: effect(`e2/post/discord/${channel}`) })
      return channel
    }

    it('is not found, and not changed, if a role is let in that makes nobody a team member', async () => {
      const first = await opened()
      expect((await open(again)).channel).toBe(first)
      letIn(first)
      const second = await opened()
      expect(second).not.toBe(first)
      expect(on.discord.state.messagesIn(first)).toHaveLength(1)
      expect((await open(again)).channel).toBe(second)
    })

    it('is found although roles of the team can see it, and a case’s channel with any role', async () => {
      const first = await opened()
      letIn(first)
      expect((await open({ ...mine, lookUp: true })).channel).toBe(first)
      const rest = discordRest({ token: TOKEN, apiUrl: on.discord.apiUrl })
      const withTeam = { ...policy, policy: { ...policy.policy, groups: HELPING } }
      on.platform = createDiscordPlatform({ rest, guild: GUILD, policy: withTeam, log: on.log })
      expect((await open(again)).channel).toBe(first)
    })

    it('is not opened endlessly if another bot lets a role into each new channel', async () => {
      for (let count = 0; count < 3; count += 1) letIn(await opened())
      expect(await ending(open(again))).toMatchObject({
        code: 'refused',
        forAPerson: true,
        message: expect.stringContaining('another bot'),
      })
      expect([...on.discord.state.channels.values()].filter(({ name }) => name === mine.name)).toHaveLength(3)
    })
  })

  describe('inviting and removing', () => {
    it('lets in everybody who has an account, and takes them out', async () => {
      const { channel } = await open()
      const people = [person('ana'), person('ben'), person('kim'), person('nobody')]
      await on.platform.invite({ channel, people })
      await on.platform.invite({ channel, people })
      expect(new Set(on.discord.state.viewersOf(channel))).toEqual(new Set([ANA, BEN, OWNER, on.discord.botUserId]))
      on.discord.person(ANA).say(channel, 'hello')
      await on.platform.remove({ channel, people: [person('ben')] })
      expect(on.discord.state.viewersOf(channel)).not.toContain(BEN)
    })

    it('lets nobody begin a thread, or write in one, whatever their roles allow', async () => {
      const { channel } = await open()
      await on.platform.invite({ channel, people: [person('ana')] })
      on.discord.admin.changeRole(HELPERS, { permissions: [...THREADS] })
      on.discord.admin.giveRole(ANA, HELPERS)
      on.discord.admin.setOverwrite(channel, { id: HELPERS, type: 'role', allow: [...THREADS] })
      const ana = on.discord.person(ANA)
      const message = ana.say(channel, 'shall we talk?')
      expect(() => ana.startThread(channel, 'aside')).toThrow('lacks CREATE_PUBLIC_THREADS')
      expect(() => ana.startThread(channel, 'aside', { isPrivate: true })).toThrow('lacks CREATE_PRIVATE_THREADS')
      expect(() => ana.startThread(channel, 'aside', { about: message.id })).toThrow('lacks CREATE_PUBLIC_THREADS')
      const { id } = on.discord.person(OWNER).startThread(channel, 'what only the owner can')
      expect(() => ana.say(id, 'unseen')).toThrow('lacks SEND_MESSAGES')
    })

    it('lets in the others if one person is not in the server, and says so', async () => {
      await using without = await server({
        members: [
          { id: OWNER, username: 'owner' },
          { id: BEN, username: 'ben' },
        ],
      })
      on.platform = on.connect(without)
      const { channel } = await open()
      const error = await ending(on.platform.invite({ channel, people: [person('ana'), person('ben')] }))
      expect(error).toMatchObject({ code: 'refused', message: expect.stringContaining('1 of 2 people') })
      expect(without.state.viewersOf(channel)).toContain(BEN)
    })
  })

  describe('inviting more than Discord takes at once', () => {
    const SECONDS_10 = 10_000
    const accounts = Array.from({ length: 23 }, (_, nth) => `1000000000000010${String(nth).padStart(2, '0')}`)
    let now = 0
    let discord: DiscordEmulator
    beforeEach(async () => {
      discord = await server({
        members: [{ id: OWNER, username: 'owner' }, ...accounts.map((id) => ({ id, username: `u${id}` }))],
        limits: { speed: 1 },
        monotonic: () => now,
      })
      on.platform = connect()
    })
    afterEach(() => discord.close())
    /**
     * Makes a new platform, as in another process. On the old platform, discord.js would delay calls after a rate
     * limit.
     */
    const connect = () =>
      createDiscordPlatform({
        rest: discordRest({ token: TOKEN, apiUrl: discord.apiUrl }),
        guild: GUILD,
        policy,
        log: on.log,
        accountsOf: () => accounts,
      })
    const inside = (channel: string) => accounts.filter((id) => discord.state.viewersOf(channel).includes(id)).length

    it('continues where Discord asked it to wait, and removes them in the same way', async () => {
      const { channel } = await open()
      const whom = { channel, people: [person('ana')] }
      const seen: number[] = []
      for (const tried of [connect(), connect()]) {
        await expect(tried.invite(whom)).rejects.toMatchObject({ code: 'rate-limited' })
        seen.push(inside(channel))
        now += SECONDS_10
      }
      await connect().invite(whom)
      expect([...seen, inside(channel)]).toEqual([10, 20, 23])
      const left: number[] = []
      for (const tried of [connect(), connect()]) {
        now += SECONDS_10
        await expect(tried.remove(whom)).rejects.toMatchObject({ code: 'rate-limited' })
        left.push(inside(channel))
      }
      now += SECONDS_10
      await connect().remove(whom)
      expect([...left, inside(channel)]).toEqual([13, 3, 0])
    })

    it('restores the permissions of a person who is in the channel if somebody took some away', async () => {
      const { channel } = await open()
      discord.admin.setOverwrite(channel, { id: accounts[0] ?? '', type: 'member', allow: ['VIEW_CHANNEL'] })
      await expect(connect().invite({ channel, people: [person('ana')] })).rejects.toMatchObject({
        code: 'rate-limited',
      })
      const { overwrites = [] } = discord.state.channels.get(channel) ?? {}
      const allowed = new Set(overwrites.filter(({ id }) => accounts.includes(id)).map(({ allow }) => allow))
      expect(allowed.size).toBe(1)
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
      const [posted] = on.discord.state.messagesIn(channel)
      expect(posted).toMatchObject({
        id: message,
        pinned: true,
        pings: { everyone: false, users: [], roles: [] },
        fetched: [],
        nonce: expect.stringMatching(/^[0-9a-f]{25}$/),
      })
      expect(posted?.embeds.at(-1)?.footer?.text).toMatch(/^ref [0-9a-f]{16}$/)
      expect(on.discord.state.notifications.map(({ text }) => text).filter((text) => text !== '')).toEqual([
        'SEC-2026-0042 · high',
      ])
    })

    it('does not post twice when the answer was lost, with or without a look-up', async () => {
      const { channel } = await open()
      on.discord.faults.next('create_message', { kind: 'lose-answer' })
      expect((await ending(post(channel))).code).toBe('unknown')
      const again = await post(channel)
      expect(await post(channel, { pin: true, lookUp: true })).toEqual(again)
      expect(on.discord.state.messagesIn(channel)).toMatchObject([{ id: again.message, pinned: true }])
    })

    it('posts when the look-up finds only marks of others, however far back it looks', async () => {
      const { channel } = await open()
      on.discord.person(OWNER).say(channel, 'something of ours')
      for (let count = 0; count < 3; count += 1) await post(channel, { effect: effect(`other${count}/post/discord`) })
      await post(channel, { lookUp: true })
      expect(on.discord.state.messagesIn(channel)).toHaveLength(5)
    })

    it('attaches the whole text if it is cut, and removes the file again when the text fits', async () => {
      const { channel } = await open()
      const text = 'a long report '.repeat(300)
      const { message } = await post(channel, { card: card({ kind: 'report', quote: { label: 'The report', text } }) })
      const [posted] = on.discord.state.messagesIn(channel)
      expect(
        posted?.attachments.map(({ filename, bytes }) => [filename, bytes.toString().includes(text.trim())]),
      ).toEqual([['report.txt', true]])
      await on.platform.update({ channel, message, card: card({ title: 'SEC-2026-0042 · ready' }) })
      expect(posted?.attachments).toEqual([])
      expect(posted && on.discord.render(posted)).toContain('SEC-2026-0042 · ready')
    })

    it('keeps the mark when it edits a card, also one that another process posted', async () => {
      const { channel } = await open()
      const { message } = await post(channel)
      const [posted] = on.discord.state.messagesIn(channel)
      const mark = posted?.embeds.at(-1)?.footer?.text
      for (const each of [on.platform, on.connect(on.discord)]) {
        await each.update({ channel, message, card: card({ title: 'SEC-2026-0042 · ready' }) })
        expect(posted?.embeds.at(-1)?.footer?.text).toBe(mark)
      }
      expect(calls('get_message')).toHaveLength(1)
      expect(await post(channel, { lookUp: true })).toEqual({ message })
    })

    it('reports doubt, not failure, when the message is there and the pin is not', async () => {
      const { channel } = await open()
      on.discord.faults.next('create_pin', { kind: 'status', status: 500 })
      expect((await ending(post(channel, { pin: true }))).code).toBe('unknown')
      await post(channel, { pin: true, lookUp: true })
      expect(on.discord.state.messagesIn(channel)).toMatchObject([{ pinned: true }])
    })
  })

  describe('the end of a channel', () => {
    it('moves it to a hidden archive, where its members can read and nobody can write', async () => {
      const { channel } = await open()
      await on.platform.invite({ channel, people: [person('ana')] })
      await post(channel)
      await on.platform.archiveChannel({ channel })
      await on.platform.archiveChannel({ channel })
      const archived = on.discord.state.channels.get(channel)
      expect(on.discord.state.channels.get(archived?.parentId ?? '')?.name).toBe('Embargo archive')
      expect(new Set(on.discord.state.viewersOf(channel))).toEqual(new Set([ANA, OWNER, on.discord.botUserId]))
      expect(() => on.discord.person(ANA).say(channel, 'one more thing')).toThrow('lacks SEND_MESSAGES')
      const [message] = on.discord.state.messagesIn(channel)
      await on.platform.update({ channel, message: message?.id ?? '', card: card({ title: 'Closed' }) })
    })

    it('is silent in every thread, also of a channel that was opened without a word about threads', async () => {
      const { channel } = await open()
      await on.platform.invite({ channel, people: [person('ana')] })
      on.discord.admin.setOverwrite(channel, { id: GUILD, type: 'role', deny: ['VIEW_CHANNEL'] })
      on.discord.admin.setOverwrite(channel, { id: ANA, type: 'member', allow: ['VIEW_CHANNEL', 'SEND_MESSAGES'] })
      const thread = on.discord.person(ANA).startThread(channel, 'aside')
      on.discord.person(ANA).say(thread.id, 'before')
      await on.platform.archiveChannel({ channel })
      expect(() => on.discord.person(ANA).say(thread.id, 'after')).toThrow('lacks SEND_MESSAGES')
      expect(() => on.discord.person(ANA).startThread(channel, 'another')).toThrow('lacks CREATE_PUBLIC_THREADS')
    })

    it('denies threads even in a channel that an older version archived', async () => {
      const { channel } = await open()
      await on.platform.invite({ channel, people: [person('ana')] })
      await on.platform.archiveChannel({ channel })
      on.discord.admin.setOverwrite(channel, {
        id: ANA,
        type: 'member',
        allow: ['VIEW_CHANNEL'],
        deny: ['SEND_MESSAGES', 'ATTACH_FILES'],
      })
      on.discord.admin.setOverwrite(channel, { id: GUILD, type: 'role', deny: ['VIEW_CHANNEL'] })
      const thread = on.discord.person(OWNER).startThread(channel, 'aside')
      on.discord.person(ANA).say(thread.id, 'still here')
      await on.platform.archiveChannel({ channel })
      expect(() => on.discord.person(ANA).say(thread.id, 'after')).toThrow('lacks SEND_MESSAGES')
    })

    it('is archived after somebody of the case left the server, and no longer lets them in', async () => {
      const { channel } = await open()
      await on.platform.invite({ channel, people: [person('ana'), person('ben')] })
      on.discord.admin.leave(BEN)
      await on.platform.archiveChannel({ channel })
      expect(on.discord.state.channels.get(on.discord.state.channels.get(channel)?.parentId ?? '')?.name).toBe(
        'Embargo archive',
      )
      expect(() => on.discord.person(ANA).say(channel, 'one more thing')).toThrow('lacks SEND_MESSAGES')
      expect(on.discord.state.channels.get(channel)?.overwrites.map(({ id }) => id)).not.toContain(BEN)
    })

    it('is finished if somebody deleted it', async () => {
      const { channel } = await open()
      on.discord.admin.deleteChannel(channel)
      await expect(on.platform.archiveChannel({ channel })).resolves.toBeUndefined()
    })

    it('keeps what was forwarded, with its files, and what a poll asked', async () => {
      const { channel } = await open()
      await on.platform.invite({ channel, people: [person('ana')] })
      const ana = on.discord.person(ANA)
      const elsewhere = ana.say('general', 'It crashes here, too.', { files: [{ name: 'trace.txt', bytes: 'x' }] })
      ana.forward(elsewhere.id, channel)
      ana.poll(channel, 'Which day?', ['Tuesday', 'Thursday'])
      expect(await on.platform.transcript({ channel })).toMatchObject([
        { author: 'ana', text: 'Forwarded:\nIt crashes here, too.', files: ['trace.txt'] },
        { author: 'ana', text: 'Poll: Which day?\n- Tuesday\n- Thursday', files: [] },
      ])
    })

    it('keeps what was said, the oldest first', async () => {
      const { channel } = await open()
      await on.platform.invite({ channel, people: [person('ana')] })
      for (let count = 0; count < 120; count += 1) on.discord.person(ANA).say(channel, `line ${count}`)
      on.discord.person(ANA).say(channel, 'with a file', { files: [{ name: 'poc.txt', bytes: 'x' }] })
      await post(channel)
      const lines = await on.platform.transcript({ channel })
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
      on.discord.faults.next('create_message', fault)
      const error = await ending(post(channel, { card: card({ title: 'plumbago' }) }))
      expect(error).toMatchObject(expected)
      expect(JSON.stringify([error, error.message, error.cause])).not.toContain('plumbago')
    })

    it('says how long it was asked to wait', async () => {
      const { channel } = await open()
      on.discord.faults.next('create_message', { kind: 'rate-limited', retryAfterSeconds: 12 })
      const error = await ending(post(channel))
      expect(error.retryAfterMs).toBeGreaterThanOrEqual(12_000)
      expect(error.forAll).toBe(false)
    })

    it('says that no other channel can be made before a wait is over', async () => {
      on.discord.faults.next('create_guild_channel', { kind: 'rate-limited', retryAfterSeconds: 12 })
      expect(await ending(open())).toMatchObject({ code: 'rate-limited', forAll: true })
    })

    it('waits for a short time and tries again', async () => {
      const { channel } = await open()
      on.discord.faults.next('create_message', { kind: 'rate-limited', retryAfterSeconds: 0.05 })
      await post(channel)
      expect(on.discord.state.messagesIn(channel)).toHaveLength(1)
    })

    it('tries once: the outbox repeats, and knows what is in doubt', async () => {
      const { channel } = await open()
      on.discord.faults.next('create_message', { kind: 'status', status: 500 }).times(5)
      expect(await ending(post(channel))).toMatchObject({ away: true })
      expect(calls('create_message')).toHaveLength(1)
    })

    it('never calls a failed look-up doubtful: nothing was written', async () => {
      const { channel } = await open()
      on.discord.faults.next('list_messages', { kind: 'lose-answer' })
      expect((await ending(post(channel, { lookUp: true }))).code).toBe('unreachable')
    })

    it('says that nothing was sent if Discord cannot be reached', async () => {
      const closed = await server()
      await closed.close()
      const error = await ending(on.connect(closed).update({ channel: '1', message: '2', card: card() }))
      expect(error).toMatchObject({ code: 'unreachable', away: true })
    })

    it('names the doctor for what is missing, and where a new token is, and never the token', async () => {
      on.discord.admin.botPermissions(['VIEW_CHANNEL', 'SEND_MESSAGES'])
      expect(await ending(open())).toMatchObject({
        code: 'refused',
        message: expect.stringContaining('embargo doctor discord'),
      })
      on.platform = on.connect(on.discord, 'wrong-secret')
      for (let time = 0; time < 2; time += 1) {
        const error = await ending(open())
        const message: unknown = expect.stringContaining('Reset Token')
        expect(error).toMatchObject({ code: 'refused', away: true, message })
        expect(JSON.stringify([error, error.message, on.log.lines])).not.toContain('wrong-secret')
      }
    })

    it('says that a message was deleted', async () => {
      const { channel } = await open()
      const { message } = await post(channel)
      on.discord.person(OWNER).remove(message)
      expect(await ending(on.platform.update({ channel, message, card: card() }))).toMatchObject({
        code: 'refused',
        message: expect.stringContaining('deleted in Discord'),
      })
    })
  })
})
