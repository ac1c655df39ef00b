import type { EffectKind } from '@embargo/core'

/**
 * The effects on chat platforms. They count as begun as soon as they are claimed, which saves a write for each of them.
 * This does no harm, because after a crash each of them is looked up or repeated.
 */
export const BEGUN_BY_CLAIM: readonly EffectKind[] = [
  'open-channel',
  'invite',
  'remove',
  'tell-team',
  'post',
  'place-card',
  'update-card',
]
