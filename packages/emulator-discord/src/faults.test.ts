import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DiscordEmulator } from './emulator.ts'
import { BOT_TOKEN, api, openChannel, startTestDiscord } from './testing.ts'

let discord: DiscordEmulator
let channel: string
beforeEach(async () => {
  discord = await startTestDiscord()
  channel = await openChannel(discord)
})
afterEach(() => discord.close())

const post = (content: string) => api(discord, `POST /channels/${channel}/messages`, { content })
const texts = (): string[] => discord.state.messagesIn(channel).map((each) => each.content)
const outcomes = (): string[] =>
  discord.state.requests.filter((each) => each.method === 'create_message').map((each) => each.outcome)

describe('a fault on demand', () => {
  it('limits the rate, and the limited call has no effect', async () => {
    discord.faults.next('create_message', { kind: 'rate-limited', retryAfterSeconds: 7, global: true })
    const answer = await post('one')
    expect([answer.status, answer.body]).toEqual([
      429,
      { message: 'You are being rate limited.', retry_after: 7, global: true },
    ])
    expect((await post('two')).status).toBe(200)
    expect([texts(), outcomes()]).toEqual([['two'], ['rate limited', 'ok']])
  })

  it('answers with a status as many times as requested', async () => {
    discord.faults.next('create_message', { kind: 'status', status: 503 }).times(2)
    expect([(await post('a')).status, (await post('b')).status, (await post('c')).status]).toEqual([503, 503, 200])
    expect(texts()).toEqual(['c'])
  })

  it('in an outage of the guild, calls about the guild fail too if the test asks for that', async () => {
    discord.faults.guildOutage(true)
    expect((await post('one')).status).toBe(200)
    discord.faults.guildOutage(true, { refusesCalls: true })
    expect((await post('two')).status).toBe(503)
    expect((await api(discord, 'GET /users/@me')).status).toBe(200)
    discord.faults.guildOutage(false)
    expect((await post('three')).status).toBe(200)
    expect(texts()).toEqual(['one', 'three'])
  })

  it('answers with an error by its name', async () => {
    discord.faults.next('create_message', { kind: 'error', error: 'missingAccess' })
    expect(await post('x')).toMatchObject({ status: 403, body: { code: 50001, message: 'Missing Access' } })
    expect(outcomes()).toEqual(['50001 Missing Access'])
  })

  it('bans the address from a given call on, and then allows it again', async () => {
    discord.faults.next('create_message', { kind: 'banned', ms: 20 })
    const first = await post('never')
    expect([first.status, first.headers.get('content-type')]).toEqual([429, 'text/html'])
    expect((await api(discord, 'GET /users/@me')).status).toBe(429)
    expect([texts(), outcomes(), discord.state.shutOut]).toEqual([[], ['address banned'], 1])
    while ((await post('later')).status === 429);
    expect(texts()).toEqual(['later'])
  })

  it('loses the answer after the call had its effect', async () => {
    discord.faults.next('create_message', { kind: 'lose-answer' })
    await expect(post('done and not told')).rejects.toThrow('fetch failed')
    expect([texts(), outcomes()]).toEqual([['done and not told'], ['ok, answer lost']])
  })

  it('loses the request before it has an effect', async () => {
    discord.faults.next('create_message', { kind: 'lose-request' })
    await expect(post('never')).rejects.toThrow('fetch failed')
    expect([texts(), outcomes()]).toEqual([[], ['request lost']])
  })

  it('delays the answer, but not the effect', async () => {
    discord.faults.next('create_message', { kind: 'hang', ms: 60_000 })
    const abort = new AbortController()
    const pending = fetch(`${discord.apiUrl}/v10/channels/${channel}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${BOT_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({ content: 'slow' }),
      signal: abort.signal,
    })
    await discord.until(() => texts().includes('slow'))
    abort.abort()
    await expect(pending).rejects.toThrow('aborted')
  })

  it('affects only its own operation, and each fault only one call, in order', async () => {
    discord.faults.next('create_pin', { kind: 'status', status: 500 })
    discord.faults.next('create_message', { kind: 'status', status: 500 })
    discord.faults.next('create_message', { kind: 'status', status: 502 })
    expect([(await post('a')).status, (await post('b')).status, (await post('c')).status]).toEqual([500, 502, 200])
  })
})
