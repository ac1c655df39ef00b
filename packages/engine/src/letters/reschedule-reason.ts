import { NO_REASON } from '@embargo/core'
import type { Event, HeadsUpCorrection, DateChange } from '@embargo/core'
import type { LetterContext } from './gather-material.ts'

/**
 * The parts of an event that are reported in its letters: a moved date, the reason for a change, and a corrected
 * heads-up.
 */
export function letterReason(event: Event): Pick<LetterContext, 'moved' | 'because' | 'headsUp'> {
  const moved = rescheduleReason(event)
  const because = updateReason(event)
  const headsUp = headsUpCorrection(event)
  return { ...(moved && { moved }), ...(because !== undefined && { because }), ...(headsUp && { headsUp }) }
}

/** The old and the new content of a heads-up. */
export const headsUpCorrection = (event: Event): HeadsUpCorrection | undefined =>
  event.type === 'PrenotificationUpdated' || event.type === 'ReleaseRescheduled' || event.type === 'CaseDropped'
    ? event.headsUp
    : undefined

/** Why the recipients get a changed notice, according to an event. */
const updateReason = (event: Event): string | undefined =>
  event.type === 'PrenotificationUpdated' ? event.reason : undefined

/** The effect of an event on a date that people were told; undefined if it changes no date. */
export function rescheduleReason(event: Event): DateChange | undefined {
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
