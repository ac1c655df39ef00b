import { isCaseStream } from '@embargo/core'
import type { CaseId, Event, LetterName, StreamId } from '@embargo/core'

/**
 * The case that a mail is about, which is the case in which the event happened. Undefined for most events of a release,
 * because their mails are about all its cases. But two events of a release are about a single case: an interim
 * advisory, and the dropping of a case from the release. The public, which knows no case by its number, then reads
 * about the cases that stay.
 */
export function subjectCase(stream: StreamId, event: Event, letter: LetterName): CaseId | undefined {
  if (letter === 'heads-up-corrected') return undefined
  if (event.type === 'InterimDisclosed' || event.type === 'CaseDropped') return event.case
  return isCaseStream(stream) ? stream : undefined
}
