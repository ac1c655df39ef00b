import { DAY, HOUR, later, MINUTE, nearestInstant, SECOND } from '../shared/instant.ts'
import type { Instant } from '../shared/instant.ts'
import type { Weekday } from './schema.ts'

/** A wall clock's reading in a zone: the day, counted from 1 January 1970, and the minutes since midnight. */
export type LocalTime = { readonly day: number; readonly time: number }

/** 1 January 1970 was a Thursday. */
const WEEKDAYS: readonly Weekday[] = ['thu', 'fri', 'sat', 'sun', 'mon', 'tue', 'wed']

export const weekdayOf = (day: number): Weekday => WEEKDAYS[((day % 7) + 7) % 7] ?? 'thu'

/** `2026-06-02` */
export const dateOf = (day: number): string => new Date(day * DAY).toISOString().slice(0, 10)

/** The minutes from midnight to a time of day such as `14:30`. */
export const minutesOf = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3, 5))

/** The local time in a zone at an instant; without a zone, the time in UTC. Seconds become a fraction of a minute. */
export function localAt(at: Instant, zone: string | undefined): LocalTime {
  const local = at + offsetAt(at, zone)
  const day = Math.floor(local / DAY)
  return { day, time: (local - day * DAY) / MINUTE }
}

/**
 * The instant of a local time in a zone. A time that a clock change skips is moved by the length of the change: 02:30
 * becomes 03:30. If a time occurs twice, its first occurrence is used (RFC 5545, 3.3.5).
 */
export function instantAt(day: number, time: number, zone: string | undefined): Instant {
  const shown = Math.round(day * DAY + time * MINUTE)
  if (isUtc(zone)) return nearestInstant(shown)
  // `before` and `after` are the zone's offsets some hours before and some hours after the local time. One of them is
  // the offset at the local time. If a clock change skips the local time, `before` is used.
  const before = offsetAt(nearestInstant(shown - 14 * HOUR), zone)
  const after = offsetAt(nearestInstant(shown + 14 * HOUR), zone)
  for (const offset of [Math.max(before, after), Math.min(before, after)]) {
    const candidate = nearestInstant(shown - offset)
    if (candidate + offsetAt(candidate, zone) === shown) return candidate
  }
  return later(nearestInstant(shown), -before)
}

/** When a day (`2026-06-02`) begins in a zone. */
export const dayBegins = (day: string, zone: string | undefined): Instant => instantAt(Date.parse(day) / DAY, 0, zone)

const isUtc = (zone: string | undefined): boolean => zone === undefined || zone === 'UTC'

/** Cached for each zone: creating a format costs a hundred times as much as using it. */
const FORMATS = new Map<string, Intl.DateTimeFormat>()

/**
 * A format that ends with the offset, such as `14 GMT+02:00`. Reading the offset from it is five times as fast as
 * computing the offset.
 */
function formatOf(zone: string): Intl.DateTimeFormat {
  const known = FORMATS.get(zone)
  if (known !== undefined) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    hour: 'numeric',
    timeZoneName: 'longOffset',
  })
  FORMATS.set(zone, made)
  return made
}

/**
 * Examples: `GMT+02:00`, `GMT` for no offset, and `GMT+00:53:28` for local mean time, which was used until about 1900.
 */
const OFFSET = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/u

/** The zone's offset from UTC at an instant, in milliseconds. */
function offsetAt(at: Instant, zone: string | undefined): number {
  if (zone === undefined || isUtc(zone)) return 0
  const [, sign, hours = 0, minutes = 0, seconds = 0] = OFFSET.exec(formatOf(zone).format(at)) ?? []
  const offset = Number(hours) * HOUR + Number(minutes) * MINUTE + Number(seconds) * SECOND
  return sign === '-' ? -offset : offset
}
