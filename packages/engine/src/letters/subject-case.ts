import { isCaseStream } from '@embargo/core'
import type { CaseId, Event, StreamId } from '@embargo/core'

/**
 * The one case that a mail is about: the one in which something happened. Undefined if the whole release is published,
 * moved or cancelled, which concerns all of its cases. An interim advisory, and the news that a case is taken out, are
 * about one case.
 */
export function subjectCase(stream: StreamId, event: Event): CaseId | undefined {
  if (event.type === 'InterimDisclosed' || event.type === 'CaseDropped') return event.case
  return isCaseStream(stream) ? stream : undefined
}
