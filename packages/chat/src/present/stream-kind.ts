import { ReleaseId } from '@embargo/core'
import type { Event, ReleaseEvent, StreamId } from '@embargo/core'

/**
 * Streams of cases and of releases both record outcomes of effects, so only the stream's id tells which kind of event
 * it is.
 */
export const isReleaseEvent = (stream: StreamId, event: Event): event is ReleaseEvent =>
  ReleaseId.safeParse(stream).success && event.type !== 'CaseOpened'
