import { createHash } from 'node:crypto'
import type { EffectId } from '@embargo/core'
import { NONCE_MAX } from '../limits.ts'

const digest = (effect: EffectId): string => createHash('sha256').update(effect).digest('hex')

/** For some minutes Discord treats messages with the same nonce as one message. */
export const nonceOf = (effect: EffectId): string => digest(effect).slice(0, NONCE_MAX)

/**
 * The mark of an effect: a short hash in the topic of its channel or at the foot of its card. By the mark we find the
 * channel or message again. People can see it, because Discord's messages have no lasting hidden field. The mark
 * reveals nothing about the case.
 */
export const markOf = (effect: EffectId): string => `ref ${digest(effect).slice(0, 16)}`
