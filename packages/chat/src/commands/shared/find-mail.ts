import type { CaseState, MessageId } from '@embargo/core'

/** Finds a mail of the case. `last` is the last mail from outside the team; a number counts the case's mails from 1. */
export function findMail(state: CaseState, typed: string): MessageId | undefined {
  if (typed === 'last') return state.messages.findLast((taken) => taken.from !== 'team')?.message
  if (/^\d{1,4}$/.test(typed)) return state.messages[Number(typed) - 1]?.message
  return state.messages.find((taken) => taken.message === typed)?.message
}
