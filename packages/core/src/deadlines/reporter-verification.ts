import { later } from '../shared/instant.ts'
import { branchesToFix } from '../state/stage.ts'
import { reachableReports } from '../state/report/reachability.ts'
import { reporterName } from '../state/report/reporter-name.ts'
import { defineDeadline } from './definition.ts'
import type { Run } from './definition.ts'
import { momentAt } from './moments.ts'
import { HALF, reporterToRemind } from './reporter-reminder.ts'

/**
 * Runs for each branch whose patch a reporter was asked to check, until the reporter answers. The reporter is reminded
 * once, after half of the time.
 */
export const reporterVerification = defineDeadline({
  name: 'reporter-verification',
  words: 'the reporter has not said whether the patch fixes it',
  channelWords:
    'the reporter has not said yet whether the patch fixes the vulnerability; write to them, or have a team member confirm',
  starts: 'the patch is mailed to the reporter',
  due: '{clocks.reporterVerification} later',
  hears: ['owner', 'team'],
  priority: 14,
  restart: {
    words: 'Embargo was not running when the reporter was to be reminded. They are reminded now, and have more time.',
    // If the only reminder has not been sent yet, it is sent now, and the reporter gets half of the usual time from now
    // on.
    end: ({ clock: { start, due, moments }, at }) =>
      moments.some(({ fraction }) => fraction < 1) ? later(at, (due - start) / 2) : undefined,
    told: HALF,
  },
  askedBy: 'verification-request',
  reporterLetter: (state, reminder) => {
    const report = reporterToRemind(state, reminder)
    return report === undefined ? undefined : { letter: 'verification-nudge', report }
  },
  button: { label: 'Write to reporter', verb: 'reply', form: true },
  verbs: ['log-answer'],
  runs: ({ state }) =>
    branchesToFix(state).flatMap((branch): readonly Run[] => {
      const fix = branch.fix
      if (branch.waived !== undefined || fix?.is !== 'submitted' || fix.verification?.of !== 'reporter') return []
      const { askedAt, dueAt: due, undelivered, againAt, report } = fix.verification
      const start = againAt ?? askedAt
      // If an outage delayed the only reminder to the reporter, no second reminder follows.
      const half = againAt === undefined ? [momentAt(start, due, HALF)] : []
      if (undelivered === true || reachableReports(state).length === 0) return []
      const about = `${reporterName(state, report)} verifies the patch for ${branch.name}`
      return [{ of: branch.name, start, due, about, moments: [...half, momentAt(start, due, 1)] }]
    }),
})
