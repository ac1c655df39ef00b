import { expect, test } from 'vitest'
import { ChannelCache } from './channel-cache.ts'

test('the cache answers with the latest news about a channel, separately for each platform', () => {
  const channels = new ChannelCache()
  expect(channels.isCaseChannel('slack', 'C1')).toBeUndefined()
  channels.set('slack', 'C1', false)
  expect(channels.isCaseChannel('slack', 'C1')).toBe(false)
  channels.setRows([{ channels: [{ platform: 'slack', channel: 'C1' }] }])
  expect(channels.isCaseChannel('slack', 'C1')).toBe(true)
  expect(channels.isCaseChannel('discord', 'C1')).toBeUndefined()
})
