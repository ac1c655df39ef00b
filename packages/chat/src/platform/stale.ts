import type { GateId } from '@embargo/core'
import type { Reply } from '../types.ts'

/** Gates that refuse because the case has changed since the card was drawn. */
const STALE_GATES: readonly GateId[] = [
  'case-open',
  'fits-the-stage',
  'makes-sense',
  'publication-not-begun',
  'frozen',
  'embargo-active',
  'signal-counts',
]

/** Whether the answer to a button means that its card is stale. */
export function isStale(reply: Reply): boolean {
  if ('refusal' in reply) return STALE_GATES.some((gate) => gate === reply.reason.gate)
  return 'facts' in reply && reply.facts?.is === 'done' && reply.facts.note !== undefined
}

/**
 * Whether the answer to a form means that the card from which the form was opened is stale. Unlike a button, a form may
 * also be refused for a typing mistake.
 */
export const isStaleForm = (reply: Reply): boolean => isStale(reply) && !isTypingMistake(reply)

/** Only a refusal for a typing mistake names the command in its `facts`. */
const isTypingMistake = (reply: Reply): boolean => 'refusal' in reply && reply.reason.facts['verb'] !== undefined
