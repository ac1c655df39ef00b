import type { CaseState, RmState } from '../state.ts'
import type { Disposition } from '../../shared/words.ts'

const INVALID: ReadonlySet<Disposition> = new Set(['invalid', 'out-of-scope', 'spam'])

/**
 * The state of report management after a disposition. Every case that is not invalid becomes valid, but an accepted or
 * deferred case stays as it is. A separate event defers a duplicate or a vulnerability that was fixed before.
 */
export function rmAfterDisposition(from: RmState, disposition: Disposition): RmState {
  if (INVALID.has(disposition)) return 'invalid'
  return from === 'accepted' || from === 'deferred' ? from : 'valid'
}

/**
 * Whether the case may be closed as spam, without an answer to the reporter: it was not found valid, and has only one
 * report.
 */
export const maybeSpam = ({ rm, reports }: Pick<CaseState, 'rm' | 'reports'>): boolean =>
  (rm === 'received' || rm === 'invalid') && reports.length < 2
