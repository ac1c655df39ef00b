import { DAY, later } from '../../../shared/instant.ts'
import { isWorkingDay, nextReleaseInstants } from '../../calendar.ts'
import { policyFor } from '../../policy-for.ts'
import type { PolicyLook } from './finding.ts'

/** No deadline of the process is longer; a calendar without a working day in it counts for ever. */
const DAYS_AHEAD = 400

/** A calendar with working days whose every day is a holiday, and a window that holidays keep shut. */
export const calendars: PolicyLook = (policy, from) =>
  policy.projects.flatMap((project) => {
    const { calendar, ...rest } = policyFor(policy, { project: project.id })
    const days = Array.from({ length: DAYS_AHEAD }, (_, day) => later(from, day * DAY))
    const closed = !days.some((day) => isWorkingDay(calendar, day))
    const shut = nextReleaseInstants({ calendar, ...rest }, from, 1).length === 0
    return [
      ...(closed
        ? [
            {
              rule: 'no-working-days' as const,
              what: `The calendar of ${project.name} has no working day in the next ${DAYS_AHEAD} days.`,
              why: 'Every day of calendar.workingDays is in calendar.holidays, so clocks that count working days never end.',
              instead: 'Take days out of calendar.holidays, or name other calendar.workingDays.',
            },
          ]
        : []),
      ...(shut
        ? [
            {
              rule: 'no-release-window' as const,
              what: `The release window of ${project.name} never opens.`,
              why: 'Every day of releaseWindow.days is a holiday, or the window ends before it begins.',
              instead: 'Name other releaseWindow.days or hours, or take holidays out.',
            },
          ]
        : []),
    ]
  })
