import { PersonId } from '@embargo/core'
import type { ChatPlatform } from '@embargo/engine'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlackPlatform, slackClient } from '../../src/index.ts'
import { card } from '../cards.ts'
import { ANA, BEN, BOT_TOKEN, effect, policy, recordingLog, workspace } from '../workspace.ts'

describe('the transcript of a channel', () => {
  let slack: SlackEmulator
  let platform: ChatPlatform
  let channel = ''
  const log = recordingLog()

  beforeEach(async () => {
    // All messages are in one millisecond, so their order must come from Slack.
    slack = await workspace({ now: () => 1_800_000_000_000 })
    platform = createSlackPlatform({
      client: slackClient({ botToken: BOT_TOKEN, apiUrl: slack.apiUrl, log }),
      policy,
      log,
    })
    channel = (await platform.openChannel({ effect: effect('e1/open'), name: 'sec-2026-0042', lookUp: false })).channel
    await platform.invite({ channel, people: [PersonId.parse('ana'), PersonId.parse('ben')] })
  })
  afterEach(() => slack.close())

  const ana = () => slack.person(ANA)
  const ben = () => slack.person(BEN)
  const kept = async () => (await platform.transcript({ channel })).map(({ author, text }) => [author, text])
  const trace = { name: 'trace.txt', type: 'text/plain', bytes: Buffer.from('at main') }

  it('has what people wrote, in the channel and in threads, under their names', async () => {
    const message = ana().say(channel, 'is <b> & "c" fixed, @ben?')
    ben().say(channel, 'elsewhere')
    ben().say(channel, 'yes, @ana', message.ts)
    expect(await kept()).toEqual([
      ['ana', 'is <b> & "c" fixed, @ben?'],
      ['ben', 'elsewhere'],
      ['ben', 'yes, @ana'],
    ])
  })

  it('has an answer in a thread once, even if it was also sent to the channel', async () => {
    const message = ana().say(channel, 'is it fixed?')
    ben().sayInBoth(channel, 'yes', message.ts)
    ana().say(channel, 'good')
    expect(await kept()).toEqual([
      ['ana', 'is it fixed?'],
      ['ben', 'yes'],
      ['ana', 'good'],
    ])
  })

  it('has the words and the files of a forwarded message, and who wrote it', async () => {
    const elsewhere = ben().say('general', '@ana, the <loader> & the parser')
    ana().forward(channel, elsewhere, 'see what ben found')
    ana().forward(channel, ben().showFile('general', trace))
    expect(await platform.transcript({ channel })).toMatchObject([
      { author: 'ana', text: 'see what ben found\nForwarded from ben:\n@ana, the <loader> & the parser', files: [] },
      { author: 'ana', text: expect.stringContaining('Forwarded from ben:'), files: ['trace.txt'] },
    ])
  })

  it('has the link of a page that Slack previews, but not the preview', async () => {
    const page = { url: 'https://example.org/advisory', title: 'The advisory', text: 'All that the page says' }
    ana().link(channel, 'read https://example.org/advisory', page)
    ana().link(channel, 'read this', page)
    expect(await kept()).toEqual([
      ['ana', 'read https://example.org/advisory'],
      ['ana', 'read this\nhttps://example.org/advisory'],
    ])
  })

  it('is complete, however many pages it takes, and has the names of files', async () => {
    for (let count = 0; count < 450; count += 1) ana().say(channel, `line ${count}`)
    await platform.post({
      effect: effect('e2/post'),
      channel,
      card: card({ quote: { label: 'Report', text: 'long '.repeat(4000) } }),
      pin: false,
      lookUp: false,
    })
    const lines = await platform.transcript({ channel })
    expect(lines).toHaveLength(452)
    expect([lines[0]?.text, lines[449]?.text]).toEqual(['line 0', 'line 449'])
    expect(lines.at(-1)?.files).toEqual([expect.stringMatching(/^status-/)])
  })
})
