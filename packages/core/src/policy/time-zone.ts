import { z } from 'zod'

/** The longest name in the IANA database has 30 characters. The limit refuses texts that are far too long. */
const LONGEST_NAME = 64

/** An offset such as `+02:00` is refused, because it ignores summer time. */
const NAME = /^[A-Za-z][A-Za-z0-9_+/-]*$/

/** The IANA name of a time zone that this machine's time zone tables contain. */
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
