import type { Invocation, Reply } from '@embargo/chat'
import { PersonId } from '@embargo/core'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackBot } from '../../src/index.ts'
import { startSlackBot } from '../../src/index.ts'
import { card, refused } from '../cards.ts'
import {
  ANA,
  APP_TOKEN,
  BEN,
  BOT_TOKEN,
  CASE,
  effect,
  EVE,
  policy,
  recordingLog,
  scriptedEngine,
  scriptedRouter,
  workspace,
} from '../workspace.ts'

const done = (more: Partial<Parameters<typeof card>[0]> = {}): Reply => ({
  audience: 'caller',
  card: card({ title: 'Done', ...more }),
})

describe('the Slack bot', () => {
  let slack: SlackEmulator
  let bot: SlackBot
  let channel = ''
  let reply: (invocation: Invocation) => Reply | Promise<Reply>
  let log: ReturnType<typeof recordingLog>
  let router: ReturnType<typeof scriptedRouter>
  let engine: ReturnType<typeof scriptedEngine>

  const start = () =>
    startSlackBot({
      config: { appToken: APP_TOKEN, botToken: BOT_TOKEN, apiUrl: slack.apiUrl },
      policy,
      router,
      engine,
      log,
    })

  beforeEach(async () => {
    channel = ''
    reply = () => done()
    log = recordingLog()
    router = scriptedRouter((invocation) => reply(invocation))
    engine = scriptedEngine(() => channel)
    slack = await workspace({ timing: { ackMs: 2000, eventRetryMs: [0, 0] } })
    bot = await start()
    const opened = await bot.platform.openChannel({
      effect: effect('e1/open-channel/slack'),
      name: 'SEC-2026-0042',
      lookUp: false,
    })
    channel = opened.channel
    await bot.platform.invite({ channel, people: [PersonId.parse('ana')] })
  })
  afterEach(async () => {
    await bot[Symbol.asyncDispose]()
    await slack.close()
  })

  const ana = () => slack.person(ANA)

  describe('a slash command', () => {
    it('becomes an invocation, with the person, the place and the rest as it was typed', async () => {
      const outcome = await ana().command('/cvd', 'assign-patch @ben main <b> & "c"', channel)
      await outcome.shown()
      expect(router.heard).toEqual([
        {
          verb: 'assign-patch',
          input: '@ben main <b> & "c"',
          actor: { kind: 'person', platform: 'slack', account: ANA, person: 'ana' },
          place: { platform: 'slack', root: 'cvd', channel },
          deliveryId: expect.stringMatching(/^command:/),
          at: 1_800_000_000_000,
        },
      ])
    })

    it('has short verbs, and help when nothing is typed', async () => {
      await (await ana().command('/ack', 'mine', channel)).shown()
      await (await ana().command('/cvd', '  ', channel)).shown()
      expect(router.heard.map(({ verb, input }) => [verb, input])).toEqual([
        ['ack', 'mine'],
        ['help', ''],
      ])
    })

    it('names a mentioned member by the policy, and a stranger by the account alone', async () => {
      await (await ana().command('/cvd', 'assign-patch @ben @eve', channel)).shown()
      expect(router.heard[0]?.input).toBe(`@ben <@${EVE}>`)
    })

    it('is acknowledged before anything is done', async () => {
      const release = Promise.withResolvers<Reply>()
      reply = () => release.promise
      const outcome = await ana().command('/ack', '', channel)
      expect(outcome.failure).toBeUndefined()
      expect(outcome.ephemerals).toEqual([])
      release.resolve(done())
      await outcome.shown()
    })

    it('answers the caller alone, outside case channels too', async () => {
      const outcome = await ana().command('/cvd', 'status', 'general')
      await outcome.shown()
      expect(outcome.ephemerals.map((each) => [each.user, slack.render(each)])).toEqual([
        [ANA, expect.stringContaining('Done')],
      ])
      expect(slack.state.messagesIn('C0GENERAL')).toEqual([])
    })

    it('answers the channel where chat says so, and the caller where the app may not post', async () => {
      reply = () => ({ audience: 'channel', card: card({ title: 'For all' }) })
      await ana().command('/cvd', 'status', channel)
      const posted = await slack.until((state) => state.messagesIn(channel)[0])
      expect(posted).toMatchObject({ unfurlLinks: false, unfurlMedia: false })
      const outcome = await (await ana().command('/cvd', 'status', 'general')).shown()
      expect(outcome.responses).toMatchObject([{ kind: 'ephemeral' }])
    })

    it('has what one message does not hold in a file for the caller alone', async () => {
      const text = `begin ${'word '.repeat(4000)}end`
      reply = () => done({ kind: 'mail', quote: { label: 'Your mail', text } })
      await ana().command('/cvd', 'status', channel)
      const direct = () => [...slack.state.channels.values()].find(({ isDirect }) => isDirect)
      const rest = await slack.until(() => direct()?.messages.find(({ files }) => files.length > 0))
      const name = expect.stringMatching(/^mail-/)
      expect(slack.state.files.get(rest.files[0] ?? '')).toMatchObject({ name, channels: [direct()?.id] })
      expect(slack.state.files.get(rest.files[0] ?? '')?.content?.toString()).toContain(text)
      expect(direct()?.members).toContain(ANA)
      expect(slack.state.messagesIn(channel)).toEqual([])
    })

    it('shows a refusal to the caller alone', async () => {
      reply = () => refused({ kind: 'refusal', title: 'Can’t do that yet' })
      const outcome = await (await ana().command('/ack', '', channel)).shown()
      expect(outcome.ephemerals.map((each) => slack.render(each))).toEqual([
        expect.stringContaining('Can’t do that yet'),
      ])
      expect(slack.state.messagesIn(channel)).toEqual([])
    })

    it('that arrives twice is handled and answered once', async () => {
      slack.faults.deliverTwice()
      const outcome = await (await ana().command('/ack', '', channel)).shown()
      await bot[Symbol.asyncDispose]()
      expect(router.heard).toHaveLength(1)
      expect(outcome.ephemerals).toHaveLength(1)
    })

    it('that breaks says so, and the log keeps what was typed out', async () => {
      reply = () => {
        throw new Error('secretword')
      }
      const outcome = await (await ana().command('/cvd', 'ack secretword', channel)).shown()
      expect(outcome.ephemerals.map((each) => slack.render(each))).toEqual([
        expect.stringContaining('That did not work'),
      ])
      expect(log.lines.join('\n')).toMatch(/a slash command failed/)
      expect(log.lines.join('\n')).not.toContain('secretword')
    })

    it('is answered another way when the response URL fails', async () => {
      slack.faults.next('response_url', { kind: 'status', status: 500 })
      const outcome = await (await ana().command('/ack', '', channel)).shown()
      expect(outcome.ephemerals.map((each) => slack.render(each))).toEqual([expect.stringContaining('Done')])
    })
  })

  describe('a button', () => {
    const posted = (actions: Parameters<typeof card>[0]) =>
      bot.platform.post({ effect: effect('e2/post/slack'), channel, card: card(actions), pin: false, lookUp: false })

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
      expect(slack.state.messagesIn(channel)).toHaveLength(1)
    })

    it('that leads to a form opens it at once', async () => {
      const { message } = await posted({ actions: [{ label: 'Reply', verb: 'reply', input: {}, form: true }] })
      const outcome = await (await ana().click(message, 'Reply')).shown()
      expect(outcome.view?.view.title.text).toBe('Reply to the reporter')
      expect(router.heard).toEqual([])
    })

    it.each([
      ['of a case, after a restart too', { case: CASE }, true],
      ['of no case', {}, false],
    ])('that carries the longest text that an option takes is pressed like any other: %s', async (_of, more, again) => {
      const reason = '"It’s late"\n'.repeat(182).slice(0, 2000)
      const input = { ...more, gate: 'lead-time', reason, digest: 'd'.repeat(64), blob: 'b'.repeat(80) }
      reply = () => done({ title: 'Preview', actions: [{ label: 'Go on', verb: 'waive', input }] })
      const preview = await (await ana().command('/ack', '', channel)).shown()
      expect(slack.state.everything()).not.toContain(reason)
      reply = () => done()
      router.heard.length = 0
      if (again) {
        await bot[Symbol.asyncDispose]()
        bot = await start()
      }
      await (await ana().click(preview.ephemerals[0]?.ts ?? '', 'Go on')).shown()
      expect(router.heard).toMatchObject([{ verb: 'waive', input }])
    })

    it('whose text is not kept any more says so', async () => {
      const input = { text: 'x'.repeat(2000) }
      reply = () => done({ title: 'Preview', actions: [{ label: 'Go on', verb: 'waive', input }] })
      const preview = await (await ana().command('/ack', '', channel)).shown()
      router.heard.length = 0
      await bot[Symbol.asyncDispose]()
      bot = await start()
      const outcome = await (await ana().click(preview.ephemerals[0]?.ts ?? '', 'Go on')).shown()
      expect(outcome.ephemerals.map((each) => slack.render(each))).toContainEqual(
        expect.stringContaining('This button is too old'),
      )
      expect(router.heard).toEqual([])
    })

    it('of a card for the caller alone is gone once it did its work, and stays when it was refused', async () => {
      reply = () => done({ title: 'Preview', actions: [{ label: 'Send', verb: 'reply', input: { text: 'b1' } }] })
      const preview = await (await ana().command('/ack', '', channel)).shown()
      const ts = preview.ephemerals[0]?.ts ?? ''
      reply = () => refused({ title: 'Not yet' })
      await (await ana().click(ts, 'Send')).shown()
      expect(slack.state.ephemerals.find((each) => each.ts === ts)?.blocks).toHaveLength(3)
      reply = () => done({ title: 'Sent' })
      const sent = await (await ana().click(ts, 'Send')).shown()
      const [first, second] = router.heard.slice(1).map((each) => each.deliveryId)
      expect(first).toMatch(/^card:/)
      expect(second).not.toBe(first)
      expect(sent.responses).toMatchObject([{ kind: 'replaced', ts }])
      await expect(ana().click(ts, 'Send')).rejects.toThrow('nothing called Send')
    })

    it('of a card that stands there twice, since an answer of Slack was lost, counts once', async () => {
      reply = () => done({ title: 'Preview', actions: [{ label: 'Send', verb: 'reply', input: { text: 'b1' } }] })
      slack.faults.next('response_url', { kind: 'lose-answer' })
      slack.faults.next('chat.postEphemeral', { kind: 'lose-answer' })
      const preview = await ana().command('/ack', '', channel)
      const direct = () => [...slack.state.channels.values()].find(({ isDirect }) => isDirect)?.messages[0]
      const copies = [(await slack.until(direct)).ts, ...preview.ephemerals.map(({ ts }) => ts)]
      expect(copies).toHaveLength(3)
      for (const ts of copies) await (await ana().click(ts, 'Send')).shown()
      const [, ...sent] = router.heard.map((each) => each.deliveryId)
      expect(sent).toHaveLength(3)
      expect(new Set(sent).size).toBe(1)
    })

    it('of the same card in answer to another command is another', async () => {
      reply = () => done({ title: 'Preview', actions: [{ label: 'Send', verb: 'reply', input: { text: 'b1' } }] })
      for (let time = 0; time < 2; time += 1) {
        const preview = await (await ana().command('/ack', '', channel)).shown()
        await (await ana().click(preview.ephemerals[0]?.ts ?? '', 'Send')).shown()
      }
      const sent = router.heard.filter(({ verb }) => verb === 'reply').map((each) => each.deliveryId)
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
      reply = ({ verb }) => (verb === 'status' ? done({ title: 'SEC-2026-0042 · closed' }) : answer)
      const outcome = await ana().click(message, 'Acknowledge')
      await slack.until(() => outcome.ephemerals.length === 2)
      expect(outcome.ephemerals.map((each) => slack.render(each).split('\n')[0])).toEqual([
        'Not any more',
        'SEC-2026-0042 · closed',
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
      await ana().click(message, 'Acknowledge')
      release.resolve(done())
      await first.shown()
      expect(router.heard).toHaveLength(1)
    })
  })

  describe('who joins a case channel', () => {
    const noticed = () => ({
      commandId: expect.stringMatching(/^slack:event:Ev/),
      actor: { kind: 'system', part: 'chat' },
      at: 1_800_000_000_000,
      request: { verb: 'notice-stranger', case: CASE, platform: 'slack', channel, account: EVE },
    })

    it('is noticed when they are not on the case, and only then', async () => {
      ana().invite(channel, EVE)
      await engine.asked
      await bot[Symbol.asyncDispose]()
      expect(engine.handled).toEqual([noticed()])
    })

    it('is noticed once, however often Slack says so', async () => {
      slack.faults.deliverTwice()
      ana().invite(channel, EVE)
      await engine.asked
      await bot[Symbol.asyncDispose]()
      expect(engine.handled).toHaveLength(1)
    })

    it('is nobody’s business elsewhere', async () => {
      slack.person(BEN).leave('general')
      slack.person(BEN).join('general')
      await (await ana().command('/ack', '', channel)).shown()
      expect(engine.handled).toEqual([])
    })
  })

  it('asks Slack for nothing between a payload and its answer', async () => {
    await (await ana().command('/ack', '', channel)).shown()
    const methods = slack.state.requests.map((each) => each.method)
    expect(
      methods.slice(methods.lastIndexOf('conversations.invite') + 1).filter((method) => method !== 'response_url'),
    ).toEqual([])
  })
})
