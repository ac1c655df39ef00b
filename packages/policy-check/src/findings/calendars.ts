import { DAY, isWorkingDay, later, nextReleaseInstants, policyFor } from '@embargo/core'
import type { Instant, Policy } from '@embargo/core'
import type { PolicyFinding, StaticCheck } from './finding.ts'

/** How many days ahead a calendar is searched for a working day: somewhat more than a year. */
const DAYS_AHEAD = 400

/** Finds calendars in which every working day is a holiday, and release windows that never open. */
export const calendars: StaticCheck = (whole, from) =>
  whole.projects.flatMap(({ id, name }) => {
    const policy = policyFor(whole, { project: id })
    return [...closed(policy, from, name), ...shut(policy, from, name)]
  })

function closed({ calendar }: Policy, from: Instant, project: string): readonly PolicyFinding[] {
  const days = Array.from({ length: DAYS_AHEAD }, (_, day) => later(from, day * DAY))
  if (days.some((day) => isWorkingDay(calendar, day))) return []
  return [
    {
      rule: 'no-working-days',
      what: `The calendar of ${project} has no working day in the next ${DAYS_AHEAD} days.`,
      why: 'Every day of calendar.workingDays is in calendar.holidays, so clocks that count working days never end.',
      instead: 'Take days out of calendar.holidays, or name other calendar.workingDays.',
    },
  ]
}

function shut(policy: Policy, from: Instant, project: string): readonly PolicyFinding[] {
  if (nextReleaseInstants(policy, from, 1).length > 0) return []
  return [
    {
      rule: 'no-release-window',
      what: `The release window of ${project} never opens.`,
      why: 'Every day of releaseWindow.days is a holiday, or the window ends before it begins.',
      instead: 'Name other releaseWindow.days or hours, or take holidays out.',
    },
  ]
}
