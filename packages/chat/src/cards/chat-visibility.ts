import { hidesEncrypted, policyFor, visibilityOf } from '@embargo/core'
import type { CaseState, MailChecks, Visibility, Policy } from '@embargo/core'
import type { Line, ReadableMail } from '@embargo/engine'
import { faint, line, outside } from './spans.ts'

export const NOT_SHOWN_HERE = 'not shown here'

/** The mail, if its text may be shown in a channel. Undefined if people can read it only on request. */
export const visibleMail = (mail: ReadableMail | undefined, { mailText }: Visibility): ReadableMail | undefined =>
  mailText === 'shown' ? mail : undefined

/**
 * What a channel of the first case may show of texts from any of these cases: the strictest setting of all of them
 * applies.
 */
export function strictestChat(policy: Policy, [state, ...before]: readonly [CaseState, ...CaseState[]]): Visibility {
  const own = visibilityOf(policyFor(policy, state).chat)
  const all = [own, ...before.map((one) => visibilityOf(policyFor(policy, one).chat))]
  const sender = SENDERS.find((least) => all.some((one) => one.sender === least)) ?? own.sender
  return { ...own, sender, mailText: all.every(({ mailText }) => mailText === 'shown') ? 'shown' : 'on-request' }
}

/**
 * What a channel may show of one mail: as much as `chat` allows, but without the text if the mail came encrypted and
 * the policy keeps such mails out of chat.
 */
export const chatOfMail = (chat: Visibility, policy: Policy, checks: MailChecks | undefined): Visibility =>
  (checks?.encryption ?? 'none') !== 'none' && hidesEncrypted(policy) ? { ...chat, mailText: 'on-request' } : chat

/** The settings, from the strictest to the least strict. */
const SENDERS: readonly Visibility['sender'][] = ['nothing', 'name', 'name-and-address']

/** Whether a channel may show the whole report as well as who wrote it. */
export const showsReports = ({ sender, mailText }: Visibility): boolean =>
  sender === 'name-and-address' && mailText === 'shown'

/** Shown in place of the text of a forwarded report. */
export const FORWARD_NOT_SHOWN =
  'Its text is not shown in chat. People on the case can read it in the terminal, with "read sent".'

/** Lines that say why the text of a mail is not shown, and where to read it. */
export function hiddenTextLines(mail: ReadableMail | undefined, { mailText }: Visibility): readonly Line[] {
  if (mail === undefined) return [line('The text cannot be read here; the original mail is stored.')]
  if (mailText === 'shown') return []
  return [
    line('Its text is not shown in chat. People on the case can read it in the terminal, with "read mails last".'),
  ]
}

/**
 * As much of a mail's sender as the policy allows: `Rafi <rafi@reporter.example>`, `Rafi`, or nobody. Where content is
 * kept out of chat, `role` is shown in place of the sender.
 */
export function fromLine({ from }: ReadableMail, { sender }: Visibility, role?: string): Line {
  if (sender === 'name-and-address') return line(outside(from, role))
  const name = from.replaceAll(/<[^>]*>/g, '').trim()
  return sender === 'nothing' || name === '' || name.includes('@')
    ? line(faint(NOT_SHOWN_HERE))
    : line(outside(name, role))
}
