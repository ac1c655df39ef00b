import { DAY, HOUR, later, MINUTE } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import { plainMilliseconds } from './duration.ts'
import type { Duration } from './duration.ts'
import { instantAt, localAt, minutesOf, weekdayOf } from './local-time.ts'
import type { Calendar, Policy } from './schema.ts'

/**
 * A search for a working day stops after this many free days in a row. Without the limit, it would never end if all
 * working days are holidays.
 */
const MAX_DAYS = 800
/** The weeks in ten thousand years: more than the valid dates cover. */
const MAX_WEEKS = 521_775

export type WorkingDays = Pick<Calendar, 'zone' | 'workingDays' | 'holidays'>

/** Whether people work on the local day of an instant. */
export const isWorkingDay = (calendar: WorkingDays, at: Instant): boolean =>
  worksOn(calendar, localAt(at, calendar.zone).day)

const worksOn = ({ workingDays, holidays }: WorkingDays, day: number): boolean =>
  workingDays.includes(weekdayOf(day)) && !isHoliday(holidays, day)

function isHoliday(holidays: WorkingDays['holidays'], day: number): boolean {
  if (holidays.length === 0) return false
  const days = holidayNumbers.get(holidays) ?? new Set(holidays.map((holiday) => Date.parse(holiday) / DAY))
  holidayNumbers.set(holidays, days)
  return days.has(day)
}

/** The days of each list of holidays as numbers. Cached, because days are compared about a million times a minute. */
const holidayNumbers = new WeakMap<WorkingDays['holidays'], ReadonlySet<number>>()

/** Adds a duration to `from`. A duration of one working day ends at the same local time on the next working day. */
export function after(calendar: WorkingDays, from: Instant, duration: Duration): Instant {
  const plain = plainMilliseconds(duration)
  return plain === undefined ? counted(calendar, from, { days: duration.amount, step: 1 }) : later(from, plain)
}

/** Subtracts a duration from `to`. */
export function before(calendar: WorkingDays, to: Instant, duration: Duration): Instant {
  const plain = plainMilliseconds(duration)
  return plain === undefined ? counted(calendar, to, { days: duration.amount, step: -1 }) : later(to, -plain)
}

function counted(
  calendar: WorkingDays,
  from: Instant,
  { days, step }: { readonly days: number; readonly step: 1 | -1 },
): Instant {
  const { day: first, time } = localAt(from, calendar.zone)
  let { day, left } = wholeWeeks(calendar, { day: first, left: days, step })
  for (let free = 0; free < MAX_DAYS && left > 0; free += 1) {
    day += step
    if (!worksOn(calendar, day)) continue
    left -= 1
    free = 0
  }
  return instantAt(day, time, calendar.zone)
}

type DayCount = { readonly day: number; readonly left: number; readonly step: 1 | -1 }

/**
 * Skips whole weeks, because counting a great many days one by one would take seconds. At least one day is left to
 * count, unless the skipped weeks go beyond the valid dates.
 */
function wholeWeeks(
  { workingDays, holidays }: WorkingDays,
  { day, left, step }: DayCount,
): { day: number; left: number } {
  const perWeek = new Set(workingDays).size
  if (left <= MAX_DAYS || perWeek === 0) return { day, left }
  const weeks = Math.min(Math.floor((left - 1) / perWeek), MAX_WEEKS)
  const to = day + step * weeks * 7
  const free = [...new Set(holidays)]
    .map((holiday) => Date.parse(holiday) / DAY)
    .filter((one) => (one - day) * step > 0 && (to - one) * step >= 0 && workingDays.includes(weekdayOf(one)))
  // After `MAX_WEEKS` weeks, `to` is outside the valid dates, so counting stops.
  return { day: to, left: weeks === MAX_WEEKS ? 0 : left - weeks * perWeek + free.length }
}

/** The midnight in UTC at which the day of `at` begins. */
const startOfDay = (at: Instant): Instant => later(at, -(at % DAY))

/**
 * The number of dates from one instant to another. The time of day does not matter: from Tuesday 10:00 to the next
 * Tuesday 09:00 it is seven.
 */
export const datesBetween = (from: Instant, to: Instant): number =>
  Math.round((startOfDay(to) - startOfDay(from)) / DAY)

/** Whether the release window is open at that instant; holidays close it. */
export function inReleaseWindow(policy: Policy, at: Instant): boolean {
  const { days, from, to } = policy.releaseWindow
  const { day, time } = localAt(at, policy.calendar.zone)
  const open = time >= minutesOf(from) && time <= minutesOf(to)
  return open && days.includes(weekdayOf(day)) && !isHoliday(policy.calendar.holidays, day)
}

/**
 * The latest instant at which something planned for `from` may still start automatically: `from` plus the length of the
 * release window.
 */
export function latestStart({ releaseWindow }: Policy, from: Instant): Instant {
  return later(from, (minutesOf(releaseWindow.to) - minutesOf(releaseWindow.from)) * MINUTE)
}

/** The next `count` instants at which the window opens, from `from` on. */
export function nextReleaseInstants(policy: Policy, from: Instant, count: number): readonly Instant[] {
  const found: Instant[] = []
  const { day } = localAt(from, policy.calendar.zone)
  for (let tried = 0; tried < MAX_DAYS && found.length < count; tried += 1) {
    const opens = opensOn(policy, day + tried)
    if (opens !== undefined && opens >= from) found.push(opens)
  }
  return found
}

/** The last instant, up to `to`, at which the release window opens. */
export function lastReleaseInstant(policy: Policy, to: Instant): Instant | undefined {
  const { day } = localAt(to, policy.calendar.zone)
  for (let tried = 0; tried < MAX_DAYS; tried += 1) {
    const opens = opensOn(policy, day - tried)
    if (opens !== undefined && opens <= to) return opens
  }
  return undefined
}

function opensOn(policy: Policy, day: number): Instant | undefined {
  const { days, from } = policy.releaseWindow
  if (!days.includes(weekdayOf(day)) || isHoliday(policy.calendar.holidays, day)) return undefined
  const opens = instantAt(day, minutesOf(from), policy.calendar.zone)
  // If a clock change skips the opening time, `opens` is later by the length of the change. If the window is closed
  // again by then, it does not open on this day.
  return inReleaseWindow(policy, opens) ? opens : undefined
}

/** A list's lead time in whole days; part of a day counts as a day. */
export function leadDates(lead: Duration): number {
  const plain = plainMilliseconds(lead)
  return plain === undefined ? lead.amount : Math.ceil(plain / (24 * HOUR))
}
