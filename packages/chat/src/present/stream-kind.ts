import { ReleaseId } from '@embargo/core'
import type { Event, ReleaseEvent, StreamId } from '@embargo/core'

/** Both kinds of stream record what the outside answered, so the stream says which kind of event it is. */
export const isReleaseEvent = (stream: StreamId, event: Event): event is ReleaseEvent =>
  ReleaseId.safeParse(stream).success && event.type !== 'CaseOpened'
