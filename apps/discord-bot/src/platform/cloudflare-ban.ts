import { DefaultRestOptions } from 'discord.js'
import type { RESTOptions } from 'discord.js'

/**
 * The pause before Discord is asked again while it bans our address. With this pause, Embargo makes sixty requests of
 * each kind in ten minutes. Discord bans an address that makes ten thousand invalid requests in ten minutes.
 */
const LOOK_AGAIN_MS = 10_000

/**
 * Discord's edge bans this machine's address. It answers every request with 429, a page instead of JSON, and no headers
 * of a rate limit (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans).
 */
export class CloudflareBan extends Error {
  override readonly name = 'CloudflareBan'
  readonly retryAfterMs: number
  constructor(retryAfterMs: number) {
    super(
      'Discord blocks this machine’s address for a while, as it does after 10,000 refused calls in ten minutes. The cause may be another program or bot that shares this address: look for one whose token is wrong. Embargo continues automatically when Discord lifts the block.',
    )
    this.retryAfterMs = retryAfterMs
  }
}

/**
 * Sends requests as the library does, but recognises a ban. The library would take the ban for a rate limit that is
 * over at once, retry without a pause, and so prolong the ban.
 * @throws {CloudflareBan}
 */
export const guardedRequest: RESTOptions['makeRequest'] = async (url, init) => {
  const answer = await DefaultRestOptions.makeRequest(url, init)
  if (answer.status !== 429 || answer.headers.get('content-type')?.includes('json') === true) return answer
  await answer.text()
  const seconds = Number(answer.headers.get('retry-after') ?? 0)
  throw new CloudflareBan(seconds > 0 ? seconds * 1000 : LOOK_AGAIN_MS)
}
