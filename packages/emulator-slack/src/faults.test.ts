import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SlackEmulator } from './emulator.ts'
import { BOT_TOKEN, call, openChannel, startTestSlack } from './testing.ts'

let slack: SlackEmulator
let channel: string
beforeEach(async () => {
  slack = await startTestSlack()
  channel = await openChannel(slack)
})
afterEach(() => slack.close())

const post = (text: string) =>
  fetch(`${slack.apiUrl}chat.postMessage`, {
    method: 'POST',
    headers: { authorization: `Bearer ${BOT_TOKEN}` },
    body: new URLSearchParams({ channel, text }),
  })
const texts = (): string[] => slack.state.messagesIn(channel).map((each) => each.text)
const outcomes = (): string[] =>
  slack.state.requests.filter((each) => each.method === 'chat.postMessage').map((each) => each.outcome)

describe('a fault on demand', () => {
  it('limits the rate, and the limited call has no effect', async () => {
    slack.faults.next('chat.postMessage', { kind: 'rate-limited', retryAfterSeconds: 7 })
    const response = await post('one')
    expect([response.status, response.headers.get('retry-after')]).toEqual([429, '7'])
    expect(await response.json()).toEqual({ ok: false, error: 'ratelimited' })
    expect((await post('two')).status).toBe(200)
    expect(texts()).toEqual(['two'])
    expect(outcomes()).toEqual(['ratelimited', 'ok'])
  })

  it('answers with a status as many times as requested', async () => {
    slack.faults.next('chat.postMessage', { kind: 'status', status: 503 }).times(2)
    expect([(await post('a')).status, (await post('b')).status, (await post('c')).status]).toEqual([503, 503, 200])
    expect(texts()).toEqual(['c'])
  })

  it('answers with an error by its name', async () => {
    slack.faults.next('chat.postMessage', { kind: 'error', error: 'fatal_error' })
    expect(await call(slack, 'chat.postMessage', { channel, text: 'x' })).toEqual({ ok: false, error: 'fatal_error' })
  })

  it('loses the answer after the call had its effect', async () => {
    slack.faults.next('chat.postMessage', { kind: 'lose-answer' })
    await expect(post('done and not told')).rejects.toThrow('fetch failed')
    expect(texts()).toEqual(['done and not told'])
    expect(outcomes()).toEqual(['ok, answer lost'])
  })

  it('loses the request before it has an effect', async () => {
    slack.faults.next('chat.postMessage', { kind: 'lose-request' })
    await expect(post('never')).rejects.toThrow('fetch failed')
    expect(texts()).toEqual([])
  })

  it('delays the answer, but not the effect', async () => {
    slack.faults.next('chat.postMessage', { kind: 'hang', ms: 60_000 })
    const abort = new AbortController()
    const form = new URLSearchParams({ channel, text: 'slow' })
    const headers = { authorization: `Bearer ${BOT_TOKEN}` }
    const pending = fetch(`${slack.apiUrl}chat.postMessage`, {
      method: 'POST',
      body: form,
      headers,
      signal: abort.signal,
    })
    await slack.until(() => texts().includes('slow'))
    abort.abort()
    await expect(pending).rejects.toThrow('aborted')
  })

  it('affects only its own method, and only the call that it is meant for', async () => {
    slack.faults.next('pins.add', { kind: 'status', status: 500 })
    slack.faults.next('chat.postMessage', { kind: 'status', status: 500 })
    slack.faults.next('chat.postMessage', { kind: 'status', status: 502 })
    expect([(await post('a')).status, (await post('b')).status, (await post('c')).status]).toEqual([500, 502, 200])
  })
})

// https://docs.slack.dev/apis/web-api/rate-limits
describe('rate limits', () => {
  it('are off unless the test turns them on', async () => {
    for (let count = 0; count < 30; count += 1) expect((await post('x')).status).toBe(200)
  })

  it('allow twenty calls in a window of tier 2, and one post a second in a channel', async () => {
    let elapsed = 0
    await using limited = await startTestSlack({ limits: { windowMs: 60_000 }, monotonic: () => elapsed })
    const list = () => call(limited, 'users.list')
    for (let count = 0; count < 20; count += 1) expect(await list()).toMatchObject({ ok: true })
    expect(await list()).toMatchObject({ error: 'ratelimited' })
    elapsed = 60_000
    expect(await list()).toMatchObject({ ok: true })

    const one = await openChannel(limited, 'one')
    const two = await openChannel(limited, 'two')
    const say = (to: string) => call(limited, 'chat.postMessage', { channel: to, text: 'x' })
    expect([await say(one), await say(two)]).toMatchObject([{ ok: true }, { ok: true }])
    elapsed += 999
    expect(await say(one)).toMatchObject({ error: 'ratelimited' })
    elapsed += 1
    expect(await say(one)).toMatchObject({ ok: true })
  })
})
