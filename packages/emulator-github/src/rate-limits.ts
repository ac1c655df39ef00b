import { PRIMARY_CALLS, PRIMARY_WINDOW_MS, SECONDARY_CALLS, SECONDARY_WINDOW_MS } from './limits.ts'
import type { RateLimitOption } from './options.ts'

export type RateLimitHit = { readonly limit: 'primary' | 'secondary'; readonly seconds: number }

/** Counts the calls of each caller, and detects those that exceed a limit. */
export class RateLimits {
  readonly #option: RateLimitOption
  readonly #now: () => number
  readonly #calls = new Map<string, number[]>()

  constructor(option: RateLimitOption, now: () => number) {
    this.#option = option
    this.#now = now
  }

  /** The limit that a call exceeds. Undefined if the call is allowed; only allowed calls are counted. */
  admit(call: { readonly by: string; readonly isWrite: boolean }): RateLimitHit | undefined {
    if (this.#option === 'off') return undefined
    const { calls = PRIMARY_CALLS, writes = SECONDARY_CALLS, windowMs } = this.#option
    const scale = windowMs / PRIMARY_WINDOW_MS
    const secondary = call.isWrite
      ? this.#seconds(`write ${call.by}`, { max: writes, windowMs: SECONDARY_WINDOW_MS * scale })
      : undefined
    if (secondary !== undefined) return { limit: 'secondary', seconds: secondary }
    const primary = this.#seconds(call.by, { max: calls, windowMs })
    return primary === undefined ? undefined : { limit: 'primary', seconds: primary }
  }

  #seconds(key: string, rule: { readonly max: number; readonly windowMs: number }): number | undefined {
    const now = this.#now()
    const recent = (this.#calls.get(key) ?? []).filter((at) => at > now - rule.windowMs)
    const [oldest] = recent
    if (oldest !== undefined && recent.length >= rule.max)
      return Math.max(1, Math.ceil((oldest + rule.windowMs - now) / 1000))
    this.#calls.set(key, [...recent, now])
    return undefined
  }
}
