import { PersonId } from '@embargo/core'
import { OutsideError } from '@embargo/engine'
import type { ChatPlatform } from '@embargo/engine'
import type { Fault, SlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlackPlatform, SCOPES, slackClient } from '../../src/index.ts'
import { card } from '../cards.ts'
import { ANA, BEN, BOT_TOKEN, effect, EVE, policy, recordingLog, workspace } from '../workspace.ts'

const person = (id: string) => PersonId.parse(id)

/** The error with which a call ended. */
const ending = async (call: Promise<unknown>): Promise<OutsideError> => {
  const error = await call.then(
    () => undefined,
    (why: unknown) => why,
  )
  if (error instanceof OutsideError) return error
  throw new Error('the call did not end with an OutsideError')
}

describe('Slack as a chat platform', () => {
  let slack: SlackEmulator
  let platform: ChatPlatform
  const log = recordingLog()

  const connect = (to: SlackEmulator, token = BOT_TOKEN): ChatPlatform =>
    createSlackPlatform({ client: slackClient({ botToken: token, apiUrl: to.apiUrl, log }), policy, log })

  beforeEach(async () => {
    slack = await workspace()
    platform = connect(slack)
  })
  afterEach(() => slack.close())

  const open = (more: Partial<Parameters<ChatPlatform['openChannel']>[0]> = {}) =>
    platform.openChannel({ effect: effect('e1/open-channel/slack'), name: 'SEC-2026-0042', lookUp: false, ...more })
  const post = (channel: string, more: Partial<Parameters<ChatPlatform['post']>[0]> = {}) =>
    platform.post({ effect: effect('e2/post/slack'), channel, card: card(), pin: false, lookUp: false, ...more })

  describe('who can read in a channel', () => {
    const asked = (seen: readonly string[] = []) => platform.audience({ effect: effect('e1/open-channel/slack'), seen })

    it.each([
      ['shared', (channel: string) => slack.person(ANA).share(channel)],
      ['public', (channel: string) => slack.person(ANA).makePublic(channel)],
    ] as const)('includes more people than were let in if the channel is %s', async (_how, open_) => {
      const { channel } = await open()
      await platform.invite({ channel, people: [person('ana')] })
      expect(await asked()).toEqual([{ channel, isOpen: false, accounts: [ANA] }])
      open_(channel)
      expect(await asked([channel])).toMatchObject([{ channel, isOpen: true }])
    })

    it('is nobody if the channel is archived', async () => {
      const { channel } = await open()
      await platform.invite({ channel, people: [person('ana')] })
      slack.person(ANA).archive(channel)
      expect(await asked([channel])).toEqual([])
    })
  })

  describe('opening a channel', () => {
    it('does not reuse its channel if the channel is shared by now', async () => {
      const first = await open()
      await platform.invite({ channel: first.channel, people: [person('ana')] })
      slack.person(ANA).share(first.channel)
      expect((await open({ lookUp: true })).channel).not.toBe(first.channel)
    })

    it('makes it private, in small letters, with a topic that says nothing of the case', async () => {
      const made = await open()
      const channel = slack.state.channels.get(made.channel)
      expect(made.name).toBe('sec-2026-0042')
      expect(channel).toMatchObject({ isPrivate: true, name: 'sec-2026-0042' })
      expect(channel?.topic).toMatch(/^Embargo: what is said here stays here · ref [0-9a-f]{16}$/)
    })

    it('finds the channel that it opened if the answer was lost', async () => {
      slack.faults.next('conversations.create', { kind: 'lose-answer' })
      expect((await ending(open())).code).toBe('unknown')
      const found = await open({ lookUp: true })
      expect([...slack.state.channels.values()].filter((each) => each.isPrivate).map((each) => each.id)).toEqual([
        found.channel,
      ])
      expect(slack.state.channels.get(found.channel)?.topic).toContain('ref ')
    })

    it('finds it by its mark when the caller does not know of the first attempt', async () => {
      const first = await open()
      expect(await open()).toEqual(first)
    })

    it('does not use the channel of another effect, or a channel that somebody else made', async () => {
      const first = await open()
      const second = await open({ effect: effect('e9/open-channel/slack'), lookUp: true })
      expect(second.name).toBe('sec-2026-0042-2')
      expect(second.channel).not.toBe(first.channel)
    })

    it('takes the next name if its name is taken', async () => {
      await using taken = await workspace({ channels: [{ name: 'sec-2026-0042', private: true, members: [EVE] }] })
      platform = connect(taken)
      expect((await open({ lookUp: true })).name).toBe('sec-2026-0042-2')
    })

    it('succeeds without a topic if the topic cannot be set', async () => {
      slack.faults.next('conversations.setTopic', { kind: 'error', error: 'restricted_action' })
      const made = await open()
      expect(await open({ lookUp: true })).toEqual(made)
    })

    it('is in doubt as long as Slack asks to wait with the topic, and marks the same channel then', async () => {
      slack.faults.next('conversations.setTopic', { kind: 'rate-limited', retryAfterSeconds: 1 })
      expect(await ending(open())).toMatchObject({ code: 'unknown', retryAfterMs: 1000 })
      // The old client would wait as long as Slack asked, so a new client is used.
      platform = connect(slack)
      const made = await open({ lookUp: true })
      expect([...slack.state.channels.values()].filter((each) => each.isPrivate).map((each) => each.id)).toEqual([
        made.channel,
      ])
      expect(slack.state.channels.get(made.channel)?.topic).toContain('ref ')
    })

    it('says that no other channel can be made before a wait is over', async () => {
      slack.faults.next('conversations.create', { kind: 'rate-limited', retryAfterSeconds: 30 })
      expect(await ending(open())).toMatchObject({ code: 'rate-limited', retryAfterMs: 30_000, forAll: true })
    })
  })

  describe('inviting', () => {
    it('invites everybody who has an account, and succeeds if they are already in the channel', async () => {
      const { channel } = await open()
      const people = [person('ana'), person('ben'), person('kim'), person('nobody')]
      await platform.invite({ channel, people })
      await platform.invite({ channel, people })
      expect(slack.state.channels.get(channel)?.members).toEqual(new Set(['U0EMBARGO', ANA, BEN]))
    })

    it('sends no invitation if nobody has an account', async () => {
      const { channel } = await open()
      await platform.invite({ channel, people: [person('kim')] })
      expect(slack.state.requests.filter((each) => each.method === 'conversations.invite')).toEqual([])
    })

    it('invites the others if one person cannot be invited, and says so', async () => {
      await using without = await workspace({
        users: [
          { id: BEN, name: 'ben' },
          { id: ANA, name: 'ana', isDeleted: true },
        ],
      })
      platform = connect(without)
      const { channel } = await open()
      const error = await ending(platform.invite({ channel, people: [person('ana'), person('ben')] }))
      expect(error).toMatchObject({ code: 'refused', message: expect.stringContaining('Check their Slack member ids') })
      expect(without.state.channels.get(channel)?.members.has(BEN)).toBe(true)
    })
  })

  describe('removing', () => {
    it('removes people, and succeeds if they are already removed or have no account', async () => {
      const { channel } = await open()
      await platform.invite({ channel, people: [person('ana'), person('ben')] })
      const people = [person('ben'), person('kim'), person('nobody')]
      await platform.remove({ channel, people })
      await platform.remove({ channel, people })
      expect(slack.state.channels.get(channel)?.members).toEqual(new Set(['U0EMBARGO', ANA]))
    })
  })

  describe('posting', () => {
    it('marks the message, pins it, and lets Slack fetch nothing', async () => {
      const { channel } = await open()
      const { message } = await post(channel, { pin: true })
      const [posted] = slack.state.messagesIn(channel)
      expect(posted).toMatchObject({
        ts: message,
        pinned: true,
        unfurlLinks: false,
        unfurlMedia: false,
        text: 'SEC-2026-0042 · high',
      })
      expect(posted?.metadata).toEqual({
        event_type: 'embargo_effect',
        event_payload: { effect: expect.stringMatching(/^[0-9a-f]{64}$/) },
      })
      expect(slack.state.notifications.at(-1)?.text).toBe('SEC-2026-0042 · high')
    })

    it('does not post twice when the answer was lost', async () => {
      const { channel } = await open()
      slack.faults.next('chat.postMessage', { kind: 'lose-answer' })
      expect((await ending(post(channel, { pin: true }))).code).toBe('unknown')
      const { message } = await post(channel, { pin: true, lookUp: true })
      expect(slack.state.messagesIn(channel)).toMatchObject([{ ts: message, pinned: true }])
    })

    it('posts when the look-up finds only marks of others, however far back it looks', async () => {
      const { channel } = await open()
      for (let count = 0; count < 5; count += 1) await post(channel, { effect: effect(`other${count}/post/slack`) })
      await post(channel, { lookUp: true })
      expect(slack.state.messagesIn(channel)).toHaveLength(6)
    })

    it('reports doubt, not failure, when the message is there and the pin is not', async () => {
      const { channel } = await open()
      slack.faults.next('pins.add', { kind: 'rate-limited', retryAfterSeconds: 7 })
      expect(await ending(post(channel, { pin: true }))).toMatchObject({ code: 'unknown', retryAfterMs: 7000 })
      // A new platform does not remember the rate limit, as after a restart of the program.
      platform = connect(slack)
      await post(channel, { pin: true, lookUp: true })
      expect(slack.state.messagesIn(channel)).toMatchObject([{ pinned: true }])
    })

    it('posts nothing if another organisation can read the channel', async () => {
      await using abroad = await workspace({
        channels: [
          { id: 'C0SHARED', name: 'shared', private: true, members: [ANA, 'U0EMBARGO'], externallyShared: true },
        ],
      })
      platform = connect(abroad)
      expect(await ending(post('C0SHARED'))).toMatchObject({
        code: 'refused',
        message: expect.stringContaining('shared with another organisation'),
      })
      expect(abroad.state.messagesIn('C0SHARED')).toEqual([])
    })

    it('edits nothing once another organisation can read the channel', async () => {
      const { channel } = await open()
      const { message } = await post(channel)
      await platform.invite({ channel, people: [person('ana')] })
      const before = slack.state.messagesIn(channel)[0]?.text
      slack.person(ANA).share(channel)
      const restarted = connect(slack)
      expect(await ending(restarted.update({ channel, message, card: card({ title: 'Critical now' }) }))).toMatchObject(
        {
          code: 'refused',
          message: expect.stringContaining('shared with another organisation'),
        },
      )
      expect(slack.state.messagesIn(channel)).toMatchObject([{ text: before }])
      expect(slack.state.requests.filter(({ method }) => method === 'chat.update')).toEqual([])
    })

    it('edits a card in place and keeps its mark', async () => {
      const { channel } = await open()
      const { message } = await post(channel)
      await platform.update({ channel, message, card: card({ title: 'SEC-2026-0042 · ready' }) })
      const [edited] = slack.state.messagesIn(channel)
      expect(edited?.metadata).toBeDefined()
      expect(edited && slack.render(edited)).toContain('SEC-2026-0042 · ready')
    })
  })

  describe('closing a channel', () => {
    it('archives it, and succeeds if it is already archived', async () => {
      const { channel } = await open()
      for (let time = 0; time < 2; time += 1) await platform.archiveChannel({ channel })
      expect(slack.state.channels.get(channel)?.archived).toBe(true)
      await platform.archiveChannel({ channel: 'C0NEVER' })
    })

    it('is in doubt when the answer was lost, and done the next time', async () => {
      const { channel } = await open()
      slack.faults.next('conversations.archive', { kind: 'lose-answer' })
      expect((await ending(platform.archiveChannel({ channel }))).code).toBe('unknown')
      await platform.archiveChannel({ channel })
    })
  })

  describe('when Slack does not do it', () => {
    const table: readonly (readonly [string, Fault, Partial<OutsideError>])[] = [
      [
        'it asks to slow down',
        { kind: 'rate-limited', retryAfterSeconds: 12 },
        { code: 'rate-limited', retryAfterMs: 12_000 },
      ],
      ['it breaks', { kind: 'status', status: 503 }, { code: 'unknown' }],
      ['it does not know itself', { kind: 'error', error: 'internal_error' }, { code: 'unknown' }],
      ['the answer is lost', { kind: 'lose-answer' }, { code: 'unknown' }],
      ['the channel is archived', { kind: 'error', error: 'is_archived' }, { code: 'refused' }],
      ['the app was put out', { kind: 'error', error: 'not_in_channel' }, { code: 'refused' }],
    ]
    it.each(table)('%s', async (_what, fault, expected) => {
      const { channel } = await open()
      slack.faults.next('chat.postMessage', fault)
      expect(await ending(post(channel))).toMatchObject(expected)
    })

    it('tries once: the outbox repeats, and knows what is in doubt', async () => {
      const { channel } = await open()
      slack.faults.next('chat.postMessage', { kind: 'status', status: 500 }).times(5)
      await ending(post(channel))
      expect(slack.state.requests.filter((each) => each.method === 'chat.postMessage')).toHaveLength(1)
    })

    it('never calls a failed look-up doubtful: nothing was written', async () => {
      const { channel } = await open()
      slack.faults.next('conversations.history', { kind: 'lose-answer' })
      expect((await ending(post(channel, { lookUp: true }))).code).toBe('unreachable')
    })

    it('says that nothing was sent if Slack cannot be reached', async () => {
      const closed = await workspace()
      await closed.close()
      const gone = connect(closed)
      expect(await ending(gone.update({ channel: 'C1', message: '1.2', card: card() }))).toMatchObject({
        code: 'unreachable',
        away: true,
      })
    })

    it.each<[string, Fault]>([
      ['Slack fails', { kind: 'status', status: 503 }],
      ['something between answers in its place', { kind: 'status', status: 403 }],
      ['Slack does not know either', { kind: 'error', error: 'internal_error' }],
      ['an answer is lost', { kind: 'lose-answer' }],
    ])('says that Slack is away when %s', async (_, fault) => {
      slack.faults.next('conversations.create', fault)
      expect(await ending(open())).toMatchObject({ away: true })
    })

    it('says that one channel is refused, and Slack is there', async () => {
      expect(await ending(post('C404'))).toMatchObject({ code: 'refused', away: false })
    })

    it('names the scope that is missing', async () => {
      await using narrow = await workspace({ scopes: Object.keys(SCOPES).filter((scope) => scope !== 'groups:write') })
      platform = connect(narrow)
      expect(await ending(open())).toMatchObject({ code: 'refused', message: expect.stringContaining('groups:write') })
    })

    it('says where a new token is, and never the token', async () => {
      platform = connect(slack, 'xoxb-wrong-secret')
      const error = await ending(post('C1'))
      expect(error).toMatchObject({
        code: 'refused',
        away: true,
        message: expect.stringContaining('OAuth & Permissions'),
      })
      expect(JSON.stringify([error, error.message, log.lines])).not.toContain('wrong-secret')
    })
  })
})
