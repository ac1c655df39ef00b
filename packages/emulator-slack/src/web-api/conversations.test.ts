import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackEmulator } from '../emulator.ts'
import { ANA, at, BEN, call, openChannel, startTestSlack } from '../testing.ts'

let slack: SlackEmulator
beforeEach(async () => {
  slack = await startTestSlack({ channels: [{ id: 'C0HIDDEN', name: 'hidden', private: true, members: [ANA] }] })
})
afterEach(() => slack.close())

// https://docs.slack.dev/reference/methods/conversations.create
describe('the name of a channel', () => {
  it.each([
    ['sec-2026_1', undefined],
    ['a'.repeat(80), undefined],
    ['a'.repeat(81), 'invalid_name_maxlength'],
    ['', 'invalid_name_required'],
    ['Sec', 'invalid_name_specials'],
    ['a b', 'invalid_name_specials'],
    ['a.b', 'invalid_name_specials'],
    ['--_', 'invalid_name_punctuation'],
    ['general', 'name_taken'],
  ])('%j is answered with %s', async (name, error) => {
    const answer = await call(slack, 'conversations.create', { name })
    expect(answer.error).toBe(error)
  })

  it('stays taken when the channel is archived', async () => {
    const channel = await openChannel(slack, 'sec-1')
    await call(slack, 'conversations.archive', { channel })
    expect(await call(slack, 'conversations.create', { name: 'sec-1' })).toMatchObject({ error: 'name_taken' })
  })

  it('can be changed only in a channel of the app', async () => {
    const channel = await openChannel(slack, 'sec-1')
    expect(await call(slack, 'conversations.rename', { channel, name: 'sec-2' })).toMatchObject({ ok: true })
    expect(slack.state.channelNamed('sec-2')?.id).toBe(channel)
    expect(await call(slack, 'conversations.rename', { channel, name: 'hidden' })).toMatchObject({
      error: 'name_taken',
    })
    expect(await call(slack, 'conversations.rename', { channel: 'C0GENERAL', name: 'x' })).toMatchObject({
      error: 'not_in_channel',
    })
  })
})

// https://docs.slack.dev/reference/methods/conversations.history
describe('a channel that the app is not in', () => {
  it('does not exist for the app when it is private', async () => {
    for (const method of ['conversations.info', 'conversations.members', 'conversations.history']) {
      expect(await call(slack, method, { channel: 'C0HIDDEN' }), method).toMatchObject({ error: 'channel_not_found' })
    }
    const list = await call(slack, 'conversations.list', { types: 'public_channel,private_channel' })
    expect(JSON.stringify(list)).not.toContain('C0HIDDEN')
  })

  it('can be read but not written to if it is public', async () => {
    expect(await call(slack, 'conversations.info', { channel: 'C0GENERAL' })).toMatchObject({
      ok: true,
      channel: { is_member: false, is_private: false },
    })
    expect(await call(slack, 'chat.postMessage', { channel: 'C0GENERAL', text: 'x' })).toMatchObject({
      error: 'not_in_channel',
    })
  })
})

// https://docs.slack.dev/reference/methods/conversations.invite
describe('inviting', () => {
  let channel: string
  beforeEach(async () => {
    channel = await openChannel(slack)
  })

  it.each([
    ['a stranger', 'U0NOBODY', 'user_not_found'],
    ['the app itself', 'U0EMBARGO', 'cant_invite_self'],
    ['a person who is already in the channel', ANA, 'already_in_channel'],
    ['a person who left the team', 'U0GONE', 'cant_invite'],
    ['nobody', '', 'no_user'],
    ['101 people', Array.from({ length: 101 }, (_, n) => `U${n}`).join(','), 'invalid_arguments'],
  ])('refuses %s', async (_who, users, error) => {
    expect(await call(slack, 'conversations.invite', { channel, users })).toMatchObject({ error })
  })

  it('accepts 100 people', async () => {
    const users = Array.from({ length: 100 }, (_, n) => ({ id: `U1${n}`, name: `u${n}` }))
    await using big = await startTestSlack({ users })
    const made = at(await call(big, 'conversations.create', { name: 'big' }), 'channel', 'id')
    const ids = users.map((user) => user.id).join(',')
    expect(await call(big, 'conversations.invite', { channel: made, users: ids })).toMatchObject({ ok: true })
    expect(big.state.channels.get(made)?.members.size).toBe(101)
  })

  it('adds nobody if one id is invalid, unless `force` asks to invite the others', async () => {
    const users = `${BEN},U0NOBODY`
    expect(await call(slack, 'conversations.invite', { channel, users })).toMatchObject({ error: 'user_not_found' })
    expect(slack.state.channels.get(channel)?.members).not.toContain(BEN)
    expect(await call(slack, 'conversations.invite', { channel, users, force: true })).toMatchObject({
      ok: true,
      errors: [{ user: 'U0NOBODY', error: 'user_not_found' }],
    })
    expect(slack.state.channels.get(channel)?.members).toContain(BEN)
  })
})

