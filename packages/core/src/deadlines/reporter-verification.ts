import { branchesToFix } from '../state/stage.ts'
import { reachableReports } from '../state/report/reachable.ts'
import { reporterName } from '../state/report/reporter-name.ts'
import { momentAt, ownerOf } from './clock.ts'
import type { Clock, ClockRule } from './clock.ts'

/** The part of the time after which the reporter is reminded once (process, section 5). */
export const HALF = 0.5

/** From the request to the reporter’s answer, for each branch; a nudge at half. */
export const reporterVerification: ClockRule = (context) => {
  const { state } = context
  return branchesToFix(state).flatMap((branch): readonly Clock[] => {
    const fix = branch.fix
    if (branch.waived !== undefined || fix?.is !== 'submitted' || fix.verification?.of !== 'reporter') return []
    const { askedAt, dueAt, undelivered, againAt } = fix.verification
    const start = againAt ?? askedAt
    // Who was reminded late was reminded, and that was it.
    const half = againAt === undefined ? [momentAt(start, dueAt, HALF)] : []
    if (undelivered === true || reachableReports(state).length === 0) return []
    return [
      {
        clock: `reporter-verification/${branch.name}`,
        stream: state.id,
        round: start,
        start,
        due: dueAt,
        owner: ownerOf(context),
        about: `${reporterName(state, fix.verification.report)} verifies the patch for ${branch.name}`,
        moments: [...half, momentAt(start, dueAt, 1)],
      },
    ]
  })
}
