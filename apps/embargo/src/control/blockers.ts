import type { Effect, EffectId } from '@embargo/core'

type QueuedEffect = { readonly effect: Pick<Effect, 'id' | 'lane'>; readonly state: string }

/**
 * For each waiting effect, the one that must be carried out before: the first open effect of its lane. Parked and ended
 * effects block nothing.
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
