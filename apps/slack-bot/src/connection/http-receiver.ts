import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { createServer } from 'node:http'
import type { Log } from '@embargo/engine'
import type { App, Receiver } from '@slack/bolt'
import type { HttpListener } from '../config.ts'
import { SlackSetupError } from '../setup-error.ts'
import { processDelivery } from './delivery.ts'
import type { Payload } from './read-request.ts'
import { headerOf, readBytes, readPayload, REQUEST_BYTES_MAX } from './read-request.ts'
import { verifySignature } from './signature.ts'

/** The Request URL's path for all payloads: commands, buttons and events. */
export const REQUEST_PATH = '/slack/events'
/**
 * Slack gives up after three seconds. A request that is unacknowledged by then is answered, so that no connection stays
 * open.
 */
const ACK_MS = 3000
/**
 * A request must arrive within this time, because a slow one takes up a connection. Slack's own requests arrive within
 * a second.
 */
const REQUEST_MS = 10_000
/**
 * How many times Node checks for slow requests within the time that a request may take. By default Node checks only
 * every 30 s, so a slow request would take up its connection for much longer than allowed.
 */
const LOOKS_PER_REQUEST = 10
const CONNECTIONS_MAX = 200

export type HttpReceiverOptions = HttpListener & {
  readonly log: Log
  /** How long a request may take to arrive, in milliseconds. */
  readonly requestMs?: number
}

/**
 * Receives Slack's payloads over HTTP, on a listener of its own. A sender who is not Slack, or who replays an old
 * request, learns nothing. A request that is replayed within five minutes is recognised by its delivery id, like a
 * retry from Slack.
 */
export class HttpReceiver implements Receiver {
  readonly #options: HttpReceiverOptions
  readonly #server: Server
  #app: App | undefined

  constructor(options: HttpReceiverOptions) {
    this.#options = options
    const { requestMs = REQUEST_MS } = options
    const times = {
      requestTimeout: requestMs,
      headersTimeout: requestMs,
      connectionsCheckingInterval: requestMs / LOOKS_PER_REQUEST,
    }
    this.#server = createServer(times, (request, response) => {
      this.#serve(request, response).catch(() => end(response, 500))
    })
    this.#server.maxConnections = CONNECTIONS_MAX
  }

  init(app: App): void {
    this.#app = app
  }

  /** @throws {SlackSetupError} if the address is taken */
  async start(): Promise<number> {
    const { host, port } = this.#options.listen
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', (cause) => {
        const message = `Nothing can listen on ${host}:${port} for Slack. Another program has the port, or the address is not this machine's.`
        reject(new SlackSetupError('address-taken', message, { cause }))
      })
      this.#server.listen(port, host, resolve)
    })
    return this.port
  }

  /** Accepts no new requests and waits for those in progress. */
  async stop(): Promise<void> {
    const closed = new Promise<void>((resolve) => void this.#server.close(() => resolve()))
    this.#server.closeIdleConnections()
    await closed
  }

  get port(): number {
    const address = this.#server.address()
    return typeof address === 'object' && address !== null ? address.port : this.#options.listen.port
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (request.method !== 'POST' || request.url?.split('?', 1)[0] !== REQUEST_PATH) return end(response, 404)
    if (Number(request.headers['content-length'] ?? 0) > REQUEST_BYTES_MAX) return end(response, 413)
    const body = await readBytes(request)
    if (body === undefined) return end(response, 413)
    const { signingSecret, log, wallMs = Date.now } = this.#options
    const verdict = verifySignature({
      secret: signingSecret,
      timestamp: headerOf(request, 'x-slack-request-timestamp'),
      signature: headerOf(request, 'x-slack-signature'),
      body,
      nowMs: wallMs(),
    })
    if (verdict !== 'genuine') {
      log.warn('an incoming request to the address for Slack was refused', { verdict })
      return end(response, 401)
    }
    const payload = readPayload(request.headers['content-type'] ?? '', body)
    if (payload === undefined) return end(response, 400)
    if (payload['type'] === 'url_verification') return end(response, 200, { challenge: String(payload['challenge']) })
    if (payload['ssl_check'] !== undefined) return end(response, 200)
    await this.#process(payload, request, response)
  }

  async #process(payload: Payload, request: IncomingMessage, response: ServerResponse): Promise<void> {
    // After this error, Slack sends an event again, or tells the person who pressed a button that the press failed.
    const timer = setTimeout(() => end(response, 503), ACK_MS)
    const retry = Number(headerOf(request, 'x-slack-retry-num'))
    try {
      if (this.#app !== undefined)
        await processDelivery(this.#app, {
          body: payload,
          ack: async (answer) => end(response, 200, answer),
          ...(Number.isInteger(retry) && retry > 0 ? { retryNum: retry } : {}),
        })
    } catch {
      end(response, 500)
    } finally {
      clearTimeout(timer)
      // If no handler wants this kind of payload, nothing has answered yet. That is not a failure, and Slack must not
      // send the payload again.
      end(response, 200)
    }
  }
}

function end(response: ServerResponse, status: number, answer?: unknown): void {
  if (response.writableEnded) return
  const isEmpty = answer === undefined || answer === ''
  const isText = typeof answer === 'string'
  response.writeHead(status, isEmpty ? {} : { 'content-type': isText ? 'text/plain' : 'application/json' })
  response.end(isEmpty ? '' : isText ? answer : JSON.stringify(answer))
}
