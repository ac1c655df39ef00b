import { acceptsDetails } from '../../policy/recipient-key.ts'
import type { World } from '../../vocabulary/decision.ts'
import { hasLivePatch } from '../../state/stage.ts'
import type { CaseState } from '../../state/state.ts'
import { projectOf, publicLists } from '../../state/project.ts'
import type { Policy } from '../../policy/schema.ts'
import { answerableReports } from '../../state/report/reachability.ts'
import { suspectedRecipients } from '../../state/world/signals.ts'
import { holdersOf } from '../../state/release/holders.ts'
import type { PlannedMail } from './planned-mails.ts'
import type { ReleaseState } from '../../state/release/state.ts'

type ReleaseContext = { readonly release?: ReleaseState | undefined; readonly others: World['others'] }

const isAmong = (
  some: readonly { readonly list: string; readonly recipient: string }[],
  list: string,
  recipient: string,
): boolean => some.some((one) => one.list === list && one.recipient === recipient)

/**
 * The mails that are sent at once after secrecy has failed: to the public lists, to the reporters, and to recipients.
 * The mails to recipients contain the available patches. A recipient gets one if they already have patches, or if they
 * have accepted the terms and can get details by mail (encrypted, or unencrypted if they accept that). A recipient who
 * may have leaked details gets none.
 */
export function interimMails(policy: Policy, theCase: CaseState, seen: ReleaseContext): readonly PlannedMail[] {
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
  const patches = theCase.branches.some(hasLivePatch) ? ' with the available patches' : ''
  const toRecipients = policy.prenotification.lists.flatMap((list) =>
    list.recipients
      .filter((one) => {
        const { id, consented } = one
        if (isAmong(suspected, list.id, id)) return false
        return (consented !== undefined && acceptsDetails(policy, one)) || isAmong(holders, list.id, id)
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
