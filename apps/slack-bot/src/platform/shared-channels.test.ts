import { WebClient } from '@slack/web-api'
import { describe, expect, it } from 'vitest'
import { sharedChannels } from './shared-channels.ts'

/** A client of a workspace whose channels are shared or not. */
const clientOf = (channel: { is_ext_shared?: boolean; is_org_shared?: boolean }) => {
  const asked: string[] = []
  const client = new WebClient('xoxb-test', {
    retryConfig: { retries: 0 },
    fetch: async (url) => {
      asked.push(String(url))
      return Response.json({ ok: true, channel })
    },
  })
  return { client, asked }
}

describe('shared channels', () => {
  it.each([[{ is_ext_shared: true }], [{ is_org_shared: true }]])('refuses %j', async (channel) => {
    await expect(sharedChannels(clientOf(channel).client).refuse('C1')).rejects.toMatchObject({ code: 'refused' })
  })

  it('asks again after ten minutes, when it may have been shared', async () => {
    const channel: { is_ext_shared?: boolean } = {}
    const { client, asked } = clientOf(channel)
    let now = 0
    const shared = sharedChannels(client, { monotonicMs: () => now })
    await shared.refuse('C1')
    channel.is_ext_shared = true
    now = 10 * 60_000 - 1
    await shared.refuse('C1')
    expect(asked).toHaveLength(1)
    now = 10 * 60_000
    await expect(shared.refuse('C1')).rejects.toMatchObject({ code: 'refused' })
  })
})
