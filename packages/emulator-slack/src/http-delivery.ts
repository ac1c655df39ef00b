import { createHmac, randomUUID } from 'node:crypto'
import type { Faults } from './faults.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { isObject, parseJson } from '@embargo/emulator-kit'
import type { Ack, Envelope } from './sockets.ts'
import type { Workspace } from './workspace.ts'

/** The address to which Slack sends payloads if Socket Mode is off, and the secret with which Slack signs them. */
export type RequestUrl = {
  readonly url: string
  /** https://docs.slack.dev/authentication/verifying-requests-from-slack */
  readonly signingSecret: string
}

/** Thrown if the app did not answer `url_verification`: Slack then does not accept the Request URL. */
export class UrlNotVerified extends Error {
  override readonly name = 'UrlNotVerified'
  readonly code = 'url-not-verified'
}

type Rules = RequestUrl & { readonly faults: Pick<Faults, 'takeTwice' | 'takeLostAck'>; readonly ackMs: number }
type HttpAnswer = { readonly status: number; readonly text: string }

/**
 * Delivers payloads over HTTP as Slack does: signed, with the content type of each kind, and three seconds for the
 * response.
 */
export class HttpDelivery {
  readonly #workspace: Workspace
  readonly #rules: Rules
  readonly #closing = new AbortController()

  constructor(workspace: Workspace, rules: Rules) {
    this.#workspace = workspace
    this.#rules = rules
  }

  /** https://docs.slack.dev/reference/events/url_verification */
  async verify(): Promise<void> {
    const challenge = randomUUID()
    const body = JSON.stringify({ type: 'url_verification', challenge, token: 'legacy-verification-token' })
    const { status, text } = await this.#post(body, 'application/json', {})
    const parsed = parseJson(text)
    const answer = isObject(parsed) ? parsed['challenge'] : text
    if (status !== 200 || answer !== challenge) throw new UrlNotVerified(`The Request URL answered ${status}.`)
  }

  async send(envelope: Envelope): Promise<Ack> {
    const from = this.#workspace.clock.monotonic()
    const twice = this.#rules.faults.takeTwice()
    const first = this.#sendOnce(envelope)
    if (twice) void this.#sendOnce(envelope)
    return { ...(await first), ms: this.#workspace.clock.monotonic() - from }
  }

  close(): void {
    this.#closing.abort()
  }

  async #sendOnce({ type, payload, retry }: Envelope): Promise<AckCore> {
    const ackIsLost = this.#rules.faults.takeLostAck()
    const headers: Record<string, string> = retry
      ? {
          'x-slack-retry-num': String(retry.attempt),
          'x-slack-retry-reason': HTTP_REASONS[retry.reason] ?? retry.reason,
        }
      : {}
    try {
      const { status, text } =
        type === 'events_api'
          ? await this.#post(JSON.stringify(payload), 'application/json', headers)
          : await this.#post(formOf(type, payload), 'application/x-www-form-urlencoded', headers)
      const answer = readAnswer(text)
      this.#workspace.remember(answer)
      if (ackIsLost) return { ok: false, reason: 'timeout' }
      return status >= 200 && status < 300 ? { ok: true, payload: answer } : { ok: false, reason: 'connection-closed' }
    } catch (error) {
      const late = error instanceof Error && error.name === 'TimeoutError'
      return { ok: false, reason: late ? 'timeout' : 'no-connection' }
    }
  }

  async #post(body: string, type: string, more: Readonly<Record<string, string>>): Promise<HttpAnswer> {
    const timestamp = String(Math.floor(this.#workspace.clock.wall() / 1000))
    const answered = await fetch(this.#rules.url, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(this.#rules.ackMs)]),
      headers: {
        ...more,
        'content-type': type,
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': signatureOf(this.#rules.signingSecret, { timestamp, body }),
      },
    })
    return { status: answered.status, text: await answered.text() }
  }
}

type AckCore =
  | { readonly ok: true; readonly payload: JsonObject }
  | { readonly ok: false; readonly reason: 'timeout' | 'no-connection' | 'connection-closed' }

// The reasons for retries over HTTP: https://docs.slack.dev/apis/events-api#retries
const HTTP_REASONS: Readonly<Record<string, string>> = { timeout: 'http_timeout' }

/**
 * `v0=` and the HMAC-SHA256 of `v0:timestamp:body`: https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export const signatureOf = (secret: string, signed: { readonly timestamp: string; readonly body: string }): string =>
  `v0=${createHmac('sha256', secret).update(`v0:${signed.timestamp}:${signed.body}`).digest('hex')}`

// The payload as a form: a slash command has one field for each value; any other interaction is JSON in one field.
const formOf = (type: Envelope['type'], payload: JsonObject): string => {
  if (type === 'interactive') return new URLSearchParams({ payload: JSON.stringify(payload) }).toString()
  const fields = Object.entries(payload).map(([key, value]): [string, string] => [key, String(value ?? '')])
  return new URLSearchParams(fields).toString()
}

const readAnswer = (text: string): JsonObject => {
  if (text === '') return {}
  const parsed = parseJson(text)
  return isObject(parsed) ? parsed : { text }
}
