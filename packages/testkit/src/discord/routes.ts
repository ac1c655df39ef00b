import { createHash } from 'node:crypto'
import type { Json, JsonObject } from '../slack/json.ts'
import { asJsonObject } from '../slack/json.ts'
import type { Edge } from './edge.ts'
import { ApiError, NotPlayed } from './errors.ts'
import type { Fault, Faults } from './faults.ts'
import type { Standing } from './rate-limits.ts'
import { TooMany } from './rate-limits.ts'
import type { ReadBody } from './rest/body.ts'
import { readBody } from './rest/body.ts'
import type { Platform } from './rest/call.ts'
import type { Matched } from './rest/table.ts'
import { isOfDiscord, matching } from './rest/table.ts'
import type { Received, Reply } from './server.ts'
import type { RequestRecord } from './state.ts'

export type Desk = {
  readonly platform: Platform
  readonly faults: Faults
  readonly token: string
}

type Played = { readonly reply: Reply; readonly outcome: string }

const API = /^\/api(?:\/v(\d+))?(\/.*)$/

const json = (status: number, body: Json, headers: Readonly<Record<string, string>> = {}): Reply => ({
  status,
  body: JSON.stringify(body),
  headers: { 'content-type': 'application/json', ...headers },
})

const refusal = (error: ApiError, headers: Readonly<Record<string, string>> = {}): Played => ({
  reply: json(error.status, error.body, headers),
  outcome: `${error.code} ${error.message}`,
})

/** https://docs.discord.com/developers/topics/rate-limits#header-format */
const limitHeaders = (standing: Standing | undefined, now: number): Readonly<Record<string, string>> =>
  standing === undefined
    ? {}
    : {
        'x-ratelimit-limit': String(standing.limit),
        'x-ratelimit-remaining': String(standing.remaining),
        'x-ratelimit-reset': (now / 1000 + standing.resetAfterSeconds).toFixed(3),
        'x-ratelimit-reset-after': standing.resetAfterSeconds.toFixed(3),
        'x-ratelimit-bucket': createHash('md5').update(standing.bucket).digest('hex'),
      }

/** A 429. `standing`: what the bucket says; a limit beneath the bucket leaves something in it. */
const tooMany = (
  { message, retryAfterSeconds, header, isGlobal }: TooMany,
  standing: Readonly<Record<string, string>>,
): Played => ({
  reply: json(
    429,
    { message, retry_after: Number(retryAfterSeconds.toFixed(3)), global: isGlobal },
    {
      ...standing,
      'retry-after': header,
      'x-ratelimit-scope': isGlobal ? 'global' : 'user',
      ...(isGlobal ? { 'x-ratelimit-global': 'true' } : {}),
      via: '1.1 google',
    },
  ),
  outcome: 'rate limited',
})

const notPlayed = ({ message }: NotPlayed): Played => ({ reply: json(501, { message, code: 0 }), outcome: message })

/** What the headers say of a bucket that is used up. */
const usedUp = (
  bucket: string,
  limit: number,
  resetAfterSeconds: number,
  now: number,
): Readonly<Record<string, string>> => limitHeaders({ bucket, limit, remaining: 0, resetAfterSeconds }, now)

/** Meets the planned fault, or plays the request; writes down what became of it. */
const meet = (desk: Desk, record: RequestRecord, play: () => Played): Reply => {
  const fault: Fault | undefined = desk.faults.take(record.method)
  const note = ({ reply, outcome }: Played): Reply => {
    record.outcome = outcome
    desk.platform.guild.changes.announce()
    return reply
  }
  switch (fault?.kind) {
    case 'rate-limited':
      return note(
        tooMany(new TooMany(fault.retryAfterSeconds, { isGlobal: fault.global ?? false, isHurried: true }), {}),
      )
    case 'status':
      return note({ reply: { status: fault.status, body: 'planned fault' }, outcome: `status ${fault.status}` })
    case 'error':
      return note(refusal(new ApiError(fault.error)))
    case 'lose-request':
      return note({ reply: { status: 0, body: '', fault }, outcome: 'request lost' })
    case 'lose-answer': {
      const { outcome } = play()
      return note({ reply: { status: 0, body: '', fault }, outcome: `${outcome}, answer lost` })
    }
    case 'hang': {
      const { reply, outcome } = play()
      return note({ reply: { ...reply, fault }, outcome })
    }
    case undefined:
      return note(play())
    default:
      return fault satisfies never
  }
}

