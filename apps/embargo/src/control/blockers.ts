import type { Effect, EffectId } from '@embargo/core'

type QueuedEffect = { readonly effect: Pick<Effect, 'id' | 'lane'>; readonly state: string }

/**
 * For each waiting effect, the effect that blocks it: the first open one in the same lane. The effects in a lane are
 * carried out one after the other. Effects that have ended, or wait for a person (parked), block nothing.
 */
export function blockersOf(effects: readonly QueuedEffect[]): ReadonlyMap<EffectId, EffectId> {
  const heads = new Map<string, EffectId>()
  const behind = new Map<EffectId, EffectId>()
  for (const { effect, state } of effects) {
    if (state !== 'pending' && state !== 'leased') continue
    const head = heads.get(effect.lane)
    if (head === undefined) heads.set(effect.lane, effect.id)
    else behind.set(effect.id, head)
  }
  return behind
}
