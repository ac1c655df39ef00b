import type { Invocation, Reply } from '@embargo/chat'
import type { DiscordEmulator, DiscordFault } from '@embargo/emulator-discord'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordBot } from '../../src/index.ts'
import { startDiscordBot } from '../../src/index.ts'
import { card, refused } from '../cards.ts'
import {
  ANA,
  BEN,
  CASE,
  effect,
  EVE,
  GUILD,
  person,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  server,
  TOKEN,
} from '../server.ts'

const done = (more: Partial<Parameters<typeof card>[0]> = {}): Reply => ({
  audience: 'caller',
  card: card({ title: 'Done', ...more }),
})

describe('the Discord bot', () => {
  let discord: DiscordEmulator
  let bot: DiscordBot
  let opened = { channel: '', name: '' }
  let channel = ''
  let reply: (invocation: Invocation) => Reply | Promise<Reply>
  let log: ReturnType<typeof recordingLog>
  let router: ReturnType<typeof scriptedRouter>
  let engine: ReturnType<typeof scriptedEngine>

  const start = () =>
    startDiscordBot({ config: { token: TOKEN, guild: GUILD, apiUrl: discord.apiUrl }, policy, router, engine, log })

  beforeEach(async () => {
    reply = () => done()
    log = recordingLog()
    router = scriptedRouter((invocation) => reply(invocation))
    opened = { channel: '', name: '' }
    engine = scriptedEngine(() => opened)
    discord = await server()
    bot = await start()
    opened = await bot.platform.openChannel({
      effect: effect('e1/open-channel/discord'),
      name: 'SEC-2026-0042',
      lookUp: false,
    })
    channel = opened.channel
    await bot.platform.invite({ channel, people: [person('ana')] })
  })
  afterEach(async () => {
    await bot[Symbol.asyncDispose]()
    await discord.close()
  })

  const ana = () => discord.person(ANA)
  const seen = (messages: readonly Parameters<DiscordEmulator['render']>[0][]) =>
    messages.map((message) => discord.render(message))

  describe('a slash command', () => {
    it('becomes an invocation, with the person, the place and the options by their names', async () => {
      await (await ana().command('/assign-patch', { to: `<@${BEN}>`, branches: '4.2 main' }, channel)).shown()
      expect(router.heard).toEqual([
        {
          verb: 'assign-patch',
          input: { to: '@ben', branches: '4.2 main' },
          actor: { kind: 'person', platform: 'discord', account: ANA, person: 'ana' },
          place: { platform: 'discord', channel },
          deliveryId: expect.stringMatching(/^command:\d+$/),
          at: 1_800_000_000_000,
        },
      ])
    })

    it('can be used in the channel of a case where the server has commands off for everybody, also when it is archived', async () => {
      discord.admin.changeRole(GUILD, { permissions: ['VIEW_CHANNEL'] })
      expect((await (await ana().command('/ack', {}, channel)).shown()).ephemerals).toHaveLength(1)
      await bot.platform.archiveChannel({ channel })
      expect((await (await ana().command('/ack', {}, channel)).shown()).ephemerals).toHaveLength(1)
      await expect(ana().command('/ack', {}, 'general')).rejects.toThrow('lacks USE_APPLICATION_COMMANDS')
    })

    it('names a stranger by the account alone', async () => {
      await (await ana().command('/assign-patch', { to: `<@${EVE}>` }, channel)).shown()
      expect(router.heard[0]?.input).toEqual({ to: `<@${EVE}>` })
    })

    it('is acknowledged before anything is done, to the caller alone', async () => {
      const release = Promise.withResolvers<Reply>()
      reply = () => release.promise
      const outcome = await ana().command('/ack', {}, channel)
      expect(outcome).toMatchObject({ acknowledged: 'deferred-message', isThinking: true })
      release.resolve(done())
      await outcome.shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Done')])
      expect(discord.state.messagesIn(channel)).toEqual([])
    })

    it('names the case outside of its channel, and not something that only looks like one', async () => {
      await (await ana().command('/status', { case: 'sec-2026-0042' }, 'general')).shown()
      expect(router.heard[0]?.input).toEqual({ case: 'SEC-2026-0042' })
      const outcome = await (await ana().command('/status', { case: 'the big one' }, 'general')).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('That is no case')])
      expect(router.heard).toHaveLength(1)
    })

    it('answers the channel where chat says so', async () => {
      reply = () => ({ audience: 'channel', card: card({ title: 'For all' }) })
      await ana().command('/ack', {}, channel)
      const posted = await discord.until((state) => state.messagesIn(channel)[0])
      expect(seen([posted])).toEqual([expect.stringContaining('For all')])
      await discord.until(() => ana().ephemerals.length === 0)
    })

    it('shows a refusal to the caller alone', async () => {
      reply = () => refused({ title: 'Can’t do that yet' })
      const outcome = await (await ana().command('/ack', {}, channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Can’t do that yet')])
      expect(discord.state.messagesIn(channel)).toEqual([])
    })

    it('that arrives twice is handled and answered once', async () => {
      discord.faults.deliverTwice()
      const outcome = await (await ana().command('/ack', {}, channel)).shown()
      await bot[Symbol.asyncDispose]()
      expect(router.heard).toHaveLength(1)
      expect(outcome.ephemerals).toHaveLength(1)
    })

    it('that breaks says so, and the log keeps what was typed out', async () => {
      reply = () => {
        throw new Error('secretword')
      }
      const outcome = await (await ana().command('/ack', { note: 'secretword' }, channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('That did not work')])
      expect(log.lines.join('\n')).toMatch(/a slash command failed/)
      expect(log.lines.join('\n')).not.toContain('secretword')
    })

    it.each<DiscordFault>([{ kind: 'lose-answer' }, { kind: 'status', status: 500 }, { kind: 'lose-request' }])(
      'is handled once when its acknowledgement meets %j',
      async (fault) => {
        discord.faults.next('create_interaction_response', fault)
        const outcome = await (await ana().command('/ack', {}, channel)).shown()
        expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Done')])
        expect(router.heard).toHaveLength(1)
      },
    )

    it('has the whole of a long answer attached', async () => {
      reply = () => done({ kind: 'mail', quote: { label: 'Your mail', text: 'word '.repeat(900) } })
      const outcome = await (await ana().command('/ack', {}, channel)).shown()
      expect(outcome.ephemerals[0]?.attachments.map(({ filename }) => filename)).toEqual(['mail.txt'])
    })

    it.each<DiscordFault>([{ kind: 'lose-answer' }, { kind: 'status', status: 500 }, { kind: 'lose-request' }])(
      'is answered once when its answer meets %j',
      async (fault) => {
        discord.faults.next('update_original_webhook_message', fault)
        const outcome = await ana().command('/ack', {}, channel)
        const answers = () =>
          discord.state.requests.filter(({ method }) => method === 'update_original_webhook_message')
        await discord.until(() => answers().length === 2 && answers().every((each) => each.outcome !== 'running'))
        await bot[Symbol.asyncDispose]()
        expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Done')])
      },
    )

    it('is answered anew where the answer cannot be edited', async () => {
      discord.faults.next('update_original_webhook_message', { kind: 'error', error: 'unknownMessage' })
      const outcome = await (await ana().command('/ack', {}, channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Done')])
    })

    it.each<DiscordFault>([
      { kind: 'rate-limited', retryAfterSeconds: 1.2, global: true },
      { kind: 'banned', ms: 300 },
    ])('is answered when Discord takes nothing for a while: %j', async (fault) => {
      discord.faults.next('update_original_webhook_message', fault)
      const outcome = await (await ana().command('/ack', {}, channel)).shown(20_000)
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Done')])
    })

    it('brings what was attached, taken at once', async () => {
      await (await ana().command('/patch', { 'patch-file': { name: 'fix.patch', bytes: 'diff' } }, channel)).shown()
      expect(router.heard[0]?.files).toEqual([
        { option: 'patchFile', name: 'fix.patch', type: expect.any(String), bytes: Buffer.from('diff') },
      ])
    })

    it('says that a file is too large instead of taking it', async () => {
      const file = { name: 'big.patch', bytes: 'x'.repeat(65) }
      const outcome = await (await ana().command('/patch', { 'patch-file': file }, channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('larger than 64 bytes')])
      expect(router.heard).toEqual([])
    })

    it('fetches none for who is refused anyway', async () => {
      router.refusal = refused({ title: 'That is not yours' })
      discord.linksLive(-1)
      const file = { name: 'fix.patch', bytes: 'diff' }
      const outcome = await (await ana().command('/patch', { 'patch-file': file }, channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('That is not yours')])
      expect(router.heard).toEqual([])
    })

    it('says that a file could not be fetched', async () => {
      discord.linksLive(-1)
      const outcome = await (
        await ana().command('/patch', { 'patch-file': { name: 'fix.patch', bytes: 'diff' } }, channel)
      ).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('could not be fetched')])
    })

    it('suggests what chat knows while somebody types', async () => {
      router.choices = [{ value: '@ben', label: 'Ben Example' }]
      const typing = await ana().autocomplete('/assign-patch', { option: 'to', text: 'be' }, channel, {
        branches: 'main',
      })
      expect(typing.choices).toEqual([{ name: 'Ben Example', value: '@ben' }])
      expect(router.asked).toEqual([
        {
          verb: 'assign-patch',
          option: 'to',
          typed: 'be',
          actor: { kind: 'person', platform: 'discord', account: ANA, person: 'ana' },
          place: { platform: 'discord', channel },
          values: { branches: 'main' },
        },
      ])
      await ana().autocomplete('/ack', { option: 'case', text: 'SEC' }, 'general')
      expect(router.asked[1]).toMatchObject({ verb: 'ack', option: 'case' })
    })
  })

  const posted = (more: Parameters<typeof card>[0]) =>
    bot.platform.post({ effect: effect('e2/post/discord'), channel, card: card(more), pin: false, lookUp: false })

  describe('a button', () => {
    it('is its verb with what it carries', async () => {
      const { message } = await posted({ actions: [{ label: 'Acknowledge', verb: 'ack', input: { report: 'r1' } }] })
      await (await ana().click(message, 'Acknowledge')).shown()
      expect(router.heard).toMatchObject([
        {
          verb: 'ack',
          input: { report: 'r1' },
          actor: { person: 'ana' },
          place: { channel },
          deliveryId: expect.stringMatching(/^action:/),
        },
      ])
      expect(discord.state.messagesIn(channel)).toHaveLength(1)
    })

    it('that leads to a form opens it at once', async () => {
      const { message } = await posted({ actions: [{ label: 'Reply', verb: 'reply', input: {}, form: true }] })
      const outcome = await ana().click(message, 'Reply')
      expect(outcome.acknowledged).toBe('modal')
      expect(router.heard).toEqual([])
    })

    it('that asks first does nothing until it was confirmed', async () => {
      const { message } = await posted({
        actions: [
          { label: 'Spam', verb: 'triage', input: { disposition: 'spam' }, style: 'danger', confirm: 'Close as spam?' },
        ],
      })
      const question = await (await ana().click(message, 'Spam')).shown()
      expect(seen(question.ephemerals)).toEqual([expect.stringContaining('Close as spam?')])
      expect(router.heard).toEqual([])
      await ana().click(question.ephemerals[0]?.id ?? '', 'Spam')
      await discord.until(() => seen(ana().ephemerals).some((each) => each.includes('Done')))
      expect(router.heard).toMatchObject([{ verb: 'triage', input: { disposition: 'spam' } }])
    })

    it('that is one of several choices is an entry of a menu, and does what it would', async () => {
      const among = 'Which one?'
      const choice = (name: string) => ({ label: `Look at ${name}`, verb: 'approve', input: { approval: name }, among })
      reply = () => done({ actions: [choice('one'), choice('two')] })
      const asked = await (await ana().command('/status', {}, channel)).shown()
      reply = () => done({ title: 'What would leave' })
      const menu = asked.ephemerals[0]?.id ?? ''
      await ana().select(menu, among, ['Look at two'])
      await discord.until(() => seen(ana().ephemerals).some((each) => each.includes('What would leave')))
      expect(router.heard.slice(1)).toMatchObject([{ verb: 'approve', input: { approval: 'two' } }])
      // The answer took the place of the question, as with a button.
      expect(seen(ana().ephemerals)).toEqual([expect.stringContaining('What would leave')])
    })

    it('that leads to a form opens it from a menu too, and asks first where it should', async () => {
      const among = 'Which one?'
      const one = { label: 'Refuse one', verb: 'reply', input: {}, form: true, among }
      const { message } = await posted({
        actions: [one, { label: 'Refuse two', verb: 'ack', input: {}, confirm: 'Is it that?', among }],
      })
      expect((await ana().select(message, among, ['Refuse one'])).acknowledged).toBe('modal')
      ana().closeModal()
      const question = await (await ana().select(message, among, ['Refuse two'])).shown()
      expect(seen(question.ephemerals)).toEqual([expect.stringMatching(/Is it that\?[^]*\[ Refuse two \]/)])
      expect(router.heard).toEqual([])
    })

    it('carries more than Discord has room for, over a restart', async () => {
      const reason = 'Nobody maintains it any more. '.repeat(30).trim()
      const { message } = await posted({
        actions: [{ label: 'Publish', verb: 'ack', input: { case: 'SEC-2026-0042', reason } }],
      })
      await bot[Symbol.asyncDispose]()
      await discord.until((state) => state.connections === 0)
      bot = await start()
      await (await ana().click(message, 'Publish')).shown()
      expect(router.heard).toMatchObject([{ verb: 'ack', input: { case: 'SEC-2026-0042', reason } }])
      expect(JSON.stringify(discord.state.messagesIn(channel).map(({ components }) => components))).not.toContain(
        'Nobody',
      )
    })

    it('of a card for the caller alone is gone once it did its work, and stays when it was refused', async () => {
      reply = () => done({ title: 'Preview', actions: [{ label: 'Send', verb: 'reply', input: { blob: 'b1' } }] })
      const preview = await (await ana().command('/ack', {}, channel)).shown()
      const id = preview.ephemerals[0]?.id ?? ''
      reply = () => refused({ title: 'Not yet' })
      const refusal = await (await ana().click(id, 'Send')).shown()
      expect(seen(refusal.ephemerals)).toEqual([expect.stringContaining('Not yet')])
      reply = () => done({ title: 'Sent' })
      await ana().click(id, 'Send')
      await discord.until(() =>
        ana().ephemerals.some((each) => each.id === id && discord.render(each).includes('Sent')),
      )
      const [first, second] = router.heard.slice(1).map((each) => each.deliveryId)
      expect(first).toMatch(/^card:/)
      expect(second).not.toBe(first)
      await expect(ana().click(id, 'Send')).rejects.toThrow()
    })

    it.each([
      ['is refused', refused({ title: 'Not any more' }, 'fits-the-stage')],
      [
        'does nothing',
        {
          ...done({ title: 'Not any more' }),
          facts: { is: 'done', said: 'Ana did it before.', note: 'Ana did it before.', repeated: false },
        },
      ],
    ] as const)('older than the state %s, and the present state is shown', async (_what, answer) => {
      const { message } = await posted({ actions: [{ label: 'Acknowledge', verb: 'ack', input: { case: CASE } }] })
      reply = ({ verb }) => (verb === 'status' ? done({ title: 'SEC-2026-0042 · closed' }) : answer)
      const outcome = await ana().click(message, 'Acknowledge')
      await discord.until(() => outcome.ephemerals.length === 2)
      expect(seen(outcome.ephemerals)).toEqual([
        expect.stringContaining('Not any more'),
        expect.stringContaining('SEC-2026-0042 · closed'),
      ])
      expect(router.heard.map(({ verb, input }) => [verb, input])).toEqual([
        ['ack', { case: CASE }],
        ['status', { case: CASE }],
      ])
    })

    it('that somebody may not press shows no state', async () => {
      const { message } = await posted({ actions: [{ label: 'Acknowledge', verb: 'ack', input: {} }] })
      reply = () => refused({ title: 'Not yours' }, 'on-the-case')
      await (await ana().click(message, 'Acknowledge')).shown()
      await bot[Symbol.asyncDispose]()
      expect(router.heard).toHaveLength(1)
    })

    it('pressed twice in a hurry counts once', async () => {
      const { message } = await posted({ actions: [{ label: 'Acknowledge', verb: 'ack', input: {} }] })
      const release = Promise.withResolvers<Reply>()
      reply = () => release.promise
      const first = await ana().click(message, 'Acknowledge')
      void ana().click(message, 'Acknowledge')
      await discord.until(() => router.heard.length === 1)
      release.resolve(done())
      await first.shown()
      expect(router.heard).toHaveLength(1)
    })
  })

  it('registers its commands once, and again only when they changed', async () => {
    const registrations = () =>
      discord.state.requests.filter((each) => each.method === 'bulk_set_guild_application_commands').length
    expect(registrations()).toBe(1)
    await bot[Symbol.asyncDispose]()
    bot = await start()
    expect(registrations()).toBe(1)
  })
})
