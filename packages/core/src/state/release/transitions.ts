import type { Event } from '../../events/recorded-event.ts'
import type { ReleaseState } from './state.ts'

export type ReleaseMove = 'schedule' | 'reschedule' | 'prenotify' | 'publish' | 'cancel'

type Table = Readonly<Record<ReleaseState['is'], Readonly<Partial<Record<ReleaseMove, ReleaseState['is']>>>>>

/**
 * The transitions of a security release. A pre-notified release that gets a new date stays
 * pre-notified, because its recipients have been told. A release without recipients is published without a
 * pre-notification. A release that began with an interim advisory has no date.
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

/**
 * A release's state after an event. An event without a transition in the table changes nothing, because an event in the
 * log is never refused.
 */
export function releaseAfter(is: ReleaseState['is'], event: Pick<Event, 'type'>): ReleaseState['is'] {
  const move = releaseMoveOf(event)
  return move === undefined ? is : (RELEASE_TRANSITIONS[is][move] ?? is)
}
