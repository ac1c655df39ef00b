import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { Edge } from './edge.ts'
import type { DiscordEmulator } from './emulator.ts'
import { GUILD, api, at, openChannel, startTestDiscord } from './testing.ts'

let now: number
let discord: DiscordEmulator
let channel: string
beforeEach(async () => {
  now = 0
  discord = await startTestDiscord({ limits: { speed: 1 }, monotonic: () => now })
  channel = await openChannel(discord)
  now = 10_000
})
afterEach(() => discord.close())

const post = (to = channel) => api(discord, `POST /channels/${to}/messages`, { content: 'x' })
const header = (answer: Awaited<ReturnType<typeof post>>, name: string) => answer.headers.get(`x-ratelimit-${name}`)

// https://docs.discord.com/developers/topics/rate-limits
describe('rate limits', () => {
  it('are off unless the test turns them on', async () => {
    await using free = await startTestDiscord()
    const place = await openChannel(free)
    for (let count = 0; count < 60; count += 1) {
      const answer = await api(free, `POST /channels/${place}/messages`, { content: 'x' })
      expect([answer.status, answer.headers.get('x-ratelimit-limit')]).toEqual([200, null])
    }
  })

  it('are reported in each response, with the calls that are left and when the bucket is full again', async () => {
    const answer = await post()
    now += 1000
    const next = await post()
    expect(['limit', 'remaining', 'reset-after'].map((name) => header(answer, name))).toEqual(['5', '4', '5.000'])
    expect(['limit', 'remaining', 'reset-after'].map((name) => header(next, name))).toEqual(['5', '3', '4.000'])
    expect(header(answer, 'bucket')).toBe(header(next, 'bucket'))
  })

  it('allow five messages in five seconds, and a refusal says how long to wait', async () => {
    for (let count = 0; count < 5; count += 1) expect((await post()).status).toBe(200)
    now += 1500
    const answer = await post()
    expect([answer.status, answer.body]).toEqual([
      429,
      { message: 'You are being rate limited.', retry_after: 3.5, global: false },
    ])
    expect([answer.headers.get('retry-after'), header(answer, 'scope'), header(answer, 'remaining')]).toEqual([
      '4',
      'user',
      '0',
    ])
    expect(discord.state.requests.at(-1)?.outcome).toBe('rate limited')
    now += 3500
    expect((await post()).status).toBe(200)
    expect(discord.state.messagesIn(channel)).toHaveLength(6)
  })

  it('count each channel separately, and edits separately from messages', async () => {
    const other = await openChannel(discord)
    let last = await post()
    for (let count = 0; count < 4; count += 1) last = await post()
    expect((await post()).status).toBe(429)
    expect((await post(other)).status).toBe(200)
    const path = `/channels/${channel}/messages/${String(at(last, 'id'))}`
    expect((await api(discord, `PATCH ${path}`, { content: 'y' })).status).toBe(200)
  })

  it('allow fifty requests a second in total with the token of the bot', async () => {
    const read = (path: string) => api(discord, `GET ${path}`)
    for (let count = 0; count < 25; count += 1) {
      await read('/users/@me')
      await read(`/guilds/${GUILD}`)
    }
    const answer = await read('/users/@me')
    expect([answer.status, at(answer, 'global'), header(answer, 'global'), header(answer, 'scope')]).toEqual([
      429,
      true,
      'true',
      'global',
    ])
    expect((await api(discord, 'POST /interactions/1/x/callback', { type: 5 }, { token: undefined })).status).toBe(404)
    now += 1000
    expect((await read('/users/@me')).status).toBe(200)
  })

  it('run faster if the test says so, and so do the waiting times', async () => {
    await using fast = await startTestDiscord({ limits: { speed: 10 }, monotonic: () => now })
    const place = await openChannel(fast)
    const send = () => api(fast, `POST /channels/${place}/messages`, { content: 'x' })
    for (let count = 0; count < 5; count += 1) await send()
    const answer = await send()
    expect([at(answer, 'retry_after'), answer.headers.get('retry-after')]).toEqual([0.5, '0.500'])
    now += 500
    expect((await send()).status).toBe(200)
  })
})

// https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
describe('requests that are refused', () => {
  it('are counted if the status is 401, 403 or 429, and not otherwise', async () => {
    await api(discord, 'GET /users/@me', undefined, { token: 'wrong' })
    await api(discord, 'GET /nothing')
    discord.faults.next('create_message', { kind: 'error', error: 'missingAccess' })
    discord.faults.next('create_message', { kind: 'rate-limited', retryAfterSeconds: 1 })
    await post()
    await post()
    expect(discord.state.invalidRequests).toBe(3)
  })

  it('cause a ban of the address after ten thousand in ten minutes', () => {
    const edge = new Edge(() => now)
    for (let count = 0; count < 9999; count += 1) edge.note(401)
    expect(edge.isBanned).toBe(false)
    edge.note(403)
    expect(edge.isBanned).toBe(true)
    now += 10 * 60_000
    expect([edge.isBanned, edge.count]).toEqual([false, 0])
  })

  it('are answered in a different form during a ban, which is not JSON', async () => {
    discord.faults.banAddress(true)
    const banned = await api(discord, 'GET /users/@me')
    expect([banned.status, banned.headers.get('content-type')]).toEqual([429, 'text/html'])
    discord.faults.banAddress(false)
    expect((await api(discord, 'GET /users/@me')).status).toBe(200)
  })
})
