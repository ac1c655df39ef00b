import type { Json, JsonObject, ReceivedRequest, Reply } from '@embargo/emulator-kit'
import { asJsonObject } from '@embargo/emulator-kit'
import type { Edge } from './edge.ts'
import { ApiError, UnsupportedError } from './errors.ts'
import type { Fault, Faults } from './faults.ts'
import type { Guild } from './guild.ts'
import type { RecordedReply } from './replies.ts'
import { json, limitHeaders, unsupported, refusal, tooMany, usedUp } from './replies.ts'
import { TooMany } from './rate-limits.ts'
import type { ReadBody } from './rest/body.ts'
import { readBody } from './rest/body.ts'
import type { Platform } from './rest/call.ts'
import type { RouteMatch } from './rest/table.ts'
import { isOfDiscord, matching } from './rest/table.ts'
import type { RequestRecord } from './state.ts'

export type Desk = {
  readonly platform: Platform
  readonly faults: Faults
  readonly token: string
}

type RequestContent = ReadBody & { readonly query: URLSearchParams }

/** The response that every request gets during a ban of its address. */
const SHUT_OUT: Reply = {
  status: 429,
  body: '<html>error code: 1015</html>',
  headers: { 'content-type': 'text/html' },
}

const API = /^\/api(?:\/v(\d+))?(\/.*)$/

/** Applies the planned fault, or else carries out the request. Records the outcome. */
const meet = (desk: Desk, record: RequestRecord, play: () => RecordedReply): Reply => {
  const fault: Fault | undefined = desk.faults.take(record.method)
  const note = ({ reply, outcome }: RecordedReply): Reply => {
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
    case 'banned':
      desk.faults.banAddress(true)
      setTimeout(() => desk.faults.banAddress(false), fault.ms).unref()
      return note({ reply: SHUT_OUT, outcome: 'address banned' })
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

// The header is percent-encoded if it contains more than ASCII: https://docs.discord.com/developers/resources/audit-log
const decoded = (reason: string): string => {
  try {
    return decodeURIComponent(reason)
  } catch {
    return reason
  }
}

const withoutToken = ({ operation, params }: RouteMatch): string =>
  operation.path.replaceAll(/\{(\w+)\}/g, (_, name: string) => (name.endsWith('token') ? '…' : (params[name] ?? '')))

/** Carries out an operation. `headers`: the headers about the operation's rate-limit bucket. */
const perform = (
  desk: Desk,
  matched: RouteMatch,
  sent: RequestContent,
  headers: Readonly<Record<string, string>>,
): RecordedReply => {
  try {
    const { status, body } = matched.operation.play({ ...desk.platform, params: matched.params, ...sent })
    return { reply: body === undefined ? { status, body: '', headers } : json(status, body, headers), outcome: 'ok' }
  } catch (error) {
    if (error instanceof ApiError) return refusal(error, headers)
    if (error instanceof TooMany) return tooMany(error, headers)
    if (error instanceof UnsupportedError) return unsupported(error)
    throw error
  }
}

/**
 * Whether a request is about the guild while the guild has an outage in which such requests get a 5xx:
 * https://docs.discord.com/developers/topics/opcodes-and-status-codes#http
 */
const isOut = ({ isAvailable, refusesCalls }: Guild, { params }: RouteMatch): boolean =>
  !isAvailable && refusesCalls && (params['guild_id'] ?? params['channel_id']) !== undefined

/** Checks the token, then the rate limits, then carries out the call. */
const play = (
  desk: Desk,
  matched: RouteMatch,
  authorization: string | undefined,
  sent: RequestContent,
): RecordedReply => {
  const { limits, guild } = desk.platform
  const { auth, bucket } = matched.operation
  if (auth === 'bot' && authorization !== `Bot ${desk.token}`) return refusal(new ApiError('unauthorized'))
  if (isOut(guild, matched)) return { reply: { status: 503, body: 'outage' }, outcome: 'status 503' }
  try {
    return perform(desk, matched, sent, limitHeaders(limits.admit(matched), guild.clock.wall()))
  } catch (error) {
    if (!(error instanceof TooMany)) throw error
    return tooMany(error, error.isGlobal ? {} : usedUp(bucket, error.retryAfterSeconds, guild.clock.wall()))
  }
}

const callOperation = async (desk: Desk, path: string, received: ReceivedRequest): Promise<Reply> => {
  const { guild } = desk.platform
  const matched = matching(path).find(({ operation }) => operation.verb === received.verb)
  if (!matched) {
    const record = guild.record({ method: `${received.verb} ${path}`, path, args: {}, reason: received.reason })
    return meet(desk, record, () =>
      isOfDiscord(path) ? unsupported(new UnsupportedError(record.method)) : refusal(new ApiError('general')),
    )
  }
  let sent: ReadBody
  try {
    sent = await readBody(received.contentType, received.body)
  } catch (error) {
    if (error instanceof ApiError) return refusal(error).reply
    throw error
  }
  const { authorization, query } = received
  const record = guild.record({
    method: matched.operation.id,
    path: withoutToken(matched),
    args: recordable(sent.body, query),
    reason: received.reason === undefined ? undefined : decoded(received.reason),
  })
  return meet(desk, record, () => play(desk, matched, authorization, { ...sent, query }))
}

/** Routes a request to its handler. */
export const route = async (desk: Desk, edge: Edge, received: ReceivedRequest): Promise<Reply> => {
  const { guild } = desk.platform
  if (received.path.startsWith('/cdn/')) {
    const followed = guild.cdn.follow(received.path.slice('/cdn'.length), received.query)
    if (followed.status === 404) return { status: 404, body: 'This content is no longer available.' }
    return { status: 200, body: followed.file.bytes, headers: { 'content-type': followed.file.contentType } }
  }
  if (edge.isBanned) {
    guild.shutOut += 1
    guild.changes.announce()
    return SHUT_OUT
  }
  const [, version = '10', path] = API.exec(received.path) ?? []
  if (path === undefined) return { status: 404, body: 'not found' }
  const reply =
    version === '10' ? await callOperation(desk, path, received) : json(400, new ApiError('apiVersion').body)
  edge.note(reply.status)
  guild.invalidRequests = edge.count
  return reply
}
