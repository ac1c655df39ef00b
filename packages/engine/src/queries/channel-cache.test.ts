import { expect, test } from 'vitest'
import { HeardChannels } from './channel-cache.ts'

test('what was last heard of a channel counts, on its own platform', () => {
  const heard = new HeardChannels()
  expect(heard.isOfACase('slack', 'C1')).toBeUndefined()
  heard.hear('slack', 'C1', false)
  expect(heard.isOfACase('slack', 'C1')).toBe(false)
  heard.hearRows([{ channels: [{ platform: 'slack', channel: 'C1' }] }])
  expect(heard.isOfACase('slack', 'C1')).toBe(true)
  expect(heard.isOfACase('discord', 'C1')).toBeUndefined()
})
