import { NO_REASON } from '@embargo/core'
import type { Event, Moved } from '@embargo/core'

/** Why the recipients get other patches, as an event says it. */
export const becauseOf = (event: Event): string | undefined =>
  event.type === 'PrenotificationUpdated' ? event.reason : undefined

/** What an event makes of a date that people were told; nothing where it leaves dates alone. */
export function movedBy(event: Event): Moved | undefined {
  switch (event.type) {
    case 'ReleaseRescheduled':
      return { was: event.was, at: event.at, reason: event.reason }
    case 'CaseDropped':
      return event.was === undefined ? undefined : { was: event.was, reason: event.reason }
    case 'ReleaseCancelled':
      if (event.was === undefined) return undefined
      return { was: event.was, ...(event.reason === NO_REASON ? {} : { reason: event.reason }) }
    case 'ReleaseLeft':
      return event.was === undefined ? undefined : { was: event.was }
    default:
      return undefined
  }
}
