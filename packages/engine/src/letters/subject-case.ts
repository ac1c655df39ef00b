import { isCaseStream } from '@embargo/core'
import type { CaseId, Event, StreamId } from '@embargo/core'

/**
 * The one case that a mail is about: the one that something happened to. A release is published, moved and called off
 * as a whole, so what happens to it is about all of its cases; but an interim advisory tells of one, and so does
 * the word that one is taken out.
 */
export function subjectCase(stream: StreamId, event: Event): CaseId | undefined {
  if (event.type === 'InterimDisclosed' || event.type === 'CaseDropped') return event.case
  return isCaseStream(stream) ? stream : undefined
}
