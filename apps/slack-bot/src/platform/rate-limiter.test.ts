import { describe, expect, it } from 'vitest'
import { RateLimitedClient, RateLimiter } from './rate-limiter.ts'

/** A client with a fake Slack that answers as the test specifies, and a list of the calls. */
const clientWith = (now: () => number) => {
  const calls: string[] = []
  const limits: { next: number | undefined } = { next: undefined }
  const client = new RateLimitedClient(
    'xoxb-test',
    {
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      fetch: async (url) => {
        calls.push(String(url).split('/').at(-1) ?? '')
        const after = limits.next
        limits.next = undefined
        return after === undefined
          ? Response.json({ ok: true })
          : new Response('{}', { status: 429, headers: { 'retry-after': String(after) } })
      },
    },
    new RateLimiter(now),
  )
  return { client, asked: calls, limits }
}
const post = (client: RateLimitedClient, channel: string) => client.chat.postMessage({ channel, text: 'x' })
const limited = (retryAfter: number) => ({ code: 'slack_webapi_rate_limited_error', retryAfter })

describe('the limiter of a client', () => {
  it('keep every caller from calling a method again too early', async () => {
    let now = 0
    const { client, asked, limits } = clientWith(() => now)
    limits.next = 30
    await expect(client.conversations.create({ name: 'a' })).rejects.toMatchObject(limited(30))
    now = 29_500
    await expect(client.conversations.create({ name: 'b' })).rejects.toMatchObject(limited(0.5))
    expect(asked).toEqual(['conversations.create'])
    now = 30_000
    await client.conversations.create({ name: 'b' })
    expect(asked).toHaveLength(2)
  })

  it('delay the posts in one channel, but not those in another, nor other methods', async () => {
    const { client, asked, limits } = clientWith(() => 0)
    limits.next = 1
    await expect(post(client, 'C1')).rejects.toMatchObject(limited(1))
    await expect(post(client, 'C1')).rejects.toMatchObject(limited(1))
    await post(client, 'C2')
    await client.conversations.info({ channel: 'C1' })
    expect(asked).toEqual(['chat.postMessage', 'chat.postMessage', 'conversations.info'])
  })

  it('remember only limits that are in force, and not too many of them', () => {
    let now = 0
    const limiter = new RateLimiter(() => now)
    for (let count = 0; count < 2000; count += 1) limiter.slow('chat.postMessage', `C${count}`, 1)
    expect(limiter.wait('chat.postMessage', 'C1999')).toBe(1000)
    expect(limiter.wait('chat.postMessage', 'C1')).toBe(0)
    now = 1000
    expect(limiter.wait('chat.postMessage', 'C1999')).toBe(0)
  })
})
