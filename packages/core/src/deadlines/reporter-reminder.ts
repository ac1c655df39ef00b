import { isOfReporter } from '../state/evolve/unread.ts'
import { isReachable } from '../state/report/reachability.ts'
import type { ReportId } from '../shared/ids.ts'
import type { CaseState } from '../state/state.ts'
import { subjectOf } from '../vocabulary/deadline-name.ts'
import type { ReminderEvent } from './definition.ts'

/** The fraction of the time after which the reporter is reminded once. */
export const HALF = 0.5

/**
 * The reporter who gets one reminder by mail about a patch that they were asked to check. No such mail is sent if the
 * reporter has written since they were asked, or if only people may answer this reporter (RFC 3834). If a person
 * requested the reminder (`asked`), the reporter gets no mail either, because that person can write to the reporter.
 */
export function reporterToRemind(state: CaseState, { clock, fraction, asked }: ReminderEvent): ReportId | undefined {
  if (fraction !== HALF || asked === true) return undefined
  const { fix } = state.branches.find(({ name }) => name === subjectOf(clock)) ?? {}
  if (fix?.is !== 'submitted' || fix.verification === undefined) return undefined
  const { of, report: asksWhom, askedAt, undelivered } = fix.verification
  const report = state.reports.find(({ id }) => id === asksWhom)
  if (of !== 'reporter' || report === undefined || undelivered === true) return undefined
  if (report.through !== undefined || !isReachable(state, report)) return undefined
  const hasWritten = state.messages.some(
    (mail) => mail.at > askedAt && mail.from !== 'team' && isOfReporter(mail) && mail.automatic !== true,
  )
  return hasWritten ? undefined : report.id
}
