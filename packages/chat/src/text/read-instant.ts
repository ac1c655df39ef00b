import { DAY, dateOf, instantAt, localAt, minutesOf } from '@embargo/core'
import type { Instant } from '@embargo/core'

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:[0-5]\d)(?::\d{2}(?:\.\d{1,3})?)?)?( ?(?:Z|UTC))?$/i

/** The latest time of a day: `24:00` is not accepted. */
const LAST_MINUTE = '23:59'

/** The zone of a typed date with a time (`time`), and of a date without a time (`day`). An absent zone means UTC. */
export type Zones = { readonly time?: string; readonly day?: string }

/**
 * Reads a date with or without a time. A date without a time means the first `planned` instant on that day. If no
 * `planned` instant is on that day, the date means `timeOfDay` (`14:00`). A text that ends in `Z` or `UTC` is read in
 * UTC. Undefined for an invalid date.
 */
export function readInstant(
  text: string,
  timeOfDay: string,
  planned: readonly (Instant | undefined)[] = [],
  zones: Zones = {},
): Instant | undefined {
  const match = WRITTEN.exec(text.trim())
  if (match === null) return undefined
  const [, date = '', time, utc] = match
  const day = Date.parse(date) / DAY
  // JavaScript reads `2026-02-30` as a day in March.
  if (Number.isNaN(day) || dateOf(day) !== date) return undefined
  const zone = utc === undefined ? (time === undefined ? zones.day : zones.time) : undefined
  if (time !== undefined) return LAST_MINUTE < time ? undefined : instantAt(day, minutesOf(time), zone)
  const onThatDay = planned.find((one) => one !== undefined && localAt(one, zone).day === day)
  return onThatDay ?? instantAt(day, minutesOf(timeOfDay), zone)
}
