const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const WEEKDAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat']
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** Who reads a date. `zone`: their IANA time zone, if known. */
export type Reader = { zone?: string | undefined }

/**
 * An instant (epoch milliseconds) in words: `Tue 2 Jun 2026, 14:00 UTC (16:00 your time)`. The UTC time is binding. The
 * local time is left out if the time zone is unknown. Mails do not say how far away a time is, because they may be read
 * much later.
 */
export function dateInWords(instant: number, reader: Reader = {}): string {
  const there = reader.zone === undefined ? undefined : timeIn(instant, reader.zone)
  const utc = `${day(instant)}, ${clock(instant)} UTC`
  return there === undefined ? utc : `${utc} (${there} your time)`
}

/** The date of an instant in UTC, without a time: `Tue 2 Jun 2026`. */
export function day(instant: number): string {
  return `${shortDay(instant)} ${new Date(instant).getUTCFullYear()}`
}

function shortDay(instant: number): string {
  const date = new Date(instant)
  return `${WEEKDAYS[date.getUTCDay()]} ${date.getUTCDate()} ${MONTHS[date.getUTCMonth()]}`
}

function clock(instant: number): string {
  return new Date(instant).toISOString().slice(11, 16)
}

/**
 * The time in a zone at an instant: `16:00`, or `Wed 3 Jun, 02:00` if the date differs from UTC. Undefined if the time
 * is the same as in UTC, or the zone is unknown.
 */
export function timeIn(instant: number, zone: string): string | undefined {
  const local = shifted(instant, zone)
  if (local === undefined || clock(local) === clock(instant)) return undefined
  const sameDay = shortDay(local) === shortDay(instant)
  return sameDay ? clock(local) : `${shortDay(local)}, ${clock(local)}`
}

/** Shifts an instant so that its fields in UTC equal its local fields in the zone. Undefined for an unknown zone. */
function shifted(instant: number, zone: string): number | undefined {
  try {
    const format = new Intl.DateTimeFormat('en-US', {
      timeZone: zone,
      hourCycle: 'h23',
      year: 'numeric',
      month: 'numeric',
      day: 'numeric',
      hour: 'numeric',
      minute: 'numeric',
    })
    const parts = new Map(format.formatToParts(instant).map((part) => [part.type, Number(part.value)]))
    const field = (name: Intl.DateTimeFormatPartTypes): number => parts.get(name) ?? 0
    return Date.UTC(field('year'), field('month') - 1, field('day'), field('hour'), field('minute'))
  } catch {
    return undefined
  }
}

/**
 * How far away an instant is: `in 6 days`, `2 hours ago`, `now`. The number is rounded down, so nobody is promised more
 * time than there is. An instant within the next minute is not called `now`, because a command that waits for it is
 * still refused.
 */
export function distance(instant: number, now: number): string {
  const span = Math.abs(instant - now)
  if (span < MINUTE) return instant > now ? 'in seconds' : 'now'
  const amount = measure(span)
  return instant > now ? `in ${amount}` : `${amount} ago`
}

function measure(span: number): string {
  if (span < HOUR) return many(Math.floor(span / MINUTE), 'minute')
  if (span < DAY) return many(Math.floor(span / HOUR), 'hour')
  return many(Math.floor(span / DAY), 'day')
}

const ISO = /\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{1,3})?Z/g

/** Replaces the ISO instants in a sentence of core with dates that people can read: `Tue 2 Jun 2026, 14:00 UTC`. */
export const withDates = (sentence: string): string =>
  sentence.replaceAll(ISO, (iso) => (Number.isNaN(Date.parse(iso)) ? iso : dateInWords(Date.parse(iso))))

function many(count: number, unit: string): string {
  return count === 1 ? `1 ${unit}` : `${count} ${unit}s`
}
