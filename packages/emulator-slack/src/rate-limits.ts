import type { RateLimitOption } from './options.ts'
import type { Tier } from './web-api/method.ts'

// Calls a minute: https://docs.slack.dev/apis/web-api/rate-limits. t5 is for methods with a special, generous limit
// ("hundreds a minute"); the posts in a channel are counted separately.
const CALLS: Readonly<Record<Tier, number>> = { t2: 20, t3: 50, t4: 100, t5: 600 }
const WINDOW_MS = 60_000
const POSTS_PER_WINDOW = 60

/** Counts calls and detects those that exceed a limit. */
export class RateLimits {
  readonly #option: RateLimitOption
  readonly #now: () => number
  readonly #calls = new Map<string, number[]>()

  constructor(option: RateLimitOption, now: () => number) {
    this.#option = option
    this.#now = now
  }

  /** How many whole seconds the call must wait. Undefined if the call is allowed; only allowed calls are counted. */
  admit(call: {
    readonly method: string
    readonly tier: Tier
    readonly channel: string | undefined
  }): number | undefined {
    if (this.#option === 'off') return undefined
    const { windowMs } = this.#option
    const isPost = call.method === 'chat.postMessage' && call.channel !== undefined
    const wait = isPost
      ? this.#wait(`${call.method} ${call.channel}`, { max: 1, windowMs: windowMs / POSTS_PER_WINDOW })
      : this.#wait(call.method, { max: CALLS[call.tier], windowMs })
    // A window may be shorter than Slack's minute, but Retry-After is always in whole seconds, at least one.
    return wait === undefined ? undefined : Math.max(1, Math.ceil(Math.min(wait, WINDOW_MS) / 1000))
  }

  #wait(key: string, rule: { readonly max: number; readonly windowMs: number }): number | undefined {
    const now = this.#now()
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > now - rule.windowMs)
    const oldest = recent[0]
    if (oldest !== undefined && recent.length >= rule.max) return oldest + rule.windowMs - now
    this.#calls.set(key, [...recent, now])
    return undefined
  }
}
