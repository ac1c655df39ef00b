import { createHash } from 'node:crypto'
import type { EffectId } from '@embargo/core'
import { NONCE_MAX } from '../limits.ts'

const digest = (effect: EffectId): string => createHash('sha256').update(effect).digest('hex')

/** Discord takes a message of the same nonce for the same message, for some minutes. */
export const nonceOf = (effect: EffectId): string => digest(effect).slice(0, NONCE_MAX)

/**
 * An effect's mark in Discord, in a channel's topic and at the foot of a card. A message that is read again has lost its
 * nonce, and nothing else of a message is kept that people do not see; this says nothing of the case to who reads it.
 */
export const markOf = (effect: EffectId): string => `ref ${digest(effect).slice(0, 16)}`
