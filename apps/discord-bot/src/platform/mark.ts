import { createHash } from 'node:crypto'
import type { EffectId } from '@embargo/core'
import { NONCE_MAX } from '../limits.ts'

const digest = (effect: EffectId): string => createHash('sha256').update(effect).digest('hex')

/** For some minutes Discord treats messages with the same nonce as one message. */
export const nonceOf = (effect: EffectId): string => digest(effect).slice(0, NONCE_MAX)

/**
 * An effect's mark in Discord, in a channel's topic and at the foot of a card. It must be visible: a message that is
 * read again no longer has its nonce, and has no other hidden field. The mark reveals nothing about the case.
 */
export const markOf = (effect: EffectId): string => `ref ${digest(effect).slice(0, 16)}`
