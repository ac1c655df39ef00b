import { INVALID_REQUESTS_MAX, INVALID_REQUESTS_WINDOW_MS } from './limits.ts'

// https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans
const INVALID: ReadonlySet<number> = new Set([401, 403, 429])

/**
 * Stands for the servers in front of Discord's API (the edge). Like these servers, this class counts refused requests,
 * and bans the caller's address after too many of them.
 */
export class Edge {
  readonly #now: () => number
  readonly #invalid: number[] = []
  #isForced = false

  constructor(now: () => number) {
    this.#now = now
  }

  /** The number of refused requests within ten minutes. */
  get count(): number {
    const since = this.#now() - INVALID_REQUESTS_WINDOW_MS
    while ((this.#invalid[0] ?? Infinity) <= since) this.#invalid.shift()
    return this.#invalid.length
  }

  /** Counts a response whose status says that its request was refused. */
  note(status: number): void {
    if (INVALID.has(status)) this.#invalid.push(this.#now())
  }

  /** Bans the address at once, without ten thousand refused requests, or ends the ban. */
  force(isBanned: boolean): void {
    this.#isForced = isBanned
  }

  get isBanned(): boolean {
    return this.#isForced || this.count >= INVALID_REQUESTS_MAX
  }
}
