import { DAY, Instant } from '@embargo/core'

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d{1,3})?)?)? ?(?:Z|UTC)?$/i

/**
 * A date without a time means the `planned` instant if that is on the same day, and otherwise `timeOfDay` (`14:00`).
 * Always UTC; undefined for an invalid date.
 */
export function readInstant(
  text: string,
  timeOfDay: string,
  planned: readonly (Instant | undefined)[] = [],
): Instant | undefined {
  const match = WRITTEN.exec(text.trim())
  if (match === null) return undefined
  const [, day = '', time] = match
  const read = Date.parse(`${day}T${time ?? timeOfDay}:00.000Z`)
  // `2026-02-30` is read as a day in March.
  if (Number.isNaN(read) || new Date(read).toISOString().slice(0, 10) !== day) return undefined
  const onThatDay = planned.find((one) => one !== undefined && Math.floor(one / DAY) === Math.floor(read / DAY))
  return time === undefined && onThatDay !== undefined ? onThatDay : Instant.parse(read)
}
