import type { Reply } from '@embargo/chat'
import { describe, expect, it } from 'vitest'
import { bootSlack, done } from '../boot-slack.ts'
import { card, refused } from '../cards.ts'
import { ANA, BEN, CASE, effect, EVE } from '../workspace.ts'

describe('the Slack bot', () => {
  const on = bootSlack()

  describe('a slash command', () => {
    it('becomes an invocation, with the person, the place and the rest as it was typed', async () => {
      const outcome = await on.ana().command('/cvd', 'assign-patch @ben main <b> & "c"', on.channel)
      await outcome.shown()
      expect(on.router.heard).toEqual([
        {
          verb: 'cvd',
          input: 'assign-patch @ben main <b> & "c"',
          actor: { kind: 'person', platform: 'slack', account: ANA, person: 'ana' },
          place: { platform: 'slack', root: 'cvd', channel: on.channel },
          deliveryId: expect.stringMatching(/^command:/),
          at: 1_800_000_000_000,
        },
      ])
    })

    it('has short verbs, and the root alone when nothing is typed', async () => {
      await (await on.ana().command('/ack', 'mine', on.channel)).shown()
      await (await on.ana().command('/cvd', '  ', on.channel)).shown()
      expect(on.router.heard.map(({ verb, input }) => [verb, input])).toEqual([
        ['ack', 'mine'],
        ['cvd', ''],
      ])
    })

    it('names a mentioned member by the policy, and a stranger by the account alone', async () => {
      await (await on.ana().command('/cvd', 'assign-patch @ben @eve', on.channel)).shown()
      expect(on.router.heard[0]?.input).toBe(`assign-patch @ben <@${EVE}>`)
    })

    it('is acknowledged before anything is done', async () => {
      const release = Promise.withResolvers<Reply>()
      on.reply = () => release.promise
      const outcome = await on.ana().command('/ack', '', on.channel)
      expect(outcome.failure).toBeUndefined()
      expect(outcome.ephemerals).toEqual([])
      release.resolve(done())
      await outcome.shown()
    })

    it('answers the caller alone, outside case channels too', async () => {
      const outcome = await on.ana().command('/cvd', 'status', 'general')
      await outcome.shown()
      expect(outcome.ephemerals.map((each) => [each.user, on.slack.render(each)])).toEqual([
        [ANA, expect.stringContaining('Done')],
      ])
      expect(on.slack.state.messagesIn('C0GENERAL')).toEqual([])
    })

    it('answers in the channel if chat says so, and to the caller alone if the app may not post there', async () => {
      on.reply = () => ({ audience: 'channel', card: card({ title: 'For all' }) })
      await on.ana().command('/cvd', 'status', on.channel)
      const posted = await on.slack.until((state) => state.messagesIn(on.channel)[0])
      expect(posted).toMatchObject({ unfurlLinks: false, unfurlMedia: false })
      const outcome = await (await on.ana().command('/cvd', 'status', 'general')).shown()
      expect(outcome.responses).toMatchObject([{ kind: 'ephemeral' }])
    })

    it('puts an answer that is too long for one message into a file for the caller alone', async () => {
      const text = `begin ${'word '.repeat(4000)}end`
      on.reply = () => done({ kind: 'mail', quote: { label: 'Your mail', text } })
      await on.ana().command('/cvd', 'status', on.channel)
      const direct = () => [...on.slack.state.channels.values()].find(({ isDirect }) => isDirect)
      const rest = await on.slack.until(() => direct()?.messages.find(({ files }) => files.length > 0))
      const name = expect.stringMatching(/^mail-/)
      expect(on.slack.state.files.get(rest.files[0] ?? '')).toMatchObject({ name, channels: [direct()?.id] })
      expect(on.slack.state.files.get(rest.files[0] ?? '')?.content?.toString()).toContain(text)
      expect(direct()?.members).toContain(ANA)
      expect(on.slack.state.messagesIn(on.channel)).toEqual([])
    })

    it('gives the files of a command to the caller alone', async () => {
      const bytes = new Uint8Array([0x50, 0x4b, 0x05, 0x06, 0xff, 0x00])
      on.reply = () => ({ ...done({ kind: 'mail', title: 'Files' }), files: [{ name: 'mail-1.zip', bytes }] })
      await on.ana().command('/cvd', 'read files 1', on.channel)
      const direct = () => [...on.slack.state.channels.values()].find(({ isDirect }) => isDirect)
      const message = await on.slack.until(() => direct()?.messages.find(({ files }) => files.length > 0))
      const file = on.slack.state.files.get(message.files[0] ?? '')
      expect(file).toMatchObject({ name: 'mail-1.zip', channels: [direct()?.id] })
      expect(new Uint8Array(file?.content ?? [])).toEqual(bytes)
      expect(on.slack.state.messagesIn(on.channel)).toEqual([])
    })

    it('says so if the files of a command cannot be uploaded', async () => {
      on.slack.faults.next('files.getUploadURLExternal', { kind: 'error', error: 'file_uploads_disabled' })
      on.reply = () => ({ ...done({ title: 'Files' }), files: [{ name: 'mail-1.zip', bytes: new Uint8Array([1]) }] })
      await on.ana().command('/cvd', 'read files 1', on.channel)
      const direct = () => [...on.slack.state.channels.values()].find(({ isDirect }) => isDirect)
      const texts = () => direct()?.messages.map((each) => on.slack.render(each)) ?? []
      await on.slack.until(() => texts().length === 2 || undefined)
      expect(texts()[1]).toContain('embargo read mails <mail> --files ./evidence')
    })

    it('shows a refusal to the caller alone', async () => {
      on.reply = () => refused({ kind: 'refusal', title: 'Can’t do that yet' })
      const outcome = await (await on.ana().command('/ack', '', on.channel)).shown()
      expect(outcome.ephemerals.map((each) => on.slack.render(each))).toEqual([
        expect.stringContaining('Can’t do that yet'),
      ])
      expect(on.slack.state.messagesIn(on.channel)).toEqual([])
    })

    it('is handled and answered once even if it arrives twice', async () => {
      on.slack.faults.deliverTwice()
      const outcome = await (await on.ana().command('/ack', '', on.channel)).shown()
      await on.bot[Symbol.asyncDispose]()
      expect(on.router.heard).toHaveLength(1)
      expect(outcome.ephemerals).toHaveLength(1)
    })

    it('says that it failed, and the log does not contain what was typed', async () => {
      on.reply = () => {
        throw new Error('secretword')
      }
      const outcome = await (await on.ana().command('/cvd', 'ack secretword', on.channel)).shown()
      expect(outcome.ephemerals.map((each) => on.slack.render(each))).toEqual([
        expect.stringContaining('That did not work'),
      ])
      expect(on.log.lines.join('\n')).toMatch(/a slash command failed/)
      expect(on.log.lines.join('\n')).not.toContain('secretword')
    })

    it('is answered another way when the response URL fails', async () => {
      on.slack.faults.next('response_url', { kind: 'status', status: 500 })
      const outcome = await (await on.ana().command('/ack', '', on.channel)).shown()
      expect(outcome.ephemerals.map((each) => on.slack.render(each))).toEqual([expect.stringContaining('Done')])
    })
  })

  describe('a button', () => {
    const posted = (actions: Parameters<typeof card>[0]) =>
      on.bot.platform.post({
        effect: effect('e2/post/slack'),
        channel: on.channel,
        card: card(actions),
        pin: false,
        lookUp: false,
      })

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
      expect(on.slack.state.messagesIn(on.channel)).toHaveLength(1)
    })

    it('opens its form at once', async () => {
      const { message } = await posted({ actions: [{ label: 'Reply', verb: 'reply', input: {}, form: true }] })
      const outcome = await (await on.ana().click(message, 'Reply')).shown()
      expect(outcome.view?.view.title.text).toBe('Reply to the reporter')
      expect(on.router.heard).toEqual([])
    })

    it.each([
      ['of a case, after a restart too', { case: CASE }, true],
      ['of no case', {}, false],
    ])('works even if it carries the longest text that an option accepts: %s', async (_of, more, again) => {
      const reason = '"It’s late"\n'.repeat(182).slice(0, 2000)
      const input = { ...more, gate: 'notice', reason, digest: 'd'.repeat(64), blob: 'b'.repeat(80) }
      on.reply = () => done({ title: 'Preview', actions: [{ label: 'Go on', verb: 'waive', input }] })
      const preview = await (await on.ana().command('/ack', '', on.channel)).shown()
      expect(on.slack.state.everything()).not.toContain(reason)
      on.reply = () => done()
      on.router.heard.length = 0
      if (again) {
        await on.bot[Symbol.asyncDispose]()
        await on.start()
      }
      await (await on.ana().click(preview.ephemerals[0]?.ts ?? '', 'Go on')).shown()
      expect(on.router.heard).toMatchObject([{ verb: 'waive', input }])
    })

    it('says so if its text is no longer stored', async () => {
      const input = { text: 'x'.repeat(2000) }
      on.reply = () => done({ title: 'Preview', actions: [{ label: 'Go on', verb: 'waive', input }] })
      const preview = await (await on.ana().command('/ack', '', on.channel)).shown()
      on.router.heard.length = 0
      await on.bot[Symbol.asyncDispose]()
      await on.start()
      const outcome = await (await on.ana().click(preview.ephemerals[0]?.ts ?? '', 'Go on')).shown()
      expect(outcome.ephemerals.map((each) => on.slack.render(each))).toContainEqual(
        expect.stringContaining('This button is too old'),
      )
      expect(on.router.heard).toEqual([])
    })

    it('disappears from a card that only the caller sees once it has worked, and stays if it was refused', async () => {
      on.reply = () => done({ title: 'Preview', actions: [{ label: 'Send', verb: 'reply', input: { text: 'b1' } }] })
      const preview = await (await on.ana().command('/ack', '', on.channel)).shown()
      const ts = preview.ephemerals[0]?.ts ?? ''
      on.reply = () => refused({ title: 'Not yet' })
      await (await on.ana().click(ts, 'Send')).shown()
      expect(on.slack.state.ephemerals.find((each) => each.ts === ts)?.blocks).toHaveLength(3)
      on.reply = () => done({ title: 'Sent' })
      const sent = await (await on.ana().click(ts, 'Send')).shown()
      const [first, second] = on.router.heard.slice(1).map((each) => each.deliveryId)
      expect(first).toMatch(/^card:/)
      expect(second).not.toBe(first)
      expect(sent.responses).toMatchObject([{ kind: 'replaced', ts }])
      await expect(on.ana().click(ts, 'Send')).rejects.toThrow('nothing called Send')
    })

    it('is handled once even if its card is shown twice because an answer of Slack was lost', async () => {
      on.reply = () => done({ title: 'Preview', actions: [{ label: 'Send', verb: 'reply', input: { text: 'b1' } }] })
      on.slack.faults.next('response_url', { kind: 'lose-answer' })
      on.slack.faults.next('chat.postEphemeral', { kind: 'lose-answer' })
      const preview = await on.ana().command('/ack', '', on.channel)
      const direct = () => [...on.slack.state.channels.values()].find(({ isDirect }) => isDirect)?.messages[0]
      const copies = [(await on.slack.until(direct)).ts, ...preview.ephemerals.map(({ ts }) => ts)]
      expect(copies).toHaveLength(3)
      for (const ts of copies) await (await on.ana().click(ts, 'Send')).shown()
      const [, ...sent] = on.router.heard.map((each) => each.deliveryId)
      expect(sent).toHaveLength(3)
      expect(new Set(sent).size).toBe(1)
    })

    it('is handled separately on the same card in answer to another command', async () => {
      on.reply = () => done({ title: 'Preview', actions: [{ label: 'Send', verb: 'reply', input: { text: 'b1' } }] })
      for (let time = 0; time < 2; time += 1) {
        const preview = await (await on.ana().command('/ack', '', on.channel)).shown()
        await (await on.ana().click(preview.ephemerals[0]?.ts ?? '', 'Send')).shown()
      }
      const sent = on.router.heard.filter(({ verb }) => verb === 'reply').map((each) => each.deliveryId)
      expect(new Set(sent).size).toBe(2)
    })

    it.each([
      ['is refused', refused({ title: 'Not any more' }, 'fits-the-stage')],
      [
        'does nothing',
        {
          audience: 'caller',
          card: card({ title: 'Not any more' }),
          facts: { is: 'done', said: 'Ana did it before.', note: 'Ana did it before.', repeated: false },
        } satisfies Reply,
      ],
    ] as const)('older than the state %s, and the present state is shown', async (_what, answer) => {
      const { message } = await posted({ actions: [{ label: 'Acknowledge', verb: 'ack', input: { case: CASE } }] })
      on.reply = ({ verb }) => (verb === 'status' ? done({ title: 'SEC-2026-0042 · closed' }) : answer)
      const outcome = await on.ana().click(message, 'Acknowledge')
      await on.slack.until(() => outcome.ephemerals.length === 2)
      expect(outcome.ephemerals.map((each) => on.slack.render(each).split('\n')[0])).toEqual([
        'Not any more',
        'SEC-2026-0042 · closed',
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
      await on.ana().click(message, 'Acknowledge')
      release.resolve(done())
      await first.shown()
      expect(on.router.heard).toHaveLength(1)
    })
  })

  describe('somebody who joins a case channel', () => {
    const noticed = () => ({
      commandId: expect.stringMatching(/^slack:event:Ev/),
      actor: { kind: 'system', part: 'chat' },
      at: 1_800_000_000_000,
      request: { verb: 'notice-stranger', case: CASE, platform: 'slack', channel: on.channel, account: EVE },
    })

    it('is reported only if they are not on the case', async () => {
      on.ana().invite(on.channel, EVE)
      await on.engine.asked
      await on.bot[Symbol.asyncDispose]()
      expect(on.engine.handled).toEqual([noticed()])
    })

    it('is reported once, however often Slack sends the event', async () => {
      on.slack.faults.deliverTwice()
      on.ana().invite(on.channel, EVE)
      await on.engine.asked
      await on.bot[Symbol.asyncDispose]()
      expect(on.engine.handled).toHaveLength(1)
    })

    it('is not reported in other channels', async () => {
      on.slack.person(BEN).leave('general')
      on.slack.person(BEN).join('general')
      await (await on.ana().command('/ack', '', on.channel)).shown()
      expect(on.engine.handled).toEqual([])
    })
  })

  it('asks Slack for nothing between a payload and its answer', async () => {
    await (await on.ana().command('/ack', '', on.channel)).shown()
    const methods = on.slack.state.requests.map((each) => each.method)
    expect(
      methods.slice(methods.lastIndexOf('conversations.invite') + 1).filter((method) => method !== 'response_url'),
    ).toEqual([])
  })
})
