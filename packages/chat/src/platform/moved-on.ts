import type { GateId } from '@embargo/core'
import type { Reply } from '../types.ts'

/** Rules that refuse because the case is not any more where the card shows it. */
const MOVED_ON: readonly GateId[] = [
  'case-open',
  'fits-the-stage',
  'makes-sense',
  'publication-not-begun',
  'frozen',
  'embargo-active',
  'signal-counts',
]

/** Whether the answer to a button is that the case has moved on since its card was drawn. */
export function hasMovedOn(reply: Reply): boolean {
  if ('refusal' in reply) return MOVED_ON.some((gate) => gate === reply.reason.gate)
  return 'facts' in reply && reply.facts?.is === 'done' && reply.facts.note !== undefined
}

/** Whether the answer to a form is so. What was mistyped in it says nothing of the case. */
export const formHasMovedOn = (reply: Reply): boolean => hasMovedOn(reply) && !isMistake(reply)

/** What makes no sense as it was typed names its command; what the case makes no sense of does not. */
const isMistake = (reply: Reply): boolean => 'refusal' in reply && reply.reason.facts['verb'] !== undefined
