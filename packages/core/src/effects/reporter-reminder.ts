import { HALF } from '../deadlines/reporter-verification.ts'
import { isOfReporter } from '../state/evolve/unread.ts'
import type { CaseEvent } from '../events/case-events.ts'
import { isReachable } from '../state/report/reachable.ts'
import type { ReportId } from '../shared/ids.ts'
import type { CaseState } from '../state/state.ts'

const VERIFICATION = 'reporter-verification/'

/**
 * The reporter who also gets a reminder of an unchecked patch, once and by mail: if nothing has come from them since
 * they were asked. It is an automatic mail (RFC 3834), so it never goes to a reporter whom only people may answer. A
 * person who asks for the reminder can write themselves.
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
