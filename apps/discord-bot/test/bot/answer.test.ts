import type { Reply } from '@embargo/chat'
import type { DiscordEmulator, DiscordFault } from '@embargo/emulator-discord'
import { describe, expect, it } from 'vitest'
import { bootDiscord, done } from '../boot-discord.ts'
import { card, refused } from '../cards.ts'
import { ANA, BEN, CASE, effect, EVE, GUILD } from '../server.ts'

describe('the Discord bot', () => {
  const on = bootDiscord()

  const seen = (messages: readonly Parameters<DiscordEmulator['render']>[0][]) =>
    messages.map((message) => on.discord.render(message))

  describe('a slash command', () => {
    it('becomes an invocation, with the person, the place and the options by their names', async () => {
      await (await on.ana().command('/assign-patch', { to: `<@${BEN}>`, branches: '4.2 main' }, on.channel)).shown()
      expect(on.router.heard).toEqual([
        {
          verb: 'assign-patch',
          input: { to: '@ben', branches: '4.2 main' },
          actor: { kind: 'person', platform: 'discord', account: ANA, person: 'ana' },
          place: { platform: 'discord', channel: on.channel },
          deliveryId: expect.stringMatching(/^command:\d+$/),
          at: 1_800_000_000_000,
        },
      ])
    })

    it('works in a case’s channel even if the server denies commands to everybody, or the channel is archived', async () => {
      on.discord.admin.changeRole(GUILD, { permissions: ['VIEW_CHANNEL'] })
      expect((await (await on.ana().command('/ack', {}, on.channel)).shown()).ephemerals).toHaveLength(1)
      await on.bot.platform.archiveChannel({ channel: on.channel })
      expect((await (await on.ana().command('/ack', {}, on.channel)).shown()).ephemerals).toHaveLength(1)
      await expect(on.ana().command('/ack', {}, 'general')).rejects.toThrow('lacks USE_APPLICATION_COMMANDS')
    })

    it('identifies a stranger only by the account', async () => {
      await (await on.ana().command('/assign-patch', { to: `<@${EVE}>` }, on.channel)).shown()
      expect(on.router.heard[0]?.input).toEqual({ to: `<@${EVE}>` })
    })

    it('is acknowledged before anything is done, visibly only to the caller', async () => {
      const release = Promise.withResolvers<Reply>()
      on.reply = () => release.promise
      const outcome = await on.ana().command('/ack', {}, on.channel)
      expect(outcome).toMatchObject({ acknowledged: 'deferred-message', isThinking: true })
      release.resolve(done())
      await outcome.shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Done')])
      expect(on.discord.state.messagesIn(on.channel)).toEqual([])
    })

    it('finds a case number typed outside the case’s channel, but not in text that only resembles a case number', async () => {
      await (await on.ana().command('/status', { case: 'sec-2026-0042' }, 'general')).shown()
      expect(on.router.heard[0]?.input).toEqual({ case: 'SEC-2026-0042' })
      const outcome = await (await on.ana().command('/status', { case: 'the big one' }, 'general')).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('That is no case')])
      expect(on.router.heard).toHaveLength(1)
    })

    it('answers in the channel if chat says so', async () => {
      on.reply = () => ({ audience: 'channel', card: card({ title: 'For all' }) })
      await on.ana().command('/ack', {}, on.channel)
      const posted = await on.discord.until((state) => state.messagesIn(on.channel)[0])
      expect(seen([posted])).toEqual([expect.stringContaining('For all')])
      await on.discord.until(() => on.ana().ephemerals.length === 0)
    })

    it('shows a refusal to the caller alone', async () => {
      on.reply = () => refused({ title: 'Can’t do that yet' })
      const outcome = await (await on.ana().command('/ack', {}, on.channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Can’t do that yet')])
      expect(on.discord.state.messagesIn(on.channel)).toEqual([])
    })

    it('is handled and answered once even if it arrives twice', async () => {
      on.discord.faults.deliverTwice()
      const outcome = await (await on.ana().command('/ack', {}, on.channel)).shown()
      await on.bot[Symbol.asyncDispose]()
      expect(on.router.heard).toHaveLength(1)
      expect(outcome.ephemerals).toHaveLength(1)
    })

    it('says that it failed, and the log does not contain what was typed', async () => {
      on.reply = () => {
        throw new Error('secretword')
      }
      const outcome = await (await on.ana().command('/ack', { note: 'secretword' }, on.channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('That did not work')])
      expect(on.log.lines.join('\n')).toMatch(/a slash command failed/)
      expect(on.log.lines.join('\n')).not.toContain('secretword')
    })

    it('attaches the files of a command, visible only to the caller', async () => {
      const bytes = new Uint8Array([0x50, 0x4b, 0x05, 0x06, 0xff, 0x00])
      on.reply = () => ({ ...done({ kind: 'mail' }), files: [{ name: 'mail-1.zip', bytes }] })
      const outcome = await (await on.ana().command('/ack', {}, on.channel)).shown()
      expect(outcome.ephemerals[0]?.attachments).toMatchObject([{ filename: 'mail-1.zip', bytes: Buffer.from(bytes) }])
    })

    it.each<DiscordFault>([{ kind: 'lose-answer' }, { kind: 'status', status: 500 }, { kind: 'lose-request' }])(
      'is handled once when its acknowledgement meets %j',
      async (fault) => {
        on.discord.faults.next('create_interaction_response', fault)
        const outcome = await (await on.ana().command('/ack', {}, on.channel)).shown()
        expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Done')])
        expect(on.router.heard).toHaveLength(1)
      },
    )

    it('attaches the full text of a long answer', async () => {
      on.reply = () => done({ kind: 'mail', quote: { label: 'Your mail', text: 'word '.repeat(900) } })
      const outcome = await (await on.ana().command('/ack', {}, on.channel)).shown()
      expect(outcome.ephemerals[0]?.attachments.map(({ filename }) => filename)).toEqual(['mail.txt'])
    })

    it.each<DiscordFault>([{ kind: 'lose-answer' }, { kind: 'status', status: 500 }, { kind: 'lose-request' }])(
      'is answered once when its answer meets %j',
      async (fault) => {
        on.discord.faults.next('update_original_webhook_message', fault)
        const outcome = await on.ana().command('/ack', {}, on.channel)
        const answers = () =>
          on.discord.state.requests.filter(({ method }) => method === 'update_original_webhook_message')
        await on.discord.until(() => answers().length === 2 && answers().every((each) => each.outcome !== 'running'))
        await on.bot[Symbol.asyncDispose]()
        expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Done')])
      },
    )

    it('gets a new answer if the first answer cannot be edited', async () => {
      on.discord.faults.next('update_original_webhook_message', { kind: 'error', error: 'unknownMessage' })
      const outcome = await (await on.ana().command('/ack', {}, on.channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Done')])
    })

    it.each<DiscordFault>([
      { kind: 'rate-limited', retryAfterSeconds: 1.2, global: true },
      { kind: 'banned', ms: 300 },
    ])('is answered even if Discord accepts nothing for a while: %j', async (fault) => {
      on.discord.faults.next('update_original_webhook_message', fault)
      const outcome = await (await on.ana().command('/ack', {}, on.channel)).shown(20_000)
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('Done')])
    })

    it('passes on the attached file, which is downloaded at once', async () => {
      await (
        await on.ana().command('/patch', { 'patch-file': { name: 'fix.patch', bytes: 'diff' } }, on.channel)
      ).shown()
      expect(on.router.heard[0]?.files).toEqual([
        { option: 'patchFile', name: 'fix.patch', type: expect.any(String), bytes: Buffer.from('diff') },
      ])
    })

    it('says that a file is too large instead of downloading it', async () => {
      const file = { name: 'big.patch', bytes: 'x'.repeat(65) }
      const outcome = await (await on.ana().command('/patch', { 'patch-file': file }, on.channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('larger than 64 bytes')])
      expect(on.router.heard).toEqual([])
    })

    it('fetches no file if the person may not use the command', async () => {
      on.router.refusal = refused({ title: 'That is not yours' })
      on.discord.linksLive(-1)
      const file = { name: 'fix.patch', bytes: 'diff' }
      const outcome = await (await on.ana().command('/patch', { 'patch-file': file }, on.channel)).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('That is not yours')])
      expect(on.router.heard).toEqual([])
    })

    it('says that a file could not be fetched', async () => {
      on.discord.linksLive(-1)
      const outcome = await (
        await on.ana().command('/patch', { 'patch-file': { name: 'fix.patch', bytes: 'diff' } }, on.channel)
      ).shown()
      expect(seen(outcome.ephemerals)).toEqual([expect.stringContaining('could not be downloaded')])
    })

    it('shows the suggestions of chat while somebody types', async () => {
      on.router.choices = [{ value: '@ben', label: 'Ben Example' }]
      const typing = await on.ana().autocomplete('/assign-patch', { option: 'to', text: 'be' }, on.channel, {
        branches: 'main',
      })
      expect(typing.choices).toEqual([{ name: 'Ben Example', value: '@ben' }])
      expect(on.router.asked).toEqual([
        {
          verb: 'assign-patch',
          option: 'to',
          typed: 'be',
          actor: { kind: 'person', platform: 'discord', account: ANA, person: 'ana' },
          place: { platform: 'discord', channel: on.channel },
          values: { branches: 'main' },
        },
      ])
      await on.ana().autocomplete('/ack', { option: 'case', text: 'SEC' }, 'general')
      expect(on.router.asked[1]).toMatchObject({ verb: 'ack', option: 'case' })
    })
  })

  const posted = (more: Parameters<typeof card>[0]) =>
    on.bot.platform.post({
      effect: effect('e2/post/discord'),
      channel: on.channel,
      card: card(more),
      pin: false,
      lookUp: false,
    })

  describe('a button', () => {
    it('sends its verb with the values that it carries', async () => {
      const { message } = await posted({ actions: [{ label: 'Acknowledge', verb: 'ack', input: { report: 'r1' } }] })
      await (await on.ana().click(message, 'Acknowledge')).shown()
      expect(on.router.heard).toMatchObject([
        {
          verb: 'ack',
          input: { report: 'r1' },
          actor: { person: 'ana' },
          place: { channel: on.channel },
          deliveryId: expect.stringMatching(/^action:/),
        },
      ])
      expect(on.discord.state.messagesIn(on.channel)).toHaveLength(1)
    })

    it('opens its form at once', async () => {
      const { message } = await posted({ actions: [{ label: 'Reply', verb: 'reply', input: {}, form: true }] })
      const outcome = await on.ana().click(message, 'Reply')
      expect(outcome.acknowledged).toBe('modal')
      expect(on.router.heard).toEqual([])
    })

    it('does nothing until the person confirms, if it asks for confirmation', async () => {
      const { message } = await posted({
        actions: [
          { label: 'Spam', verb: 'triage', input: { disposition: 'spam' }, style: 'danger', confirm: 'Close as spam?' },
        ],
      })
      const question = await (await on.ana().click(message, 'Spam')).shown()
      expect(seen(question.ephemerals)).toEqual([expect.stringContaining('Close as spam?')])
      expect(on.router.heard).toEqual([])
      await on.ana().click(question.ephemerals[0]?.id ?? '', 'Spam')
      await on.discord.until(() => seen(on.ana().ephemerals).some((each) => each.includes('Done')))
      expect(on.router.heard).toMatchObject([{ verb: 'triage', input: { disposition: 'spam' } }])
    })

    it('is an entry of a menu if it is one of several choices, and works in the same way', async () => {
      const among = 'Which one?'
      const choice = (name: string) => ({ label: `Look at ${name}`, verb: 'approve', input: { approval: name }, among })
      on.reply = () => done({ actions: [choice('one'), choice('two')] })
      const asked = await (await on.ana().command('/status', {}, on.channel)).shown()
      on.reply = () => done({ title: 'What would leave' })
      const menu = asked.ephemerals[0]?.id ?? ''
      await on.ana().select(menu, among, ['Look at two'])
      await on.discord.until(() => seen(on.ana().ephemerals).some((each) => each.includes('What would leave')))
      expect(on.router.heard.slice(1)).toMatchObject([{ verb: 'approve', input: { approval: 'two' } }])
      // The answer replaced the question, as it does after a pressed button.
      expect(seen(on.ana().ephemerals)).toEqual([expect.stringContaining('What would leave')])
    })

    it('opens its form from a menu, and asks for confirmation there if it must', async () => {
      const among = 'Which one?'
      const one = { label: 'Refuse one', verb: 'reply', input: {}, form: true, among }
      const { message } = await posted({
        actions: [one, { label: 'Refuse two', verb: 'ack', input: {}, confirm: 'Is it that?', among }],
      })
      expect((await on.ana().select(message, among, ['Refuse one'])).acknowledged).toBe('modal')
      on.ana().closeModal()
      const question = await (await on.ana().select(message, among, ['Refuse two'])).shown()
      expect(seen(question.ephemerals)).toEqual([expect.stringMatching(/Is it that\?[^]*\[ Refuse two \]/)])
      expect(on.router.heard).toEqual([])
    })

    it('keeps an input that is too long for Discord, even over a restart', async () => {
      const reason = 'Nobody maintains it any more. '.repeat(30).trim()
      const { message } = await posted({
        actions: [{ label: 'Publish', verb: 'ack', input: { case: 'SEC-2026-0042', reason } }],
      })
      await on.bot[Symbol.asyncDispose]()
      await on.discord.until((state) => state.connections === 0)
      await on.start()
      await (await on.ana().click(message, 'Publish')).shown()
      expect(on.router.heard).toMatchObject([{ verb: 'ack', input: { case: 'SEC-2026-0042', reason } }])
      expect(JSON.stringify(on.discord.state.messagesIn(on.channel).map(({ components }) => components))).not.toContain(
        'Nobody',
      )
    })

    it('disappears from a card for the caller alone once it has worked, and stays if it was refused', async () => {
      on.reply = () => done({ title: 'Preview', actions: [{ label: 'Send', verb: 'reply', input: { blob: 'b1' } }] })
      const preview = await (await on.ana().command('/ack', {}, on.channel)).shown()
      const id = preview.ephemerals[0]?.id ?? ''
      on.reply = () => refused({ title: 'Not yet' })
      const refusal = await (await on.ana().click(id, 'Send')).shown()
      expect(seen(refusal.ephemerals)).toEqual([expect.stringContaining('Not yet')])
      on.reply = () => done({ title: 'Sent' })
      await on.ana().click(id, 'Send')
      await on.discord.until(() =>
        on.ana().ephemerals.some((each) => each.id === id && on.discord.render(each).includes('Sent')),
      )
      const [first, second] = on.router.heard.slice(1).map((each) => each.deliveryId)
      expect(first).toMatch(/^card:/)
      expect(second).not.toBe(first)
      await expect(on.ana().click(id, 'Send')).rejects.toThrow()
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
      on.reply = ({ verb }) => (verb === 'status' ? done({ title: 'SEC-2026-0042 · closed' }) : answer)
      const outcome = await on.ana().click(message, 'Acknowledge')
      await on.discord.until(() => outcome.ephemerals.length === 2)
      expect(seen(outcome.ephemerals)).toEqual([
        expect.stringContaining('Not any more'),
        expect.stringContaining('SEC-2026-0042 · closed'),
      ])
      expect(on.router.heard.map(({ verb, input }) => [verb, input])).toEqual([
        ['ack', { case: CASE }],
        ['status', { case: CASE }],
      ])
    })

    it('shows no state to somebody who may not press it', async () => {
      const { message } = await posted({ actions: [{ label: 'Acknowledge', verb: 'ack', input: {} }] })
      on.reply = () => refused({ title: 'Not yours' }, 'on-the-case')
      await (await on.ana().click(message, 'Acknowledge')).shown()
      await on.bot[Symbol.asyncDispose]()
      expect(on.router.heard).toHaveLength(1)
    })

    it('is handled once if it is pressed twice in a hurry', async () => {
      const { message } = await posted({ actions: [{ label: 'Acknowledge', verb: 'ack', input: {} }] })
      const release = Promise.withResolvers<Reply>()
      on.reply = () => release.promise
      const first = await on.ana().click(message, 'Acknowledge')
      void on.ana().click(message, 'Acknowledge')
      await on.discord.until(() => on.router.heard.length === 1)
      release.resolve(done())
      await first.shown()
      expect(on.router.heard).toHaveLength(1)
    })
  })

  it('registers its commands once, and again only after they changed', async () => {
    const registrations = () =>
      on.discord.state.requests.filter((each) => each.method === 'bulk_set_guild_application_commands').length
    expect(registrations()).toBe(1)
    await on.bot[Symbol.asyncDispose]()
    await on.start()
    expect(registrations()).toBe(1)
  })
})
