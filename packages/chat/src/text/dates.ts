import { dateInWords, distance } from '@embargo/core'
import type { Instant } from '@embargo/core'

const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** `Tue 2 Jun 2026, 14:00 UTC` */
export const fullTime = (at: Instant): string => dateInWords(at)

/** `Tue 2 Jun, 14:00 UTC`, for places where the year is obvious. */
export const shortTime = (at: Instant): string => {
  const date = new Date(at)
  return `${dayAndMonth(date)}, ${clockTime(date)} UTC`
}

/** `Fri 3 Jul` */
export const shortDay = (at: Instant): string => dayAndMonth(new Date(at))

/** `3 Jul 2026` */
export function day(at: Instant): string {
  const date = new Date(at)
  return `${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''} ${date.getUTCFullYear()}`
}

/** `in 6 days`, `2 hours ago`, `now`. Mails use the same words. */
export const fromNow = (at: Instant, now: Instant): string => distance(at, now)

/** `1 day`, `2 days`; fractions are dropped. */
export function counted(amount: number, unit: string): string {
  const whole = Math.trunc(amount)
  return `${whole} ${unit}${whole === 1 ? '' : 's'}`
}

const dayAndMonth = (date: Date): string =>
  `${DAYS[date.getUTCDay()] ?? ''} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()] ?? ''}`

const clockTime = (date: Date): string => date.toISOString().slice(11, 16)
