import { policyFor } from '@embargo/core'
import type { CaseState, Chat, Policy } from '@embargo/core'
import type { Line, ReadableMail } from '@embargo/engine'
import { faint, line, outside } from './spans.ts'

export const NOT_SHOWN_HERE = 'not shown here'

/** The mail as far as its words may stand in a channel; nothing where they are read on request alone. */
export const mayShow = (mail: ReadableMail | undefined, { mailText }: Chat): ReadableMail | undefined =>
  mailText === 'shown' ? mail : undefined

/** What may stand in a channel of the first, of words that were in the others before: as little as any of them shows. */
export function chatOfAll(policy: Policy, [state, ...before]: readonly [CaseState, ...CaseState[]]): Chat {
  const own = policyFor(policy, state).chat
  const all = [own, ...before.map((one) => policyFor(policy, one).chat)]
  const sender = SENDERS.find((least) => all.some((one) => one.sender === least)) ?? own.sender
  return { ...own, sender, mailText: all.every(({ mailText }) => mailText === 'shown') ? 'shown' : 'on-request' }
}

/** The least first. */
const SENDERS: readonly Chat['sender'][] = ['nothing', 'name', 'name-and-address']

/** Whether what a reporter wrote and who they are may stand in a channel, all of it. */
export const showsReports = ({ sender, mailText }: Pick<Chat, 'sender' | 'mailText'>): boolean =>
  sender === 'name-and-address' && mailText === 'shown'

/** What stands for a report that is sent on, where its words do not. */
export const FORWARD_NOT_SHOWN =
  'Its text is not shown in chat. Whoever is on the case reads it in the terminal, with "read sent".'

/** Why the words are not there, and where they are read. */
export function notShown(mail: ReadableMail | undefined, { mailText }: Chat): readonly Line[] {
  if (mail === undefined) return [line('The text cannot be read here; the mail is kept as it came.')]
  if (mailText === 'shown') return []
  return [line('Its text is not shown in chat. Whoever is on the case reads it in the terminal, with "mail last".')]
}

/** The sender of a mail, as far as the policy shows them: `Rafi <rafi@reporter.example>`, `Rafi`, or nobody. `role` stands for them where content is kept out of chat. */
export function fromLine({ from }: ReadableMail, { sender }: Chat, role?: string): Line {
  if (sender === 'name-and-address') return line(outside(from, role))
  const name = from.replaceAll(/<[^>]*>/g, '').trim()
  return sender === 'nothing' || name === '' || name.includes('@')
    ? line(faint(NOT_SHOWN_HERE))
    : line(outside(name, role))
}
