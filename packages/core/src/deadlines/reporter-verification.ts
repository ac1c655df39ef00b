import { branchesToFix } from '../state/stage.ts'
import { reachableReports } from '../state/report/reachable.ts'
import { reporterName } from '../state/report/reporter-name.ts'
import { defineDeadline } from './definition.ts'
import type { Run } from './definition.ts'
import { momentAt } from './moments.ts'

/** The part of the time after which the reporter is reminded once (process, section 5). */
export const HALF = 0.5

/** From the request to the reporter’s answer, for each branch, with a reminder at half of the time. */
export const reporterVerification = defineDeadline({
  name: 'reporter-verification',
  words: 'the reporter has not said whether the patch fixes it',
  channelWords:
    'the reporter has not said yet whether the patch fixes it; write to them, or have a team member confirm',
  priority: 14,
  button: { label: 'Write to reporter', verb: 'reply', form: true },
  verbs: ['log-answer'],
  runs: ({ state }) =>
    branchesToFix(state).flatMap((branch): readonly Run[] => {
      const fix = branch.fix
      if (branch.waived !== undefined || fix?.is !== 'submitted' || fix.verification?.of !== 'reporter') return []
      const { askedAt, dueAt: due, undelivered, againAt, report } = fix.verification
      const start = againAt ?? askedAt
      // A reporter who was reminded late is not reminded again.
      const half = againAt === undefined ? [momentAt(start, due, HALF)] : []
      if (undelivered === true || reachableReports(state).length === 0) return []
      const about = `${reporterName(state, report)} verifies the patch for ${branch.name}`
      return [{ of: branch.name, start, due, about, moments: [...half, momentAt(start, due, 1)] }]
    }),
})
