import { CHANNEL_EDITS_MAX, CHANNEL_EDITS_WINDOW_MS, GLOBAL_REQUESTS_MAX, GLOBAL_WINDOW_MS } from './limits.ts'
import type { DiscordRateLimitOption } from './options.ts'

/**
 * Thrown for a call that exceeds a rate limit:
 * https://docs.discord.com/developers/topics/rate-limits#exceeding-a-rate-limit
 */
export class TooMany extends Error {
  override readonly name = 'TooMany'
  readonly retryAfterSeconds: number
  /**
   * The value of the Retry-After header, in seconds: rounded up as in Discord, or with decimals if the test's windows
   * are shorter than Discord's.
   */
  readonly header: string
  readonly isGlobal: boolean

  constructor(retryAfterSeconds: number, options: { readonly isGlobal?: boolean; readonly isHurried?: boolean } = {}) {
    super('You are being rate limited.')
    this.retryAfterSeconds = retryAfterSeconds
    this.header = options.isHurried === true ? retryAfterSeconds.toFixed(3) : String(Math.ceil(retryAfterSeconds))
    this.isGlobal = options.isGlobal ?? false
  }
}

/** A bucket, which allows `max` calls in `windowMs` milliseconds. */
export type Bucket = { readonly name: string; readonly max: number; readonly windowMs: number }

/** The parts of a call that rate limits depend on: the caller, the bucket, and the ids in the path. */
export type LimitedCall = {
  readonly operation: { readonly auth: 'bot' | 'none'; readonly bucket: Bucket }
  readonly params: Readonly<Record<string, string>>
}

/** How many calls a bucket still allows. */
export type LimitState = {
  readonly bucket: string
  readonly limit: number
  readonly remaining: number
  readonly resetAfterSeconds: number
}

const GLOBAL = 'global'

type Window = { startedAt: number; used: number }

// Calls to different channels, guilds or webhooks count in separate buckets, even if their paths have the same pattern.
// Calls whose paths differ only in other parameters share a bucket (…/topics/rate-limits).
const MAJOR = ['channel_id', 'guild_id', 'webhook_id', 'webhook_token', 'interaction_id']

/** Counts calls and detects those that exceed a limit. */
export class RateLimits {
  readonly #speed: number | undefined
  readonly #now: () => number
  readonly #windows = new Map<string, Window>()

  constructor(option: DiscordRateLimitOption, now: () => number) {
    this.#speed = option === 'off' ? undefined : option.speed
    this.#now = now
  }

  /** Counts a call for the limits that apply to it. @throws TooMany if one of them is exceeded */
  admit({ operation, params }: LimitedCall): LimitState | undefined {
    if (this.#speed === undefined) return undefined
    // Interaction endpoints are not subject to the bot's global limit.
    if (operation.auth === 'bot') this.#take(GLOBAL, GLOBAL_REQUESTS_MAX, GLOBAL_WINDOW_MS)
    const major = MAJOR.map((name) => params[name] ?? '').join(' ')
    const { name, max, windowMs } = operation.bucket
    const { remaining, resetAfterSeconds } = this.#take(`${name} ${major}`, max, windowMs)
    return { bucket: name, limit: max, remaining, resetAfterSeconds }
  }

  /**
   * Counts a change of a channel's name or topic. Two such changes are allowed in ten minutes.
   * @throws TooMany
   */
  admitEdit(channel: string): void {
    if (this.#speed !== undefined) this.#take(`edit ${channel}`, CHANNEL_EDITS_MAX, CHANNEL_EDITS_WINDOW_MS)
  }

  #take(key: string, max: number, fullWindowMs: number): { remaining: number; resetAfterSeconds: number } {
    const windowMs = fullWindowMs / (this.#speed ?? 1)
    const now = this.#now()
    const known = this.#windows.get(key)
    const window = known && known.startedAt + windowMs > now ? known : { startedAt: now, used: 0 }
    this.#windows.set(key, window)
    const resetAfterSeconds = (window.startedAt + windowMs - now) / 1000
    if (window.used >= max) {
      throw new TooMany(resetAfterSeconds, { isGlobal: key === GLOBAL, isHurried: this.#speed !== 1 })
    }
    window.used += 1
    return { remaining: max - window.used, resetAfterSeconds }
  }
}