const recordable = (body: Json, query: URLSearchParams): JsonObject => ({
  ...Object.fromEntries(query),
  ...(Array.isArray(body) ? { body } : asJsonObject(body)),
})

const withoutToken = ({ operation, params }: Matched): string =>
  operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name.endsWith('token') ? '…' : (params[name] ?? '')))

const play = (desk: Desk, matched: Matched, received: Received, sent: ReadBody): Played => {
  const { platform, token } = desk
  const { operation, params } = matched
  try {
    const isKnown = received.authorization === `Bot ${token}`
    if (operation.auth === 'bot' && !isKnown) throw new ApiError('unauthorized')
    const standing = platform.limits.admit(matched)
    const headers = limitHeaders(standing, platform.guild.clock.wall())
    try {
      const { status, body } = operation.play({ ...platform, params, query: received.query, ...sent })
      const reply = body === undefined ? { status, body: '', headers } : json(status, body, headers)
      return { reply, outcome: 'ok' }
    } catch (error) {
      if (error instanceof ApiError) return refusal(error, headers)
      if (error instanceof TooMany) return tooMany(error, headers)
      if (error instanceof NotPlayed) return notPlayed(error)
      throw error
    }
  } catch (error) {
    if (error instanceof ApiError) return refusal(error)
    if (error instanceof TooMany) {
      const { name, max } = operation.bucket
      const now = platform.guild.clock.wall()
      return tooMany(error, error.isGlobal ? {} : usedUp(name, max, error.retryAfterSeconds, now))
    }
    throw error
  }
}

const callOperation = async (desk: Desk, path: string, received: Received): Promise<Reply> => {
  const { guild } = desk.platform
  const matched = matching(path).find(({ operation }) => operation.verb === received.verb)
  if (!matched) {
    const record = guild.record(`${received.verb} ${path}`, path, {})
    return meet(desk, record, () =>
      isOfDiscord(path) ? notPlayed(new NotPlayed(record.method)) : refusal(new ApiError('general')),
    )
  }
  let sent: ReadBody
  try {
    sent = await readBody(received.contentType, received.body)
  } catch (error) {
    if (error instanceof ApiError) return refusal(error).reply
    throw error
  }
  const record = guild.record(matched.operation.id, withoutToken(matched), recordable(sent.body, received.query))
  return meet(desk, record, () => play(desk, matched, received, sent))
}

/** Sends a request to where it belongs. */
export const route = async (desk: Desk, edge: Edge, received: Received): Promise<Reply> => {
  const { guild } = desk.platform
  if (received.path.startsWith('/cdn/')) {
    const followed = guild.cdn.follow(received.path.slice('/cdn'.length), received.query)
    if (followed.status === 404) return { status: 404, body: 'This content is no longer available.' }
    return { status: 200, body: followed.file.bytes, headers: { 'content-type': followed.file.contentType } }
  }
  if (edge.isBanned)
    return { status: 429, body: '<html>error code: 1015</html>', headers: { 'content-type': 'text/html' } }
  const [, version = '10', path] = API.exec(received.path) ?? []
  if (path === undefined) return { status: 404, body: 'not found' }
  const reply =
    version === '10' ? await callOperation(desk, path, received) : json(400, new ApiError('apiVersion').body)
  edge.note(reply.status)
  guild.invalidRequests = edge.count
  return reply
}
