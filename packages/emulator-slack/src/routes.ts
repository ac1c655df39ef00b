import type { Fault, Faults } from './faults.ts'
import type { JsonObject, ReceivedRequest, Reply } from '@embargo/emulator-kit'
import { asJsonObject, parseJson, textAt } from '@embargo/emulator-kit'
import type { RateLimits } from './rate-limits.ts'
import type { RequestRecord } from './state.ts'
import type { Answer } from './web-api/answer.ts'
import { refused } from './web-api/answer.ts'
import { readBody } from './web-api/arguments.ts'
import type { Platform } from './web-api/call.ts'
import type { Tokens } from './web-api/dispatch.ts'
import { answerCall } from './web-api/dispatch.ts'
import { METHODS } from './web-api/table.ts'

export type Desk = {
  readonly platform: Platform
  readonly faults: Faults
  readonly limits: RateLimits
  readonly tokens: Tokens
}

const json = (answer: Answer, more: Omit<Reply, 'status' | 'body'> = {}): Reply => ({
  status: 200,
  body: JSON.stringify(answer),
  ...more,
  headers: { 'content-type': 'application/json; charset=utf-8', ...more.headers },
})

const plain = (status: number, body: string): Reply => ({ status, body, headers: { 'content-type': 'text/plain' } })

const tooMany = (seconds: number): Reply => ({
  ...json(refused('ratelimited'), { headers: { 'retry-after': String(seconds) } }),
  status: 429,
})

/** Applies the planned fault, or else carries out the request. Records the outcome. */
const meet = (desk: Desk, record: RequestRecord, play: () => { reply: Reply; outcome: string }): Reply => {
  const fault: Fault | undefined = desk.faults.take(record.method)
  const { changes } = desk.platform.workspace
  const note = (outcome: string): void => {
    record.outcome = outcome
    changes.announce()
  }
  switch (fault?.kind) {
    case 'rate-limited':
      note('ratelimited')
      return tooMany(fault.retryAfterSeconds)
    case 'status':
      note(`status ${fault.status}`)
      return plain(fault.status, 'planned fault')
    case 'error':
      note(fault.error)
      return json(refused(fault.error))
    case 'lose-request':
      note('request lost')
      return { status: 0, body: '', fault }
    case 'lose-answer': {
      const { outcome } = play()
      note(`${outcome}, answer lost`)
      return { status: 0, body: '', fault }
    }
    case 'hang': {
      const { reply, outcome } = play()
      note(outcome)
      return { ...reply, fault }
    }
    case undefined: {
      const { reply, outcome } = play()
      note(outcome)
      return reply
    }
    default:
      return fault satisfies never
  }
}

// Arguments are recorded as values, so that a test reads blocks and not their JSON text. Tokens are not recorded.
const recordable = (sent: JsonObject): JsonObject =>
  asJsonObject(
    Object.fromEntries(
      Object.entries(sent)
        .filter(([key]) => key !== 'token')
        .map(([key, value]) => {
          const looksJson = typeof value === 'string' && /^[[{]/.test(value)
          return [key, looksJson ? (parseJson(value) ?? value) : value]
        }),
    ),
  )

const callMethod = (desk: Desk, name: string, received: ReceivedRequest): Reply => {
  const { platform } = desk
  const method = METHODS[name]
  const isJson = received.contentType.startsWith('application/json')
  const readable = !isJson || method?.json !== false
  const sent = readBody(
    readable ? received.contentType : '',
    readable ? received.body.toString('utf8') : '',
    received.query,
  )
  const record = platform.workspace.record(name, recordable(sent))
  return meet(desk, record, () => {
    const channel = textAt(sent, 'channel')
    const wait = method ? desk.limits.admit({ method: name, tier: method.tier, channel }) : undefined
    if (wait !== undefined) return { reply: tooMany(wait), outcome: 'ratelimited' }
    const token = /^Bearer (.+)$/.exec(received.authorization ?? '')?.[1]
    const answer = answerCall(platform, { name, sent, token }, desk.tokens)
    const headers = {
      'x-oauth-scopes': [...platform.scopes].join(','),
      'x-accepted-oauth-scopes': (method?.scopes ?? []).join(','),
    }
    return { reply: json(answer, { headers }), outcome: answer.ok ? 'ok' : answer.error }
  })
}

// The client library sends a form with one part. A plain body is accepted too.
const uploadedBytes = async (received: ReceivedRequest): Promise<Buffer> => {
  if (!received.contentType.startsWith('multipart/form-data')) return received.body
  const headers = { 'content-type': received.contentType }
  const form = await new Response(new Uint8Array(received.body), { headers }).formData()
  const part = [...form.values()].find((value) => typeof value !== 'string')
  return part === undefined ? Buffer.alloc(0) : Buffer.from(await part.arrayBuffer())
}

const takeUpload = async (desk: Desk, ticket: string, received: ReceivedRequest): Promise<Reply> => {
  const { workspace, files } = desk.platform
  const bytes = await uploadedBytes(received)
  const record = workspace.record('upload', { bytes: bytes.length })
  return meet(desk, record, () => {
    const taken = files.take(ticket, bytes)
    if (!taken) return { reply: plain(400, 'upload refused'), outcome: 'upload refused' }
    return { reply: plain(200, `OK - ${bytes.length}`), outcome: 'ok' }
  })
}

const takeResponse = (desk: Desk, id: string, received: ReceivedRequest): Reply => {
  const { workspace, interactions } = desk.platform
  const body = parseJson(received.body.toString('utf8'))
  const record = workspace.record('response_url', asJsonObject(body))
  return meet(desk, record, () => {
    const answered = interactions.respond(id, body)
    return { reply: plain(answered.status, answered.body), outcome: answered.body }
  })
}

// https://docs.slack.dev/reference/objects/file-object: a download needs the bot token as bearer, with files:read. Any
// other request is redirected to the sign-in page.
const giveFile = (desk: Desk, received: ReceivedRequest): Reply => {
  const { workspace, files, scopes } = desk.platform
  const record = workspace.record('file', { path: received.path })
  return meet(desk, record, () => {
    const allowed = received.authorization === `Bearer ${desk.tokens.bot}` && scopes.has('files:read')
    if (!allowed) return { reply: { status: 302, body: '', headers: { location: '/signin' } }, outcome: 'sign in' }
    const file = files.read(received.path)
    if (file?.content === undefined) return { reply: plain(404, 'not found'), outcome: 'not found' }
    return { reply: { status: 200, body: file.content, headers: { 'content-type': file.type } }, outcome: 'ok' }
  })
}

/** Routes a request to its handler. */
export const route = async (desk: Desk, received: ReceivedRequest): Promise<Reply> => {
  const [, first = '', ...rest] = received.path.split('/')
  if (first === 'api') return callMethod(desk, rest.join('/'), received)
  if (first === 'upload') return takeUpload(desk, rest.at(-1) ?? '', received)
  if (first === 'response') return takeResponse(desk, rest.at(-1) ?? '', received)
  if (first === 'files-pri') return giveFile(desk, received)
  return plain(404, 'not found')
}
