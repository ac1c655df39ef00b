import { createHash } from 'node:crypto'
import type { EffectId } from '@embargo/core'

/** The metadata type of every message that is posted for an effect. */
export const MARK_EVENT = 'embargo_effect'

/**
 * The mark of an effect: a hash of the effect's id. With the mark, we find the effect's message in Slack again. The
 * mark reveals nothing about the case.
 */
export const markOf = (effect: EffectId): string => createHash('sha256').update(effect).digest('hex')

/**
 * The first part of the mark, for the topic of a channel that the effect opened. It is long enough to tell channels
 * apart. It is short because people read the topic, which has at most 250 characters.
 */
export const topicMark = (effect: EffectId): string => markOf(effect).slice(0, 16)
