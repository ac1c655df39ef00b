import type { World } from '../../vocabulary/decision.ts'
import { hasLivePatch } from '../../state/stage.ts'
import type { CaseState } from '../../state/state.ts'
import { projectOf, publicLists } from '../../state/project.ts'
import type { Policy } from '../../policy/schema.ts'
import { answerableReports } from '../../state/report/reachable.ts'
import { suspectedRecipients } from '../../state/world/signals.ts'
import { holdersOf } from '../../state/release/holders.ts'
import type { PlannedMail } from './planned-mails.ts'
import type { ReleaseState } from '../../state/release/state.ts'

type Seen = { readonly release?: ReleaseState | undefined; readonly others: World['others'] }

const isAmong = (
  some: readonly { readonly list: string; readonly recipient: string }[],
  list: string,
  recipient: string,
): boolean => some.some((one) => one.list === list && one.recipient === recipient)

/**
 * The people who are told at once when secrecy failed: the public lists, the recipients with the available patches, and
 * the reporters. A recipient who never accepted the terms, or whose mail would travel unencrypted without their
 * consent, gets no patches; one who holds them already, because of a waiver, is told what became of them.
 */
export function interimMails(policy: Policy, theCase: CaseState, seen: Seen): readonly PlannedMail[] {
  const toPublic = publicLists(projectOf(policy, theCase)).map((list): PlannedMail => ({
    title: `Interim advisory, public, to ${list}`,
    letter: 'interim',
    to: { kind: 'public', list },
  }))
  const suspected = [
    ...suspectedRecipients(theCase),
    ...(seen.release?.prenotified.filter(({ suspendedAt }) => suspendedAt !== undefined) ?? []),
  ]
  const holders = holdersOf(theCase, seen)
  const patches = theCase.branches.some(hasLivePatch) ? ' with the patches at hand' : ''
  const toRecipients = policy.prenotification.lists.flatMap((list) =>
    list.recipients
      .filter(({ id, consented, plaintext }) => {
        if (isAmong(suspected, list.id, id)) return false
        return (consented !== undefined && plaintext === 'accepted') || isAmong(holders, list.id, id)
      })
      .map(({ id, name }): PlannedMail => ({
        title: `Interim advisory${patches}, to ${name}`,
        letter: 'interim-notice',
        to: { kind: 'recipient', list: list.id, recipient: id },
      })),
  )
  const toReporters = answerableReports(theCase).map((report): PlannedMail => ({
    title: 'Interim advisory, to the reporter',
    letter: 'interim-notice',
    to: { kind: 'report', report: report.id },
  }))
  return [...toPublic, ...toRecipients, ...toReporters]
}
