import { Instant } from '@embargo/core'

const WRITTEN = /^(\d{4}-\d{2}-\d{2})(?:[T ](\d{2}:\d{2})(?::\d{2}(?:\.\d{1,3})?)?)? ?(?:Z|UTC)?$/i

/** A date without a time means `timeOfDay` (`14:00`). Always UTC; undefined when it is no such date. */
export function readInstant(text: string, timeOfDay: string): Instant | undefined {
  const match = WRITTEN.exec(text.trim())
  if (match === null) return undefined
  const [, day = '', time = timeOfDay] = match
  const read = Date.parse(`${day}T${time}:00.000Z`)
  // `2026-02-30` is read as a day in March.
  if (Number.isNaN(read) || new Date(read).toISOString().slice(0, 10) !== day) return undefined
  return Instant.parse(read)
}
