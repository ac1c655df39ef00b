import type { Event, Moved } from '@embargo/core'

/** What an event makes of a date that people were told; nothing where it leaves dates alone. */
export function movedBy(event: Event): Moved | undefined {
  switch (event.type) {
    case 'ReleaseRescheduled':
      return { was: event.was, at: event.at, reason: event.reason }
    case 'ReleaseCancelled':
      return event.was === undefined ? undefined : { was: event.was, reason: event.reason }
    case 'ReleaseLeft':
      return event.was === undefined ? undefined : { was: event.was }
    default:
      return undefined
  }
}
