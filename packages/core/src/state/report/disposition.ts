import type { CaseState, RmState } from '../state.ts'
import type { Disposition } from '../../shared/words.ts'

const INVALID: ReadonlySet<Disposition> = new Set(['invalid', 'out-of-scope', 'spam'])

/**
 * The state of report management after a disposition. Everything that is not invalid becomes valid first; a duplicate,
 * or something that was fixed before, is then deferred by an event of its own. An accepted case stays accepted.
 */
export function rmAfterDisposition(from: RmState, disposition: Disposition): RmState {
  if (INVALID.has(disposition)) return 'invalid'
  return from === 'accepted' || from === 'deferred' ? from : 'valid'
}

/**
 * Whether the case may be closed as spam, without an answer. Not once it was found to be more, and never if there is a
 * second reporter.
 */
export const maybeSpam = ({ rm, reports }: Pick<CaseState, 'rm' | 'reports'>): boolean =>
  (rm === 'received' || rm === 'invalid') && reports.length < 2
