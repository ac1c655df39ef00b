import { createHash } from 'node:crypto'
import type { EffectId } from '@embargo/core'

/** The type of the metadata that every message of an effect carries. */
export const MARK_EVENT = 'embargo_effect'

/** An effect's mark on Slack. It reveals nothing about the case, and is short enough for every use. */
export const markOf = (effect: EffectId): string => createHash('sha256').update(effect).digest('hex')

/**
 * The first part of the mark, which is enough to tell channels apart. It is short because a topic has at most 250
 * characters and is read by people.
 */
export const topicMark = (effect: EffectId): string => markOf(effect).slice(0, 16)
