import type { EffectKind } from '@embargo/core'

/**
 * Effects on a chat platform. After a crash, each of them is looked up or repeated, so it does no harm if one counts as
 * begun from its claim on. That saves a write for each of them.
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
