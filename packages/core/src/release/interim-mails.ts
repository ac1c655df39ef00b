import type { CaseState } from '../case/state.ts'
import { projectOf } from '../policy/project.ts'
import type { Policy } from '../policy/schema.ts'
import type { PlannedMail } from './planned-mails.ts'
import type { ReleaseState } from './state.ts'

/**
 * Who hears at once when secrecy failed: the public lists, the recipients with the patches at hand, the reporters. A recipient
 * who never agreed to the terms, or whose mail would be readable on its way without their word, gets no patches.
 */
export function interimMails(
  policy: Policy,
  theCase: CaseState,
  release: ReleaseState | undefined,
): readonly PlannedMail[] {
  const project = projectOf(policy, theCase)
  const lists = [
    ...(project.announce === undefined ? [] : (['announce'] as const)),
    ...(project.ossSecurity === undefined ? [] : (['oss-security'] as const)),
  ]
  const toPublic = lists.map((list): PlannedMail => ({
    title: `Interim advisory, public, to ${list}`,
    letter: 'interim',
    to: { kind: 'public', list },
  }))
  const suspended = (list: string, recipient: string) =>
    release?.prenotified.some(
      (one) => one.list === list && one.recipient === recipient && one.suspendedAt !== undefined,
    ) ?? false
  const toRecipients = policy.prenotification.lists.flatMap((list) =>
    list.recipients
      .filter(
        ({ id, consented, plaintext }) =>
          consented !== undefined && plaintext === 'accepted' && !suspended(list.id, id),
      )
      .map(({ id, name }): PlannedMail => ({
        title: `Interim advisory with the patches at hand, to ${name}`,
        letter: 'interim-notice',
        to: { kind: 'recipient', list: list.id, recipient: id },
      })),
  )
  const toReporters = theCase.reports
    .filter((report) => report.answerable)
    .map((report): PlannedMail => ({
      title: 'Interim advisory, to the reporter',
      letter: 'interim-notice',
      to: { kind: 'report', report: report.id },
    }))
  return [...toPublic, ...toRecipients, ...toReporters]
}
