import { createHash } from 'node:crypto'
import type { Json, Reply } from '@embargo/emulator-kit'
import type { ApiError, UnsupportedError } from './errors.ts'
import type { LimitState, TooMany } from './rate-limits.ts'
import type { Bucket } from './rate-limits.ts'

/** A response, and the outcome that is recorded for the request. */
export type RecordedReply = { readonly reply: Reply; readonly outcome: string }

/** An answer in JSON. */
export const json = (status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
})

/** The response to a refused request. Its outcome in the record is the error code and message. */
export const refusal = (error: ApiError, headers: Readonly<Record<string, string>> = {}): RecordedReply => ({
  reply: json(error.status, error.body, headers),
  outcome: `${error.code} ${error.message}`,
})

/** https://docs.discord.com/developers/topics/rate-limits#header-format */
export const limitHeaders = (limit: LimitState | undefined, now: number): Readonly<Record<string, string>> =>
  limit === undefined
    ? {}
    : {
        'x-ratelimit-limit': String(limit.limit),
        'x-ratelimit-remaining': String(limit.remaining),
        'x-ratelimit-reset': (now / 1000 + limit.resetAfterSeconds).toFixed(3),
        'x-ratelimit-reset-after': limit.resetAfterSeconds.toFixed(3),
        'x-ratelimit-bucket': createHash('md5').update(limit.bucket).digest('hex'),
      }

/**
 * Makes a 429 response. `limit`: the headers about the call's bucket. They may say that the bucket still has room,
 * because another limit was exceeded.
 */
export const tooMany = (
  { message, retryAfterSeconds, header, isGlobal }: TooMany,
  limit: Readonly<Record<string, string>>,
): RecordedReply => ({
  reply: json(
    429,
    { message, retry_after: Number(retryAfterSeconds.toFixed(3)), global: isGlobal },
    {
      ...limit,
      'retry-after': header,
      'x-ratelimit-scope': isGlobal ? 'global' : 'user',
      ...(isGlobal ? { 'x-ratelimit-global': 'true' } : {}),
      via: '1.1 google',
    },
  ),
  outcome: 'rate limited',
})

/** A 501, for something that the emulator does not implement. */
export const unsupported = ({ message }: UnsupportedError): RecordedReply => ({
  reply: json(501, { message, code: 0 }),
  outcome: message,
})

/** The headers of a response whose bucket is used up. */
export const usedUp = (
  { name, max }: Pick<Bucket, 'name' | 'max'>,
  resetAfterSeconds: number,
  now: number,
): Readonly<Record<string, string>> => limitHeaders({ bucket: name, limit: max, remaining: 0, resetAfterSeconds }, now)
