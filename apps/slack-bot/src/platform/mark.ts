import { createHash } from 'node:crypto'
import type { EffectId } from '@embargo/core'

/** The type of the metadata that every message of an effect carries. */
export const MARK_EVENT = 'embargo_effect'

/**
 * The mark of an effect: a hash of its id, by which we find the effect's message in Slack again. It reveals nothing
 * about the case.
 */
export const markOf = (effect: EffectId): string => createHash('sha256').update(effect).digest('hex')

/**
 * The first part of the mark, for the topic of a channel that the effect opened. It tells channels apart, and is short
 * because a topic has at most 250 characters and is read by people.
 */
export const topicMark = (effect: EffectId): string => markOf(effect).slice(0, 16)
