import { DAY, HOUR, instant, later, MINUTE } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { plainMilliseconds } from './duration.ts'
import type { Duration } from './duration.ts'
import type { Policy, Weekday } from './schema.ts'

const WEEKDAYS: readonly Weekday[] = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']
/** A calendar whose working days are all holidays would count for ever; two years of days is more than any deadline. */
const MOST_DAYS = 800

type Calendar = Policy['calendar']

export const weekdayOf = (at: Instant): Weekday => WEEKDAYS[new Date(at).getUTCDay()] ?? 'sun'

const dateOf = (at: Instant): string => new Date(at).toISOString().slice(0, 10)

export const isWorkingDay = (calendar: Calendar, at: Instant): boolean =>
  calendar.workingDays.includes(weekdayOf(at)) && !calendar.holidays.includes(dateOf(at))

/** The instant a duration after `from`. A working day ends at the same time of day on the next working day. */
export function after(calendar: Calendar, from: Instant, duration: Duration): Instant {
  const plain = plainMilliseconds(duration)
  if (plain !== undefined) return later(from, plain)
  let at = from
  let left = duration.amount
  for (let day = 0; day < MOST_DAYS && left > 0; day += 1) {
    at = later(at, DAY)
    if (isWorkingDay(calendar, at)) left -= 1
  }
  return at
}

/** Midnight UTC of the day of `at`: leads are counted in dates. */
const startOfDay = (at: Instant): Instant => instant(at - (at % DAY))

/** Whole dates between two instants: Tuesday 10:00 to the next Tuesday 09:00 is seven. */
export const datesBetween = (from: Instant, to: Instant): number =>
  Math.round((startOfDay(to) - startOfDay(from)) / DAY)

const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** Whether the release window is open at that instant (days and hours in UTC, holidays closed). */
export function inReleaseWindow(policy: Policy, at: Instant): boolean {
  const { days, from, to } = policy.releaseWindow
  const minute = (at % DAY) / MINUTE
  const open = minute >= minutesOf(from) && minute <= minutesOf(to)
  return open && days.includes(weekdayOf(at)) && !policy.calendar.holidays.includes(dateOf(at))
}

/** The next `count` instants at which the window opens, from `from` on. */
export function nextReleaseInstants(policy: Policy, from: Instant, count: number): readonly Instant[] {
  const opens = minutesOf(policy.releaseWindow.from) * MINUTE
  return Array.from({ length: MOST_DAYS }, (_, day) => later(startOfDay(from), day * DAY + opens))
    .filter((at) => at >= from && inReleaseWindow(policy, at))
    .slice(0, count)
}

/** The lead of a list counted in dates: whole days, hours rounded up to a date. */
export function leadDates(lead: Duration): number {
  const plain = plainMilliseconds(lead)
  return plain === undefined ? lead.amount : Math.ceil(plain / (24 * HOUR))
}
