import { DefaultRestOptions, REST } from 'discord.js'
import type { RESTOptions } from 'discord.js'
import { guardedRequest } from './cloudflare-ban.ts'
import { withFormAsBytes } from './form-bytes.ts'

/** Discord answers in well under a second. After this long, nobody knows whether it did what we asked. */
const CALL_TIMEOUT_MS = 10_000
/**
 * The library may wait this long for a rate limit. If the wait would be longer, the call fails, because other calls
 * would wait behind it. The engine's outbox (its queue of things to do outside) then tries again later.
 */
const WAIT_MOST_MS = 1000

/** The options for each API client that we make. */
export function restOptions(apiUrl: string | undefined): Partial<RESTOptions> {
  return {
    ...(apiUrl === undefined ? {} : { api: apiUrl.replace(/\/+$/, '') }),
    timeout: CALL_TIMEOUT_MS,
    // A retried call could do something twice, so this client never retries. That is left to the engine, which can look
    // up what the first call did.
    retries: 0,
    makeRequest: async (url, init) => guardedRequest(url, await withFormAsBytes(init)),
    rejectOnRateLimit: ({ retryAfter, timeToReset }) => Math.max(retryAfter, timeToReset) > WAIT_MOST_MS,
  }
}

/** An API client that tries each call only once. `apiUrl` is the address without the version. */
export const discordRest = (options: { readonly token: string; readonly apiUrl?: string | undefined }): REST =>
  new REST({ ...DefaultRestOptions, ...restOptions(options.apiUrl) }).setToken(options.token)
