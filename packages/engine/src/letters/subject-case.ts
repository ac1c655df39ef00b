import { isCaseStream } from '@embargo/core'
import type { CaseId, Event, LetterName, ReleaseState, StreamId } from '@embargo/core'

/**
 * The case that a mail is about, which is the case in which the event happened. Undefined for most mails of a release,
 * which are about all its cases. Three mails of a release are about a single case: an interim advisory, a correction,
 * and the news that a case was dropped. After such a drop, the corrected heads-up to the public is about the cases that
 * stay in the release.
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
