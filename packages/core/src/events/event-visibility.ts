import { CaseEvent } from './case-events.ts'
import { VISIBILITY } from './fact.ts'
import type { Visibility } from './fact.ts'
import { PeopleEvent } from './people-events.ts'
import type { Event } from './recorded-event.ts'
import { ReleaseEvent } from './release-events.ts'

const BY_TYPE: ReadonlyMap<Event['type'], Visibility | undefined> = new Map(
  [CaseEvent, ReleaseEvent, PeopleEvent].flatMap(({ options }) =>
    options.map((option) => [option.shape.type.value, VISIBILITY.get(option)?.seenAs] as const),
  ),
)

/**
 * Whether an event is posted as a separate message. Embargo terms that came with a report are not posted, because the
 * report's card shows them. A stored transcript is posted only if it has a gap.
 */
export const isPosted = (event: Event): boolean =>
  (BY_TYPE.get(event.type) === 'message' ||
    BY_TYPE.get(event.type) === 'both' ||
    ((event.type === 'TalkKept' || event.type === 'ChannelArchived') && event.gap !== undefined) ||
    (event.type === 'CaseAccepted' && event.reason !== undefined) ||
    (event.type === 'ReleasePlanned' && !event.implicit)) &&
  !((event.type === 'EmbargoProposed' || event.type === 'EmbargoAccepted') && event.proposal === 'standing')

/** Whether the event changes the pinned status card. */
export const editsStatus = ({ type }: Event): boolean => BY_TYPE.get(type) === 'status' || BY_TYPE.get(type) === 'both'
