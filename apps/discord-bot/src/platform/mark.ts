import { createHash } from 'node:crypto'
import type { EffectId } from '@embargo/core'
import { NONCE_MAX } from '../limits.ts'

const digest = (effect: EffectId): string => createHash('sha256').update(effect).digest('hex')

/** For some minutes Discord treats messages with the same nonce as one message. */
export const nonceOf = (effect: EffectId): string => digest(effect).slice(0, NONCE_MAX)

/**
 * An effect's mark in Discord, in a channel's topic and at the foot of a card. A message that is read again has lost
 * its nonce, and a message has no other hidden field; the mark reveals nothing about the case.
 */
export const markOf = (effect: EffectId): string => `ref ${digest(effect).slice(0, 16)}`
