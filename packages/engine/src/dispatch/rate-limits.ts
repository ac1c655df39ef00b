import type { Effect } from '@embargo/core'
import type { EffectGroup } from '../ports/outbox.ts'

/**
 * What platforms asked to wait with, until when, in this process. A limit that is not one channel's is told once; whatever
 * else it would meet stays where it is meanwhile, instead of being claimed, told the same and put back.
 */
export class RateLimits {
  readonly #until = new Map<string, { readonly what: EffectGroup; readonly untilMs: number }>()

  /** Effects like this one are left alone until then. */
  hold({ capability, kind }: Pick<Effect, 'capability' | 'kind'>, untilMs: number): void {
    const key = `${capability} ${kind}`
    if (untilMs > (this.#until.get(key)?.untilMs ?? 0)) this.#until.set(key, { what: { capability, kind }, untilMs })
  }

  /** What must wait at this moment. */
  at(nowMs: number): readonly EffectGroup[] {
    for (const [key, { untilMs }] of this.#until) if (untilMs <= nowMs) this.#until.delete(key)
    return [...this.#until.values()].map(({ what }) => what)
  }

  /** When the first of them is over. */
  nextEndMs(): number | undefined {
    return this.#until.size === 0 ? undefined : Math.min(...[...this.#until.values()].map(({ untilMs }) => untilMs))
  }
}
