import { isCaseStream } from '@embargo/core'
import type { CaseId, Event, LetterName, ReleaseState, StreamId } from '@embargo/core'

/**
 * The case that a mail is about. A mail of a case is about that case. Most mails of a release are about all its cases,
 * so the result is undefined. But three mails of a release are about a single case: an interim advisory, a correction,
 * and the news that a case was dropped.
 *
 * A dropped case can also cause the letter `heads-up-corrected` to the public. This letter is about the cases that stay
 * in the release.
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
