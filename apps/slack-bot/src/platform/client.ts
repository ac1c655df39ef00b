import type { WebClient, WebClientOptions } from '@slack/web-api'
import { quietLogger } from '../logger.ts'
import type { Log } from '@embargo/engine'
import { RateLimitedClient } from './rate-limiter.ts'

/**
 * How long we wait for an answer. Slack usually answers in well under a second. If there is no answer when this time is
 * over, nobody knows whether Slack did what we asked.
 */
const CALL_TIMEOUT_MS = 10_000

/**
 * The options for each API client that we make. `allowAbsoluteUrls` is off, so that no method name can send a token
 * elsewhere.
 */
export function clientOptions(log: Log, apiUrl: string | undefined): WebClientOptions {
  return {
    ...(apiUrl === undefined ? {} : { slackApiUrl: withSlash(apiUrl) }),
    allowAbsoluteUrls: false,
    timeout: CALL_TIMEOUT_MS,
    // A retried chat.postMessage could post twice, so this client never retries. The engine retries instead, because it
    // can look up what the first call did.
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    // Bolt sets no time limit for answers through response URLs.
    fetch: (url, init) => fetch(url, { ...init, signal: init?.signal ?? AbortSignal.timeout(CALL_TIMEOUT_MS) }),
    logger: quietLogger(log),
  }
}

/** A Web API client that tries each call once, keeps to the limits that Slack reported, and says how the call ended. */
export const slackClient = (options: {
  readonly botToken: string
  readonly apiUrl?: string | undefined
  readonly log: Log
}): WebClient => new RateLimitedClient(options.botToken, clientOptions(options.log, options.apiUrl))

const withSlash = (url: string): string => (url.endsWith('/') ? url : `${url}/`)
