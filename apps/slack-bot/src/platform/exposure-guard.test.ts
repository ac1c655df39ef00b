import { WebClient } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { exposureGuard } from './exposure-guard.ts'

/** A client of a workspace in which all channels have these properties. */
const clientOf = (channel: { is_ext_shared?: boolean; is_org_shared?: boolean; is_private?: boolean }) => {
  const calls: string[] = []
  const limits = { slow: false }
  const client = new WebClient('xoxb-test', {
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    fetch: async (url) => {
      calls.push(String(url))
      if (limits.slow) return new Response('', { status: 429, headers: { 'retry-after': '1' } })
      return Response.json({ ok: true, channel })
    },
  })
  return { client, asked: calls, limits }
}

describe('the guard of case talk', () => {
  it.each([[{ is_ext_shared: true }], [{ is_org_shared: true }]])('refuses %j', async (channel) => {
    await expect(exposureGuard(clientOf(channel).client).refuse('C1')).rejects.toMatchObject({ code: 'refused' })
  })

  it.each([
    ['one of a case, until its people know of it', true, { code: 'rate-limited', forAPerson: false }],
    ['the team’s own, which is no case’s', false, { code: 'refused', forAPerson: true }],
  ] as const)('refuses %s', async (_which, isOfCase, error) => {
    const exposures = { known: async () => false, tell: async () => isOfCase }
    const guard = exposureGuard(clientOf({ is_ext_shared: true }).client, { exposures })
    await expect(guard.refuse('C1')).rejects.toMatchObject(error)
  })

  /** A channel that was checked while private, and is public afterwards. */
  const wasSeen = async () => {
    const channel: { is_private: boolean } = { is_private: true }
    const slack = clientOf(channel)
    const clock = { now: 0 }
    const guard = exposureGuard(slack.client, { monotonicMs: () => clock.now })
    await guard.refuse('C1')
    channel.is_private = false
    return { ...slack, guard, clock, channel }
  }

  it('looks again within seconds, when it may have been opened', async () => {
    const { guard, clock, asked } = await wasSeen()
    clock.now = 15_000 - 1
    await guard.refuse('C1')
    expect(asked).toHaveLength(1)
    clock.now = 15_000
    await expect(guard.refuse('C1')).rejects.toMatchObject({ code: 'refused' })
  })

  it('checks busy channels less often, so that Slack’s limit is left to new ones, but at least every ten minutes', async () => {
    const { guard, clock, asked, channel } = await wasSeen()
    channel.is_private = true
    const others = Array.from({ length: 10 }, (_, index) => `C${index + 2}`)
    for (const other of others) await guard.refuse(other)
    clock.now = 15_000
    for (const other of others) await guard.refuse(other)
    expect(asked).toHaveLength(21)
    channel.is_private = false
    await guard.refuse('C1')
    expect(asked).toHaveLength(21)
    clock.now = 10 * 60_000 + 15_000
    await expect(guard.refuse('C1')).rejects.toMatchObject({ code: 'refused' })
  })

  it('trusts its last check for ten minutes while Slack asks to slow down', async () => {
    const { guard, clock, limits } = await wasSeen()
    limits.slow = true
    clock.now = 10 * 60_000 - 1
    await guard.refuse('C1')
    clock.now = 10 * 60_000
    await expect(guard.refuse('C1')).rejects.toMatchObject({ code: 'rate-limited' })
  })
})
