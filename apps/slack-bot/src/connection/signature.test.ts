import { createHmac } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Signed } from './signature.ts'
import { REPLAY_WINDOW_SECONDS, verifySignature } from './signature.ts'

// The example of https://docs.slack.dev/authentication/verifying-requests-from-slack.
const example: Signed = {
  secret: '8f742231b10e8888abcd99yyyzzz85a5',
  timestamp: '1531420618',
  signature: 'v0=a2114d57b48eac39b9ad189dd8316235a7b4a8d21a10bd27519666489c69b503',
  body: Buffer.from(
    'token=xyzz0WbapA4vBCDEFasx0q6G&team_id=T1DC2JH3J&team_domain=testteamnow&channel_id=G8PSS9T3V&channel_name=foobar&user_id=U2CERLKJA&user_name=roadrunner&command=%2Fwebhook-collect&text=&response_url=https%3A%2F%2Fhooks.slack.com%2Fcommands%2FT1DC2JH3J%2F397700885554%2F96rGlfmibIGlgcZRskXaIFfN&trigger_id=398738663015.47445629121.803a0bc887a14d10d2c447fce8b6703c',
  ),
  nowMs: 1_531_420_618_000,
}
const judged = (more: Partial<Signed>) => verifySignature({ ...example, ...more })
const signed = (timestamp: string): Partial<Signed> => ({
  timestamp,
  signature: `v0=${createHmac('sha256', example.secret).update(`v0:${timestamp}:`).update(example.body).digest('hex')}`,
})

describe('the signature of a request', () => {
  it('is the one of Slack’s own example', () => {
    expect(judged({})).toBe('genuine')
  })

  it.each([
    ['another body', { body: Buffer.from('token=other') }],
    ['another time', { timestamp: '1531420619' }],
    ['another secret', { secret: 'f'.repeat(32) }],
    ['a shorter signature', { signature: 'v0=a2114d57' }],
    ['an empty one', { signature: '' }],
    ['another version', { signature: String(example.signature).replace('v0', 'v1') }],
  ] as const)('with %s is forged', (_what, more) => {
    expect(judged(more)).toBe('forged')
  })

  it.each([
    ['no signature', { signature: undefined }],
    ['no time', { timestamp: undefined }],
    ['an invalid time', { timestamp: 'now' }],
    ['a time without end', { timestamp: '9'.repeat(400) }],
  ] as const)('with %s is unsigned', (_what, more) => {
    expect(judged(more)).toBe('unsigned')
  })

  it.each([
    [REPLAY_WINDOW_SECONDS, 'genuine'],
    [REPLAY_WINDOW_SECONDS + 1, 'stale'],
    [-REPLAY_WINDOW_SECONDS, 'genuine'],
    [-REPLAY_WINDOW_SECONDS - 1, 'stale'],
  ])('%i seconds old is %s', (age, expected) => {
    expect(judged({ ...signed('1531420618'), nowMs: example.nowMs + age * 1000 })).toBe(expected)
  })
})
