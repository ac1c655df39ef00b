import { DefaultRestOptions, REST } from 'discord.js'
import type { RESTOptions } from 'discord.js'
import { guardedRequest } from './cloudflare-ban.ts'
import { withFormAsBytes } from './form-bytes.ts'

/** Discord answers in well under a second; after this long nobody knows whether it did what was asked. */
const CALL_TIMEOUT_MS = 10_000
/**
 * Some rate limits end within a moment, and the library queues its calls for them. A longer wait (a channel for each of
 * many reports, a new name for one) is left to the outbox: calls that wait in the library hold up others.
 */
const WAIT_MOST_MS = 1000

/** Options of every client of ours. */
export function restOptions(apiUrl: string | undefined): Partial<RESTOptions> {
  return {
    ...(apiUrl === undefined ? {} : { api: apiUrl.replace(/\/+$/, '') }),
    timeout: CALL_TIMEOUT_MS,
    // A repeated call could do something twice: nothing is repeated here without being looked up first.
    retries: 0,
    makeRequest: async (url, init) => guardedRequest(url, await withFormAsBytes(init)),
    rejectOnRateLimit: ({ retryAfter, timeToReset }) => Math.max(retryAfter, timeToReset) > WAIT_MOST_MS,
  }
}

/** An API client that tries once and says how it ended. `apiUrl` is the address without the version. */
export const discordRest = (options: { readonly token: string; readonly apiUrl?: string | undefined }): REST =>
  new REST({ ...DefaultRestOptions, ...restOptions(options.apiUrl) }).setToken(options.token)
