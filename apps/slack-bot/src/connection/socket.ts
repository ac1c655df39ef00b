import { setTimeout as pause } from 'node:timers/promises'
import { errorName } from '@embargo/bot-kit'
import type { Log } from '@embargo/engine'
import type { SocketModeReceiver } from '@slack/bolt'

/** Slack says hello within a second. A socket that stays silent this long is given up. */
const HELLO_MS = 15_000
/** If a socket does not close within this time, it is left open until the process ends. */
const CLOSE_MS = 3000
/**
 * The pauses before each attempt to reconnect. The first attempt is immediate, because Slack regularly closes a socket
 * only to refresh it.
 */
const BACKOFF_MS: readonly number[] = [0, 500, 1000, 2000, 5000, 10_000, 30_000]

type Client = SocketModeReceiver['client']

/**
 * Keeps one Socket Mode connection open. The library's own reconnection waits five seconds before the first attempt,
 * and ends the process if an attempt fails without a network. So it is switched off, and this class reconnects.
 */
export class Socket implements AsyncDisposable {
  readonly #client: Client
  readonly #log: Log
  readonly #stop = new AbortController()
  #reconnecting: Promise<void> | undefined
  #closing: Promise<void> | undefined

  constructor(client: Client, log: Log) {
    this.#client = client
    this.#log = log
  }

  /** Resolves when Slack has said hello. Rejects with Slack's answer if the first connection fails. */
  async start(): Promise<void> {
    await this.#connect()
    this.#client.on('disconnected', this.#again)
  }

  /** Connects in the background and retries until it succeeds. */
  startLater(): void {
    this.#client.on('disconnected', this.#again)
    this.#again()
  }

  readonly #again = (): void => {
    if (this.#stop.signal.aborted || this.#reconnecting !== undefined) return
    this.#reconnecting = this.#reconnect().finally(() => {
      this.#reconnecting = undefined
    })
  };

  /** Closes the socket. A second call waits for the first. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#closing ??= this.#close()
    return this.#closing
  }

  async #close(): Promise<void> {
    this.#stop.abort()
    await this.#reconnecting
    const closed = new AbortController()
    const disconnected = this.#client.disconnect().finally(() => closed.abort())
    await Promise.race([disconnected, pause(CLOSE_MS, undefined, { signal: closed.signal }).catch(() => {})])
  }

  async #connect(): Promise<void> {
    const over = new AbortController()
    const signal = AbortSignal.any([over.signal, this.#stop.signal])
    const started = this.#client.start()
    const silence = pause(HELLO_MS, undefined, { signal }).catch(() => {})
    try {
      if (await Promise.race([started.then(() => true), silence.then(() => false)])) return
    } finally {
      over.abort()
    }
    // If the socket was stopped while it was connecting, a late hello must not leave the connection open.
    started.then(() => (this.#stop.signal.aborted ? this.#client.disconnect() : undefined)).catch(() => {})
    void this.#client.disconnect().catch(() => {})
    throw new Error('the socket stayed silent')
  }

  async #reconnect(): Promise<void> {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const wait = BACKOFF_MS[Math.min(attempt, BACKOFF_MS.length - 1)] ?? 0
        await pause(wait, undefined, { signal: this.#stop.signal })
        await this.#connect()
        this.#log.info('connected to Slack again', { attempts: attempt + 1 })
        return
      } catch (error) {
        if (this.#stop.signal.aborted) return
        this.#log.warn('no connection to Slack', {
          attempts: attempt + 1,
          error: errorName(error),
        })
      }
    }
  }
}
