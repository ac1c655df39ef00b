import { branchesToFix } from '../../case/stage.ts'
import { reachableReports } from '../../report/reachable.ts'
import { momentAt, ownerOf } from './clock.ts'
import type { Clock, ClockRule } from './clock.ts'

/** From the request to the reporter’s answer, for each branch; a nudge at half. */
export const reporterVerification: ClockRule = (context) => {
  const { state } = context
  return branchesToFix(state).flatMap((branch): readonly Clock[] => {
    const fix = branch.fix
    if (branch.waived !== undefined || fix?.is !== 'submitted' || fix.verification?.of !== 'reporter') return []
    const { askedAt, dueAt, undelivered } = fix.verification
    if (undelivered === true || reachableReports(state).length === 0) return []
    return [
      {
        clock: `reporter-verification/${branch.name}`,
        stream: state.id,
        round: askedAt,
        start: askedAt,
        due: dueAt,
        owner: ownerOf(context),
        about: `the reporter verifies the patch for ${branch.name}`,
        moments: [momentAt(askedAt, dueAt, 0.5), momentAt(askedAt, dueAt, 1)],
      },
    ]
  })
}
