import { createHash } from 'node:crypto'
import type { EffectId } from '@embargo/core'

/** The type of the metadata that every message of an effect carries. */
export const MARK_EVENT = 'embargo_effect'

/** An effect's mark on Slack: reveals nothing about the case, and fits everywhere that it is used. */
export const markOf = (effect: EffectId): string => createHash('sha256').update(effect).digest('hex')

/** A topic holds 250 characters and is read by people: the mark's beginning is enough to tell channels apart. */
export const topicMark = (effect: EffectId): string => markOf(effect).slice(0, 16)
