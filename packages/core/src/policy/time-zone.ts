import { z } from 'zod'

/** The longest name of the IANA database has 30 characters; a zone of a megabyte is no name. */
const LONGEST_NAME = 64

/** An offset is refused: it does not follow summer time, so it is right for half of the year. */
const NAME = /^[A-Za-z][A-Za-z0-9_+/-]*$/

/** A time zone by its IANA name, as this machine's tables know it. */
export const TimeZone = z
  .string()
  .max(LONGEST_NAME)
  .refine(isTimeZone, {
    error: 'a time zone has an IANA name, such as Europe/Berlin or UTC',
    params: { wants: 'time-zone' },
  })

export function isTimeZone(name: string): boolean {
  if (!NAME.test(name)) return false
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name })
    return true
  } catch {
    return false
  }
}
