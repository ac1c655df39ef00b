import type { CaseState, MessageId, TakenIn } from '@embargo/core'

/** By default, `last` means the last mail of any of these senders. */
const OUTSIDE: readonly TakenIn['from'][] = ['reporter', 'recipient', 'vendor', 'unverified']

/**
 * Finds a mail of the case. `last` is the last mail of `senders`, by default of everybody outside the team. A number
 * counts the case's mails from 1.
 */
export function findMail(state: Pick<CaseState, 'messages'>, typed: string, senders = OUTSIDE): MessageId | undefined {
  if (typed === 'last') return state.messages.findLast(({ from }) => senders.includes(from))?.message
  if (/^\d{1,4}$/.test(typed)) return state.messages[Number(typed) - 1]?.message
  return state.messages.find((taken) => taken.message === typed)?.message
}
