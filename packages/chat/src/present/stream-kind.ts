import { ReleaseId } from '@embargo/core'
import type { Event, ReleaseEvent, StreamId } from '@embargo/core'

/** Both kinds of stream record outcomes of effects, so the stream tells which kind of event it is. */
export const isReleaseEvent = (stream: StreamId, event: Event): event is ReleaseEvent =>
  ReleaseId.safeParse(stream).success && event.type !== 'CaseOpened'
