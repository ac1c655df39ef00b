import { after, Duration } from '@embargo/core'
import type { Instant, Policy } from '@embargo/core'
import { readInstant } from './read-instant.ts'

/** Whether the text is a duration such as `3 days`, or a valid date with or without a time. */
export const isTime = (text: string): boolean =>
  Duration.safeParse(text.trim().toLowerCase()).success || readInstant(text, '00:00') !== undefined

/** `3 days`, `2 working days`, or a date with or without a time (UTC). Undefined for anything else. */
export function readUntil(text: string, policy: Policy, now: Instant): Instant | undefined {
  const duration = Duration.safeParse(text.trim().toLowerCase())
  if (duration.success) return after(policy.calendar, now, duration.data)
  return readInstant(text, policy.calendar.workingHours.from)
}
