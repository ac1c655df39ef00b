import type { EffectKind } from '@embargo/core'

/**
 * The effects on chat platforms. They count as begun as soon as they are claimed, which saves a write for each. That is
 * safe, because each of them can be looked up or repeated after a crash.
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
