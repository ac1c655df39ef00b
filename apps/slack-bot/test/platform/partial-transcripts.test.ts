import { PersonId } from '@embargo/core'
import type { ChatPlatform, TranscriptLine } from '@embargo/engine'
import { OutsideError } from '@embargo/engine'
import type { SlackEmulator } from '@embargo/emulator-slack'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createSlackPlatform } from '../../src/index.ts'
import { RateLimitedClient, RateLimiter } from '../../src/platform/rate-limiter.ts'
import { clientOptions } from '../../src/platform/client.ts'
import { ANA, BEN, BOT_TOKEN, effect, policy, recordingLog, workspace } from '../workspace.ts'

/**
 * More threads than can be read in a minute: each thread needs a call, and Slack allows fifty calls a minute.
 * https://docs.slack.dev/reference/methods/conversations.replies
 */
const THREADS = 120

describe('a channel with more threads than Slack allows to be read in a minute', () => {
  let slack: SlackEmulator
  let platform: ChatPlatform
  let now = 0
  let channel = ''

  beforeEach(async () => {
    now = 0
    slack = await workspace({ limits: { windowMs: 60_000 }, monotonic: () => now })
    const log = recordingLog()
    const client = new RateLimitedClient(BOT_TOKEN, clientOptions(log, slack.apiUrl), new RateLimiter(() => now))
    platform = createSlackPlatform({ client, policy, log })
    channel = (await platform.openChannel({ effect: effect('e1/open'), name: 'sec-2026-0042', lookUp: false })).channel
    await platform.invite({ channel, people: [PersonId.parse('ana'), PersonId.parse('ben')] })
    for (let count = 0; count < THREADS; count += 1)
      slack.person(BEN).say(channel, `answer ${count}`, slack.person(ANA).say(channel, `question ${count}`).ts)
  })
  afterEach(() => slack.close())

  const read = async (): Promise<readonly TranscriptLine[] | OutsideError> => {
    try {
      return await platform.transcript({ channel })
    } catch (error) {
      if (error instanceof OutsideError) return error
      throw error
    }
  }
  /** Like the engine, retries at the time that Slack names. `tries` limits the attempts. */
  const readWithin = async (tries: number): Promise<readonly TranscriptLine[] | OutsideError> => {
    const ended = await read()
    if (!(ended instanceof OutsideError) || tries === 1) return ended
    expect(ended).toMatchObject({ code: 'rate-limited', forAll: true })
    now += ended.retryAfterMs ?? 0
    return readWithin(tries - 1)
  }
  const asked = () => slack.state.requests.filter(({ method }) => method === 'conversations.replies').length

  it('is stored completely after as many minutes as its threads need, and each thread is read once', async () => {
    const lines = await readWithin(3)
    expect(lines).toHaveLength(2 * THREADS)
    expect(lines).toMatchObject(
      Array.from({ length: THREADS }, (_, count) => [
        { text: `question ${count}` },
        { text: `answer ${count}` },
      ]).flat(),
    )
    // Two calls were refused by the rate limit.
    expect(asked()).toBe(THREADS + 2)
  })

  it('is stored with what was written in its first threads after the first try', async () => {
    expect(await read()).toMatchObject({ code: 'rate-limited' })
    const [first] = slack.state.messagesIn(channel)
    slack.person(BEN).say(channel, 'one more answer', first?.ts)
    slack.person(ANA).say(channel, 'one more question')
    now += 60_000
    const lines = await readWithin(3)
    expect(lines).toHaveLength(2 * THREADS + 2)
    expect(lines).toMatchObject([
      ...Array(2 * THREADS).fill({}),
      { text: 'one more answer' },
      { text: 'one more question' },
    ])
  })
})
