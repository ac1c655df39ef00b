import { isCaseStream } from '@embargo/core'
import type { CaseId, Event, LetterName, ReleaseState, StreamId } from '@embargo/core'

/**
 * The case that a mail is about, which is the case in which the event happened. Undefined for most events of a release,
 * because their mails are about all its cases. But three mails of a release are about a single case: an interim
 * advisory, the news that a case was dropped from the release, and a correction. After such a drop, mails to the public
 * are about the cases that stay, because the public knows no case numbers.
 */
export function subjectCase(
  { stream, letter }: { readonly stream: StreamId; readonly letter: LetterName },
  event: Event,
  release: ReleaseState | undefined,
): CaseId | undefined {
  if (letter === 'heads-up-corrected') return undefined
  if (letter === 'correction') return release?.correction?.case
  if (event.type === 'InterimDisclosed' || event.type === 'CaseDropped') return event.case
  return isCaseStream(stream) ? stream : undefined
}
