import type { Log } from '@embargo/engine'
import type { App, Receiver } from '@slack/bolt'
import { SocketModeReceiver } from '@slack/bolt'
import { z } from 'zod'
import { SOCKETS_MAX } from '../limits.ts'
import { quietLogger } from '../logger.ts'
import { clientOptions } from '../platform/client.ts'
import { processDelivery } from './delivery.ts'
import { Socket } from './socket.ts'

/**
 * Two connections, so that one remains while the other is refreshed:
 * https://docs.slack.dev/apis/events-api/using-socket-mode#connections
 */
export const SOCKETS_DEFAULT = 2

/** The event that the library emits for each envelope from Slack. */
const Envelope = z.object({
  body: z.record(z.string(), z.unknown()),
  ack: z.custom<(answer?: unknown) => Promise<void>>((value) => typeof value === 'function'),
  retry_num: z.number().nullish(),
})

export type SocketReceiverOptions = {
  readonly appToken: string
  readonly apiUrl?: string | undefined
  /** How many connections are kept open, 1 to 10. Slack sends each payload to one of them. */
  readonly sockets?: number | undefined
  readonly log: Log
  /** Called when we are connected again after a gap so long that Slack may have given up sending events. */
  readonly onHeardAgain?: () => void
  readonly monotonicMs?: (() => number) | undefined
}

/**
 * Receives Slack's payloads over several Socket Mode connections. Each connection is renewed separately, when Slack
 * requests it every few hours.
 */
export class SocketReceiver implements Receiver {
  readonly #sockets: readonly Socket[]
  #app: App | undefined

  constructor(options: SocketReceiverOptions) {
    const { appToken, apiUrl, sockets = SOCKETS_DEFAULT, log } = options
    const hearing = new ConnectionState(options)
    const count = Math.min(Math.max(1, sockets), SOCKETS_MAX)
    this.#sockets = Array.from({ length: count }, () => {
      // Only the client of the library's receiver is used. The receiver itself handles nothing, because it is never
      // given an app.
      const { client } = new SocketModeReceiver({
        appToken,
        autoReconnectEnabled: false,
        logger: quietLogger(log),
        installerOptions: { clientOptions: clientOptions(log, apiUrl) },
      })
      client.on('connected', () => hearing.hears(client))
      client.on('disconnected', () => hearing.lost(client))
      client.on('slack_event', (envelope: unknown) => {
        this.#take(envelope).catch(() => log.info('a Slack payload was not handled'))
      })
      return new Socket(client, log)
    })
  }

  init(app: App): void {
    this.#app = app
  }

  /** Resolves when Slack has greeted the first connection. The other connections are opened in the background. */
  async start(): Promise<void> {
    const [first, ...others] = this.#sockets
    await first?.start()
    for (const socket of others) socket.startLater()
  }

  async stop(): Promise<void> {
    await Promise.all(this.#sockets.map((socket) => socket[Symbol.asyncDispose]()))
  }

  async #take(envelope: unknown): Promise<void> {
    const read = Envelope.safeParse(envelope)
    if (!read.success || this.#app === undefined) return
    const { body, ack, retry_num: retryNum } = read.data
    await processDelivery(this.#app, { body, ack: onlyOnce(ack), ...(retryNum ? { retryNum } : {}) })
  }
}

/**
 * Slack sends an event again after one minute and, for the last time, after five minutes. If we are not connected for
 * longer, events can be lost.
 */
const SILENCE_MS = 5 * 60_000

/** Tracks whether any connection is up and, if not, for how long. */
class ConnectionState {
  readonly #connected = new Set<object>()
  readonly #now: () => number
  readonly #onHeardAgain: () => void
  #deafSince: number | undefined

  constructor({ onHeardAgain, monotonicMs = () => performance.now() }: SocketReceiverOptions) {
    this.#now = monotonicMs
    this.#onHeardAgain = onHeardAgain ?? ((): void => {})
  }

  hears(client: object): void {
    this.#connected.add(client)
    const since = this.#deafSince
    this.#deafSince = undefined
    if (since !== undefined && this.#now() - since >= SILENCE_MS) this.#onHeardAgain()
  }

  lost(client: object): void {
    if (this.#connected.delete(client) && this.#connected.size === 0) this.#deafSince = this.#now()
  }
}

// Acknowledges an envelope once. Slack would treat a second acknowledgement as the answer to an unknown envelope.
function onlyOnce(ack: (answer?: unknown) => Promise<void>): (answer?: unknown) => Promise<void> {
  let done = false
  return async (answer) => {
    if (done) return
    done = true
    await ack(answer)
  }
}
