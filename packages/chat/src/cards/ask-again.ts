import { reportOfMail, staysClosed } from '@embargo/core'
import type { CaseState, MessageId } from '@embargo/core'
import type { Action } from '@embargo/engine'

/**
 * The button that asks a reporter to send another copy of a mail that nobody here can open. The letter that asks for
 * the copy says nothing about the unreadable mail.
 */
export function askAgain({ id, messages, reports }: CaseState, message: MessageId): readonly Action[] {
  const mail = messages.find((one) => one.message === message)
  if (mail === undefined || mail.resend === true || !staysClosed(mail.checks?.encryption)) return []
  return reportOfMail(reports, mail)?.answerable === true
    ? [{ label: 'Ask again', verb: 'reply', input: { case: id, kind: 'resend', mail: message }, style: 'primary' }]
    : []
}
