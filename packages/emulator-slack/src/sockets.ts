import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import type { WebSocket } from 'ws'
import { WebSocketServer } from 'ws'
import type { Faults, Refresh } from './faults.ts'
import type { JsonObject } from '@embargo/emulator-kit'
import { isObject, parseJson, textAt } from '@embargo/emulator-kit'
import { CONNECTION_TICKET_MS, CONNECTIONS_MAX, SOCKET_PING_MS } from './limits.ts'
import type { Workspace } from './workspace.ts'

/** A payload on its way: https://docs.slack.dev/apis/events-api/using-socket-mode#events */
export type Envelope = {
  readonly type: 'slash_commands' | 'interactive' | 'events_api'
  readonly payload: JsonObject
  /** Whether the app may put its answer into the acknowledgement. */
  readonly acceptsResponse: boolean
  readonly retry?: { readonly attempt: number; readonly reason: string }
}

/** The outcome of a payload. `ms` is measured on the emulator's monotonic clock. */
export type Ack =
  | { readonly ok: true; readonly payload: JsonObject; readonly ms: number }
  | { readonly ok: false; readonly reason: 'timeout' | 'no-connection' | 'connection-closed'; readonly ms: number }

type PendingAck = {
  readonly socket: WebSocket
  readonly settle: (ack: AckCore) => void
  readonly ackIsLost: boolean
}
type AckCore =
  | { readonly ok: true; readonly payload: JsonObject }
  | { readonly ok: false; readonly reason: 'timeout' | 'no-connection' | 'connection-closed' }

/** How long a socket may take to answer a close frame. */
const GOODBYE_MS = 1000

const goodbye = (socket: WebSocket): Promise<void> =>
  new Promise((resolve) => {
    const timer = setTimeout(() => socket.terminate(), GOODBYE_MS)
    socket.once('close', () => {
      clearTimeout(timer)
      resolve()
    })
    socket.close(1000)
  })

/** Socket Mode: tickets, hello, envelopes and acknowledgements. Each payload goes to one socket, chosen at random. */
export class Sockets {
  readonly #server = new WebSocketServer({ noServer: true })
  readonly #open = new Set<WebSocket>()
  readonly #tickets = new Map<string, number>()
  readonly #pending = new Map<string, PendingAck>()
  readonly #workspace: Workspace
  readonly #rules: { readonly base: () => string; readonly random: () => number; readonly ackMs: number }
  #faults: Pick<Faults, 'takeTwice' | 'takeLostAck'> | undefined

  constructor(
    workspace: Workspace,
    rules: { readonly base: () => string; readonly random: () => number; readonly ackMs: number },
  ) {
    this.#workspace = workspace
    this.#rules = rules
  }

  /** Sets the faults. The constructor cannot take them, because they refer to these sockets. */
  obey(faults: Pick<Faults, 'takeTwice' | 'takeLostAck'>): void {
    this.#faults = faults
  }

