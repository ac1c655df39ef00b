import { z } from 'zod'

/** A point in time in UTC, as milliseconds since 1970. Core never asks for the time: it arrives with the command. */
export const Instant = z.number().int().brand('Instant')
export type Instant = z.infer<typeof Instant>

export const MINUTE = 60_000
export const HOUR = 60 * MINUTE
export const DAY = 24 * HOUR

/** @throws when the number is not a whole number of milliseconds */
export const instant = (milliseconds: number): Instant => Instant.parse(milliseconds)

/** The instant `milliseconds` later (or earlier, when negative). Fractions of a millisecond are cut. */
export const later = (from: Instant, milliseconds: number): Instant => instant(Math.trunc(from + milliseconds))

export const earliest = (a: Instant, b: Instant): Instant => (a <= b ? a : b)

export const latest = (a: Instant, b: Instant): Instant => (a >= b ? a : b)

/** `2026-06-02T14:00:00.000Z` */
export const isoInstant = (at: Instant): string => new Date(at).toISOString()
