import { createHash } from 'node:crypto'
import type { EffectId } from '@embargo/core'

/** The type of the metadata that every message of an effect carries. */
export const MARK_EVENT = 'embargo_effect'

/** An effect's mark on Slack: says nothing of the case to who reads it, and fits wherever it is put. */
export const markOf = (effect: EffectId): string => createHash('sha256').update(effect).digest('hex')

/** A topic holds 250 characters and is read by people: the mark's beginning is enough to tell channels apart. */
export const topicMark = (effect: EffectId): string => markOf(effect).slice(0, 16)
