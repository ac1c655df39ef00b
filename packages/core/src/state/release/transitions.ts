import type { Event } from '../../events/recorded.ts'
import type { ReleaseState } from './state.ts'

export type ReleaseMove = 'schedule' | 'reschedule' | 'prenotify' | 'publish' | 'cancel'

type Table = Readonly<Record<ReleaseState['is'], Readonly<Partial<Record<ReleaseMove, ReleaseState['is']>>>>>

/**
 * A security release (process, section 3). Recipients who were told stay told: a new date moves a pre-notified release
 * nowhere. What is published without having been told to recipients goes there straight; a release that only an interim
 * advisory began has no date. A move that a row lacks does not exist.
 */
export const RELEASE_TRANSITIONS: Table = {
  planned: { schedule: 'scheduled', publish: 'released', cancel: 'cancelled' },
  scheduled: { reschedule: 'scheduled', prenotify: 'prenotified', publish: 'released', cancel: 'cancelled' },
  prenotified: { reschedule: 'prenotified', publish: 'released', cancel: 'cancelled' },
  released: {},
  cancelled: {},
}

const MOVE_OF: Readonly<Partial<Record<Event['type'], ReleaseMove>>> = {
  ReleaseScheduled: 'schedule',
  ReleaseRescheduled: 'reschedule',
  PrenotificationQueued: 'prenotify',
  DisclosureStarted: 'publish',
  ReleaseCancelled: 'cancel',
}

/** The transition of a release that an event causes, if any. */
export const releaseMoveOf = ({ type }: Pick<Event, 'type'>): ReleaseMove | undefined => MOVE_OF[type]

/** Where a release stands after an event. What the log holds beside the table moves it nowhere: nothing is judged here. */
export function releaseAfter(is: ReleaseState['is'], event: Pick<Event, 'type'>): ReleaseState['is'] {
  const move = releaseMoveOf(event)
  return move === undefined ? is : (RELEASE_TRANSITIONS[is][move] ?? is)
}
