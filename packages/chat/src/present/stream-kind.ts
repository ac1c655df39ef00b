import { ReleaseId } from '@embargo/core'
import type { Event, ReleaseEvent, StreamId } from '@embargo/core'

/**
 * Whether an event is an event of a release. The stream's id decides this, because some event types are recorded in
 * cases and in releases.
 */
export const isReleaseEvent = (stream: StreamId, event: Event): event is ReleaseEvent =>
  ReleaseId.safeParse(stream).success && event.type !== 'CaseOpened'
