import type { CaseState } from '../state/state.ts'
import { instant } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { dateOf, instantAt, localAt, minutesOf, weekdayOf } from '../policy/local-time.ts'
import type { Calendar, Policy } from '../policy/schema.ts'
import type { Clock, Moment } from './clock.ts'

/**
 * A reminder that would otherwise come after the deadline is sent this many minutes before the end of the last working
 * day.
 */
const LAST_HOUR = 60

/** The most days that are searched for working hours. The calendar's search for a working day has the same limit. */
const MAX_DAYS = 800

/**
 * Whether a case is critical, or attacks are observed. People are told about such a case immediately, even on a Friday
 * night. With `at`, the answer is for that time.
 */
export const isUrgent = (
  { severity, ratedAt, cs: { attacks } }: Pick<CaseState, 'severity' | 'ratedAt' | 'cs'>,
  at?: Instant,
): boolean => {
  const from = (since: Instant | undefined): boolean => at === undefined || since === undefined || since <= at
  return (severity === 'critical' && from(ratedAt)) || (attacks !== undefined && from(attacks))
}

/**
 * Moves a deadline's reminders into working hours. A reminder outside working hours is delayed to the next working
 * hours. If the next working hours begin at the due time or later, a reminder that belongs before the due time is sent
 * early: an hour before the end of the last working day.
 */
export function inWorkingHours(policy: Policy, state: CaseState, clock: Clock): Clock {
  if (isUrgent(state)) return clock
  return { ...clock, moments: clock.moments.map((moment) => moved(policy.calendar, clock, moment)) }
}

function moved(calendar: Calendar, { start, due }: Clock, moment: Moment): Moment {
  if (moment.breach === true || moment.prompt === true) return moment
  const next = nextWorking(calendar, moment.at)
  if (next === moment.at) return moment
  if (moment.at >= due || next < due) return { ...moment, at: next }
  const last = lastWorking(calendar, moment.at)
  // If nobody works between the start and the due time, the reminder is sent in the next working hours.
  return { ...moment, at: last > start ? last : next }
}

const worksOn = ({ workingDays, holidays }: Calendar, day: number): boolean =>
  workingDays.includes(weekdayOf(day)) && !holidays.includes(dateOf(day))

/** The instant itself if people work at that time, otherwise the instant at which they next begin to work. */
export function nextWorking(calendar: Calendar, at: Instant): Instant {
  const { zone, workingHours } = calendar
  const { day, time } = localAt(at, zone)
  const [from, to] = [minutesOf(workingHours.from), minutesOf(workingHours.to)]
  if (worksOn(calendar, day) && time >= from && time < to) return at
  const first = time < from ? day : day + 1
  for (let tried = 0; tried < MAX_DAYS; tried += 1) {
    if (worksOn(calendar, first + tried)) return instantAt(first + tried, from, zone)
  }
  return at
}

/** Whether an instant is in the project’s working hours, read in the given time zone. */
export const isAtWork = (calendar: Calendar, zone: string | undefined, at: Instant): boolean =>
  nextWorking(zone === undefined ? calendar : { ...calendar, zone }, at) === at

/** The last full working hour before an instant; the instant itself if the calendar has no such hour. */
export function lastWorking(calendar: Calendar, at: Instant): Instant {
  const { zone, workingHours } = calendar
  const { day } = localAt(at, zone)
  const close = Math.max(minutesOf(workingHours.to) - LAST_HOUR, minutesOf(workingHours.from))
  for (let tried = 0; tried < MAX_DAYS; tried += 1) {
    if (!worksOn(calendar, day - tried)) continue
    const last = instantAt(day - tried, close, zone)
    if (last <= at) return last
  }
  return instant(at)
}
