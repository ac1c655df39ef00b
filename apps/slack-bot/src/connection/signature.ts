import { createHmac, timingSafeEqual } from 'node:crypto'

/**
 * How far a request's time may be from ours, so that a recorded request cannot be replayed later:
 * https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export const REPLAY_WINDOW_SECONDS = 5 * 60

export type Signed = {
  readonly secret: string
  /** `timestamp` and `signature` are unchecked headers of the request. */
  readonly timestamp: string | undefined
  readonly signature: string | undefined
  /** The exact bytes as received: a body that was parsed and serialized again has another signature. */
  readonly body: Uint8Array
  /** The time of the wall clock, in milliseconds since 1970. */
  readonly nowMs: number
}

/**
 * Whether Slack sent this request, and sent it just now. The comparison takes the same time wherever the first
 * difference is, so nobody can find a signature by measuring times.
 */
export function verifySignature(signed: Signed): 'genuine' | 'unsigned' | 'stale' | 'forged' {
  const { secret, timestamp, signature, body, nowMs } = signed
  if (timestamp === undefined || signature === undefined || !/^\d{1,12}$/.test(timestamp)) return 'unsigned'
  const signatureBytes = Buffer.from(signature)
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:`).update(body).digest('hex')
  const expected = Buffer.from(`v0=${digest}`)
  if (signatureBytes.length !== expected.length || !timingSafeEqual(signatureBytes, expected)) return 'forged'
  return Math.abs(nowMs / 1000 - Number(timestamp)) > REPLAY_WINDOW_SECONDS ? 'stale' : 'genuine'
}
