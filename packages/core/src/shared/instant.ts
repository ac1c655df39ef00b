import { z } from 'zod'

/** The years 1 to 9999: dates outside this range cannot be written with a four-digit year. */
const FIRST = -62_135_596_800_000
const LAST = Date.UTC(9999, 11, 31, 23, 59, 59, 999)

/** A point in time in UTC, as milliseconds since 1970. Core never reads a clock: the time comes with each command. */
export const Instant = z.number().int().min(FIRST).max(LAST).brand('Instant')
export type Instant = z.infer<typeof Instant>

export const SECOND = 1_000
export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** @throws when the number is not a whole number of milliseconds, or is outside the years 1 to 9999 */
export const instant = (milliseconds: number): Instant => Instant.parse(milliseconds)

/** The nearest valid instant, so that computing with a policy's durations never throws. */
export const nearestInstant = (milliseconds: number): Instant =>
  instant(Math.min(Math.max(Math.trunc(milliseconds), FIRST), LAST))

/** The instant `milliseconds` later (earlier if negative). Fractions of a millisecond are dropped. */
export const later = (from: Instant, milliseconds: number): Instant => nearestInstant(from + milliseconds)

/**
 * Rounds up to a full minute. Times are shown to the minute, so a command at the shown time would otherwise be too
 * early.
 */
export const fullMinute = (at: Instant): Instant => nearestInstant(Math.ceil(at / MINUTE) * MINUTE)

/** Whether two instants are on the same day in UTC. */
export const isSameDay = (a: Instant, b: Instant): boolean => Math.floor(a / DAY) === Math.floor(b / DAY)

export const earliest = (a: Instant, b: Instant): Instant => (a <= b ? a : b)

export const latest = (a: Instant, b: Instant): Instant => (a >= b ? a : b)

/** `2026-06-02T14:00:00.000Z` */
export const isoInstant = (at: Instant): string => new Date(at).toISOString()
