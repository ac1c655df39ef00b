import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackEmulator } from '../emulator.ts'
import { ANA, at, BEN, call, openChannel, startTestSlack } from '../testing.ts'

let slack: SlackEmulator
let channel: string
beforeEach(async () => {
  slack = await startTestSlack()
  channel = await openChannel(slack)
})
afterEach(() => slack.close())

const section = (text: string) => ({ type: 'section', text: { type: 'plain_text', text } })
const post = async (text = 'x'): Promise<string> => at(await call(slack, 'chat.postMessage', { channel, text }), 'ts')
const last = () => slack.state.messagesIn(channel).at(-1)

// https://docs.slack.dev/reference/methods/chat.postMessage
describe('posting', () => {
  it.each([
    [{ text: 'x'.repeat(40_000) }, undefined],
    [{ text: 'x'.repeat(40_001) }, 'msg_too_long'],
    [{ text: '' }, 'no_text'],
    [{ text: '', blocks: [section('x')] }, undefined],
    [{ text: 'x', blocks: 'not json' }, 'invalid_blocks_format'],
    [{ text: 'x', blocks: { type: 'section' } }, 'invalid_blocks_format'],
    [{ text: 'x', blocks: [{ type: 'section' }] }, 'invalid_blocks'],
    [{ text: 'x', blocks: Array.from({ length: 4 }, () => section('x'.repeat(3000))) }, undefined],
    [{ text: 'x', blocks: Array.from({ length: 5 }, () => section('x'.repeat(2700))) }, 'msg_blocks_too_long'],
    [{ text: 'x', thread_ts: '1.000000' }, 'cannot_reply_to_message'],
    [{ text: 'x', metadata: 'not json' }, 'invalid_metadata_format'],
    [{ text: 'x', metadata: { event_type: 'e' } }, 'invalid_metadata_schema'],
    [{ text: 'x', metadata: { event_type: 'e', event_payload: { a: null } } }, 'invalid_metadata_schema'],
    [{ text: 'x', metadata: { event_type: 'e', event_payload: { a: 'x'.repeat(7992) } } }, undefined],
    [{ text: 'x', metadata: { event_type: 'e', event_payload: { a: 'x'.repeat(7993) } } }, 'metadata_too_large'],
  ])('case %# is answered with %s', async (args, error) => {
    const answer = await call(slack, 'chat.postMessage', { channel, ...args })
    expect(answer.error).toBe(error)
    expect(slack.state.messagesIn(channel).length).toBe(error === undefined ? 1 : 0)
  })

  it('says which block is at fault', async () => {
    const answer = await call(slack, 'chat.postMessage', { channel, text: 'x', blocks: [section('x'.repeat(3001))] })
    expect(answer).toMatchObject({
      error: 'invalid_blocks',
      errors: ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
      response_metadata: { messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'] },
    })
  })

  it('to a person opens their direct messages', async () => {
    const answer = await call(slack, 'chat.postMessage', { channel: BEN, text: 'x' })
    expect(slack.state.channels.get(at(answer, 'channel'))?.members).toEqual(new Set([BEN, 'U0EMBARGO']))
  })

  it('records whether links are shown as previews', async () => {
    await call(slack, 'chat.postMessage', { channel, text: 'x', unfurl_links: false })
    expect(last()).toMatchObject({ unfurlLinks: false, unfurlMedia: true })
  })

  it('keeps replies out of the channel history', async () => {
    const root = await post()
    await call(slack, 'chat.postMessage', { channel, text: 'reply', thread_ts: root })
    const history = await call(slack, 'conversations.history', { channel })
    expect(history).toMatchObject({ messages: [{ ts: root }] })
    expect(slack.state.messagesIn(channel)).toHaveLength(2)
  })
})

describe('notifications', () => {
  it('show the text or, if it is missing, the text of the blocks', async () => {
    await call(slack, 'chat.postMessage', { channel, text: 'SEC-1', blocks: [section('the secret')] })
    await call(slack, 'chat.postMessage', { channel, blocks: [section('the secret')] })
    expect(slack.state.notifications.map((each) => each.text)).toEqual(['SEC-1', 'the secret'])
  })
})

// https://docs.slack.dev/reference/methods/chat.update
describe('editing', () => {
  it.each([
    [4000, undefined],
    [4001, 'msg_too_long'],
  ])('to %i characters is answered with %s', async (length, error) => {
    const ts = await post()
    expect((await call(slack, 'chat.update', { channel, ts, text: 'x'.repeat(length) })).error).toBe(error)
  })

  it('an edit keeps the earlier text in the record, and keeps the metadata unless new metadata is given', async () => {
    const metadata = { event_type: 'e', event_payload: { n: 1 } }
    const ts = at(await call(slack, 'chat.postMessage', { channel, text: 'one', metadata }), 'ts')
    await call(slack, 'chat.update', { channel, ts, text: 'two' })
    expect(last()).toMatchObject({ text: 'two', metadata, edits: [{ text: 'one', blocks: [] }] })
    await call(slack, 'chat.update', { channel, ts, text: 'three', metadata: {} })
    expect(last()?.metadata).toBeUndefined()
  })

  it('works only for messages of the app', async () => {
    const { ts } = slack.person(ANA).say(channel, 'mine')
    expect(await call(slack, 'chat.update', { channel, ts, text: 'x' })).toMatchObject({ error: 'cant_update_message' })
    expect(await call(slack, 'chat.delete', { channel, ts })).toMatchObject({ error: 'cant_delete_message' })
    expect(await call(slack, 'chat.update', { channel, ts: '1.000000', text: 'x' })).toMatchObject({
      error: 'message_not_found',
    })
  })

  it('fails for a deleted message', async () => {
    const ts = await post('gone words')
    expect(await call(slack, 'chat.delete', { channel, ts })).toMatchObject({ ok: true })
    expect(await call(slack, 'chat.update', { channel, ts, text: 'x' })).toMatchObject({ error: 'message_not_found' })
    expect(slack.state.messagesIn(channel)).toEqual([])
    expect(slack.state.everything()).toContain('gone words')
  })
})

// https://docs.slack.dev/reference/methods/chat.postEphemeral
describe('a message to one person alone', () => {
  it('needs that person to be in the channel', async () => {
    const args = { channel, text: 'for you' }
    expect(await call(slack, 'chat.postEphemeral', { ...args, user: ANA })).toMatchObject({ ok: true })
    expect(await call(slack, 'chat.postEphemeral', { ...args, user: BEN })).toMatchObject({
      error: 'user_not_in_channel',
    })
    expect(slack.state.ephemerals.map((each) => [each.user, each.text])).toEqual([[ANA, 'for you']])
    expect(slack.state.messagesIn(channel)).toEqual([])
  })
})

// https://docs.slack.dev/reference/methods/pins.add
describe('pinning', () => {
  it('works only once for a message', async () => {
    const timestamp = await post()
    expect(await call(slack, 'pins.add', { channel, timestamp })).toMatchObject({ ok: true })
    expect(await call(slack, 'pins.add', { channel, timestamp })).toMatchObject({ error: 'already_pinned' })
    expect(await call(slack, 'pins.list', { channel })).toMatchObject({ items: [{ message: { ts: timestamp } }] })
  })

  it.each([
    [{}, 'no_item_specified'],
    [{ timestamp: 'yesterday' }, 'bad_timestamp'],
    [{ timestamp: '1.000000' }, 'message_not_found'],
  ])('case %# is answered with %s', async (args, error) => {
    expect(await call(slack, 'pins.add', { channel, ...args })).toMatchObject({ error })
  })
})
