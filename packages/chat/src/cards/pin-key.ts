import { reportOfMail, shortFingerprint } from '@embargo/core'
import type { CaseState, MessageId } from '@embargo/core'
import type { Action } from '@embargo/engine'

/**
 * The button under a mail whose key nobody has checked. It asks for the digits that the reporter read out. The button
 * is shown only if our answers to this report are encrypted to this key.
 */
export function pinKey({ id, messages, reports }: CaseState, message: MessageId): readonly Action[] {
  const mail = messages.find((one) => one.message === message)
  const signature = mail?.checks?.signature
  if (mail === undefined || signature?.is !== 'first-seen') return []
  const report = reportOfMail(reports, mail)
  const known = report?.key?.key.value?.fingerprint
  if (report === undefined || known === undefined || report.key?.confirmed === true) return []
  return shortFingerprint(known) === shortFingerprint(signature.fingerprint)
    ? [{ label: 'Pin', verb: 'key.pin', input: { case: id, report: report.id }, form: true }]
    : []
}
