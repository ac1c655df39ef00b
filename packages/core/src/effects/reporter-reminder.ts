import { HALF } from '../deadlines/reporter-verification.ts'
import { isOfReporter } from '../state/evolve/unread.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { isReachable } from '../state/report/reachable.ts'
import type { ReportId } from '../shared/ids.ts'
import type { CaseState } from '../state/state.ts'

const VERIFICATION = 'reporter-verification/'

/**
 * Whom a reminder of an unchecked patch goes to as well, once and by mail: its reporter, when nobody has heard of them
 * since they were asked. A program writes it (RFC 3834), so it goes to nobody whom only people may answer; and a person who
 * asks for the reminder knows whom to write to.
 */
export function reporterToRemind(
  state: CaseState,
  { clock, fraction, asked }: Extract<CaseEvent, { type: 'ReminderDue' }>,
): ReportId | undefined {
  if (!clock.startsWith(VERIFICATION) || fraction !== HALF || asked === true) return undefined
  const { fix } = state.branches.find(({ name }) => name === clock.slice(VERIFICATION.length)) ?? {}
  if (fix?.is !== 'submitted' || fix.verification === undefined) return undefined
  const { of, report: asksWhom, askedAt, undelivered } = fix.verification
  const report = state.reports.find(({ id }) => id === asksWhom)
  if (of !== 'reporter' || report === undefined || undelivered === true) return undefined
  if (report.through !== undefined || !isReachable(state, report)) return undefined
  const heard = state.messages.some(
    (mail) => mail.at > askedAt && mail.from !== 'team' && isOfReporter(mail) && mail.automatic !== true,
  )
  return heard ? undefined : report.id
}
