import { isCaseStream } from '@embargo/core'
import type { CaseId, Event, StreamId } from '@embargo/core'

/**
 * The case that a mail is about: the one in which the event happened. Undefined if a whole release is published, moved
 * or cancelled, because the mail is then about all its cases. Two events of a release are about one case: an interim
 * advisory, and that a case was dropped from the release.
 */
export function subjectCase(stream: StreamId, event: Event): CaseId | undefined {
  if (event.type === 'InterimDisclosed' || event.type === 'CaseDropped') return event.case
  return isCaseStream(stream) ? stream : undefined
}
