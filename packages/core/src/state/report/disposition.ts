import type { CaseState, RmState } from '../state.ts'
import type { Disposition } from '../../shared/words.ts'

const INVALID: ReadonlySet<Disposition> = new Set(['invalid', 'out-of-scope', 'spam'])

/**
 * The state of report management after a disposition. A disposition in `INVALID` makes the case invalid. Any other
 * disposition makes the case valid, unless the case is already accepted or deferred. For some dispositions, such as
 * `duplicate` and `already-fixed`, a separate event defers the case.
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
