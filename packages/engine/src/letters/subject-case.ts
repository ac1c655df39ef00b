import { isCaseStream } from '@embargo/core'
import type { CaseId, Event, StreamId } from '@embargo/core'

/**
 * The one case that a mail is about: the one in which something happened. A release is published, moved and cancelled
 * as a whole, so that concerns all of its cases; but an interim advisory is about one case, as is the news that a
 * case is taken out.
 */
export function subjectCase(stream: StreamId, event: Event): CaseId | undefined {
  if (event.type === 'InterimDisclosed' || event.type === 'CaseDropped') return event.case
  return isCaseStream(stream) ? stream : undefined
}