  /** A WebSocket URL that can be used once, within half a minute. Undefined if all ten sockets are in use. */
  issueUrl(): string | undefined {
    if (this.#open.size >= CONNECTIONS_MAX) return undefined
    const ticket = this.#workspace.nextId('ticket')
    this.#tickets.set(ticket, this.#workspace.clock.monotonic())
    return `${this.#rules.base().replace(/^http/, 'ws')}/link/?ticket=${ticket}&app_id=${this.#workspace.app.id}`
  }

  /** Accepts an HTTP upgrade, or ends the connection. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1')
    const ticket = url.searchParams.get('ticket') ?? ''
    const issued = this.#tickets.get(ticket)
    this.#tickets.delete(ticket)
    const tooOld = issued === undefined || this.#workspace.clock.monotonic() - issued > CONNECTION_TICKET_MS
    if (url.pathname !== '/link/' || tooOld || this.#open.size >= CONNECTIONS_MAX) {
      socket.end('HTTP/1.1 408 Request Timeout\r\nConnection: close\r\n\r\n')
      return
    }
    this.#server.handleUpgrade(request, socket, head, (client) => this.#welcome(client))
  }

  /** Sends a payload to one socket and waits for the acknowledgement. Never rejects. */
  async send(envelope: Envelope): Promise<Ack> {
    const from = this.#workspace.clock.monotonic()
    const twice = this.#faults?.takeTwice() ?? false
    const first = this.#sendOnce(envelope)
    if (twice) void this.#sendOnce(envelope)
    return { ...(await first), ms: this.#workspace.clock.monotonic() - from }
  }

  /** Breaks all sockets without a close frame. */
  drop(): void {
    for (const socket of this.#open) socket.terminate()
  }

  /** https://docs.slack.dev/apis/events-api/using-socket-mode#disconnect */
  refresh({ reason, sockets = Infinity }: Refresh): void {
    for (const socket of [...this.#open].slice(0, sockets)) {
      socket.send(JSON.stringify({ type: 'disconnect', reason, debug_info: { host: 'emulator' } }))
    }
  }

  /** Closes all sockets, and breaks those that do not answer the close frame. */
  async close(): Promise<void> {
    for (const pending of [...this.#pending.values()]) pending.settle({ ok: false, reason: 'connection-closed' })
    await Promise.all([...this.#open].map(goodbye))
    this.#server.close()
  }

  #welcome(socket: WebSocket): void {
    this.#open.add(socket)
    const ping = setInterval(() => socket.ping(), SOCKET_PING_MS)
    ping.unref()
    socket.on('message', (data) => this.#hear(String(data)))
    socket.on('error', () => socket.terminate())
    socket.on('close', () => {
      clearInterval(ping)
      this.#open.delete(socket)
      for (const pending of [...this.#pending.values()]) {
        if (pending.socket === socket) pending.settle({ ok: false, reason: 'connection-closed' })
      }
      this.#count()
    })
    socket.send(
      JSON.stringify({
        type: 'hello',
        num_connections: this.#open.size,
        debug_info: { host: 'emulator', build_number: 1, approximate_connection_time: 18_060 },
        connection_info: { app_id: this.#workspace.app.id },
      }),
    )
    this.#count()
  }

  #count(): void {
    this.#workspace.connections = this.#open.size
    this.#workspace.changes.announce()
  }

  #hear(text: string): void {
    const message = parseJson(text)
    if (!isObject(message)) return
    const pending = this.#pending.get(textAt(message, 'envelope_id') ?? '')
    if (!pending) return
    const payload = message['payload']
    this.#workspace.remember(payload)
    if (pending.ackIsLost) return
    pending.settle({ ok: true, payload: isObject(payload) ? payload : {} })
  }

  #sendOnce(envelope: Envelope): Promise<AckCore> {
    const open = [...this.#open].filter((socket) => socket.readyState === socket.OPEN)
    const socket = open[Math.floor(this.#rules.random() * open.length)]
    if (!socket) return Promise.resolve({ ok: false, reason: 'no-connection' })
    const id = this.#workspace.nextId('envelope')
    return new Promise((resolve) => {
      const settle = (ack: AckCore): void => {
        clearTimeout(timer)
        this.#pending.delete(id)
        resolve(ack)
      }
      const timer = setTimeout(() => settle({ ok: false, reason: 'timeout' }), this.#rules.ackMs)
      this.#pending.set(id, { socket, settle, ackIsLost: this.#faults?.takeLostAck() ?? false })
      socket.send(
        JSON.stringify({
          envelope_id: id,
          type: envelope.type,
          payload: envelope.payload,
          accepts_response_payload: envelope.acceptsResponse,
          ...(envelope.retry
            ? { retry_attempt: envelope.retry.attempt, retry_reason: envelope.retry.reason }
            : envelope.type === 'events_api' && { retry_attempt: 0, retry_reason: '' }),
        }),
      )
    })
  }
}