// https://docs.slack.dev/reference/methods/conversations.setTopic
describe('the topic', () => {
  it.each([
    [250, undefined],
    [251, 'too_long'],
  ])('of %i characters is answered with %s', async (length, error) => {
    const channel = await openChannel(slack)
    const answer = await call(slack, 'conversations.setTopic', { channel, topic: 'x'.repeat(length) })
    expect(answer.error).toBe(error)
    expect(slack.state.channels.get(channel)?.topic.length).toBe(error === undefined ? length : 0)
  })
})

// https://docs.slack.dev/reference/methods/conversations.archive
describe('archiving', () => {
  it('removes the app from the channel for good', async () => {
    const channel = await openChannel(slack)
    expect(await call(slack, 'conversations.archive', { channel })).toMatchObject({ ok: true })
    expect(slack.state.channels.get(channel)?.members).not.toContain('U0EMBARGO')
    const answers = {
      'conversations.archive': 'already_archived',
      'conversations.history': 'not_in_channel',
      'conversations.invite': 'is_archived',
      'conversations.setTopic': 'is_archived',
      'chat.postMessage': 'is_archived',
    }
    for (const [method, error] of Object.entries(answers)) {
      const args = { channel, ...(method === 'conversations.invite' ? { users: BEN } : {}) }
      const more = { ...args, ...(method === 'chat.postMessage' ? { text: 'x' } : {}) }
      const all = { ...more, ...(method === 'conversations.setTopic' ? { topic: 'x' } : {}) }
      expect(await call(slack, method, all), method).toMatchObject({ error })
    }
  })

  it('by a person keeps the app in the channel, where it may read and not write', async () => {
    const channel = await openChannel(slack)
    slack.person(ANA).archive(channel)
    expect(await call(slack, 'conversations.history', { channel })).toMatchObject({ ok: true })
    expect(await call(slack, 'chat.postMessage', { channel, text: 'x' })).toMatchObject({ error: 'is_archived' })
  })
})

// https://docs.slack.dev/reference/methods/conversations.history
describe('history', () => {
  it('is returned newest first, in pages, between two instants', async () => {
    const channel = await openChannel(slack)
    const ts: string[] = []
    for (const text of ['one', 'two', 'three'])
      ts.push(at(await call(slack, 'chat.postMessage', { channel, text }), 'ts'))
    const texts = (answer: unknown) => (answer as { messages: { text: string }[] }).messages.map((each) => each.text)
    const first = await call(slack, 'conversations.history', { channel, limit: 2 })
    expect(texts(first)).toEqual(['three', 'two'])
    const cursor = at(first, 'response_metadata', 'next_cursor')
    expect(texts(await call(slack, 'conversations.history', { channel, limit: 2, cursor }))).toEqual(['one'])
    expect(texts(await call(slack, 'conversations.history', { channel, oldest: ts[1] }))).toEqual(['three'])
    expect(texts(await call(slack, 'conversations.history', { channel, latest: ts[1], inclusive: true }))).toEqual([
      'two',
      'one',
    ])
    expect(await call(slack, 'conversations.history', { channel, limit: 1000 })).toMatchObject({
      error: 'invalid_limit',
    })
    expect(await call(slack, 'conversations.history', { channel, cursor: 'x' })).toMatchObject({
      error: 'invalid_cursor',
    })
  })

  // https://docs.slack.dev/reference/events/message/thread_broadcast
  it('contains a reply that was also sent to the channel, just as the thread does', async () => {
    const channel = await openChannel(slack)
    const ana = slack.person(ANA)
    const { ts } = ana.say(channel, 'asked')
    ana.say(channel, 'between us', ts)
    ana.sayInBoth(channel, 'for all', ts)
    const reply = { text: 'for all', subtype: 'thread_broadcast', thread_ts: ts }
    expect(await call(slack, 'conversations.history', { channel })).toMatchObject({
      messages: [reply, { text: 'asked', reply_count: 2 }],
    })
    expect(await call(slack, 'conversations.replies', { channel, ts })).toMatchObject({
      messages: [{ text: 'asked' }, { text: 'between us' }, reply],
    })
  })

  it('contains the text and the files of a forwarded message in an attachment', async () => {
    const channel = await openChannel(slack)
    const ana = slack.person(ANA)
    const original = ana.showFile(channel, { name: 'trace.txt', type: 'text/plain', bytes: Buffer.from('trace') })
    ana.forward(channel, original, 'look')
    expect(await call(slack, 'conversations.history', { channel })).toMatchObject({
      messages: [
        {
          text: 'look',
          attachments: [{ author_name: 'Ana Example', is_share: true, files: [{ name: 'trace.txt' }] }],
        },
        { files: [{ name: 'trace.txt' }] },
      ],
    })
  })

  it('contains metadata only on request', async () => {
    const channel = await openChannel(slack)
    const metadata = { event_type: 'effect', event_payload: { id: 'e1' } }
    await call(slack, 'chat.postMessage', { channel, text: 'x', metadata })
    expect(await call(slack, 'conversations.history', { channel })).not.toMatchObject({ messages: [{ metadata }] })
    expect(await call(slack, 'conversations.history', { channel, include_all_metadata: true })).toMatchObject({
      messages: [{ metadata }],
    })
  })
})
