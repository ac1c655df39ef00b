import type { Effect } from '@embargo/core'
import type { EffectGroup } from '../ports/outbox.ts'

/**
 * The waits that platforms requested from this process, for limits that concern more than one channel. After the first
 * refusal, other effects of the same kind stay in the outbox until the limit ends.
 */
export class RateLimits {
  readonly #until = new Map<string, { readonly what: EffectGroup; readonly untilMs: number }>()

  /** Holds back effects of this capability and kind until `untilMs`. */
  hold({ capability, kind }: Pick<Effect, 'capability' | 'kind'>, untilMs: number): void {
    const key = `${capability} ${kind}`
    if (untilMs > (this.#until.get(key)?.untilMs ?? 0)) this.#until.set(key, { what: { capability, kind }, untilMs })
  }

  /** The effects that must wait at this moment. */
  at(nowMs: number): readonly EffectGroup[] {
    for (const [key, { untilMs }] of this.#until) if (untilMs <= nowMs) this.#until.delete(key)
    return [...this.#until.values()].map(({ what }) => what)
  }

  /** When the first of the limits ends. */
  nextEndMs(): number | undefined {
    return this.#until.size === 0 ? undefined : Math.min(...[...this.#until.values()].map(({ untilMs }) => untilMs))
  }
}
