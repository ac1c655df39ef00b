import type { WebAPICallResult, WebClientOptions } from '@slack/web-api'
import { WebAPIRateLimitedError, WebClient } from '@slack/web-api'

/**
 * Posts are limited for each channel, everything else for each method: https://docs.slack.dev/apis/web-api/rate-limits
 */
const BY_CHANNEL: readonly string[] = ['chat.postMessage', 'chat.postEphemeral']

/** How many limits are remembered at most. A limit is forgotten when its time has passed. */
const REMEMBERED = 500

/** Remembers each limit as Slack last reported it. */
export class RateLimiter {
  readonly #until = new Map<string, number>()
  readonly #monotonicMs: () => number

  constructor(monotonicMs: () => number = () => performance.now()) {
    this.#monotonicMs = monotonicMs
  }

  /** How many milliseconds to wait before the next call of this kind; 0 if there is no limit. */
  wait(method: string, channel: string | undefined): number {
    const until = this.#until.get(keyOf(method, channel)) ?? 0
    return Math.max(0, Math.ceil(until - this.#monotonicMs()))
  }

  /** Stores how long Slack asked us to wait before the next call of this kind. */
  slow(method: string, channel: string | undefined, seconds: number): void {
    const now = this.#monotonicMs()
    for (const [key, until] of this.#until) {
      if (until <= now || this.#until.size >= REMEMBERED) this.#until.delete(key)
    }
    this.#until.set(keyOf(method, channel), now + seconds * 1000)
  }
}

const keyOf = (method: string, channel: string | undefined): string =>
  BY_CHANNEL.includes(method) && channel !== undefined ? `${method} ${channel}` : method

/**
 * A client that keeps to the limits. Once Slack has reported a limit, later calls under the same limit fail with
 * Slack's error, without a request, until the limit is over.
 */
export class RateLimitedClient extends WebClient {
  readonly #limiter: RateLimiter

  constructor(token: string, options: WebClientOptions, limiter: RateLimiter = new RateLimiter()) {
    super(token, options)
    this.#limiter = limiter
  }

  override async apiCall(method: string, options?: Record<string, unknown>): Promise<WebAPICallResult> {
    const channel = typeof options?.['channel'] === 'string' ? options['channel'] : undefined
    const wait = this.#limiter.wait(method, channel)
    if (wait > 0) throw new WebAPIRateLimitedError(wait / 1000)
    try {
      return await super.apiCall(method, options)
    } catch (error) {
      if (error instanceof WebAPIRateLimitedError) this.#limiter.slow(method, channel, error.retryAfter)
      throw error
    }
  }
}
