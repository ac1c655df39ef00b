import type { CaseState, RmState } from '../state.ts'
import type { Disposition } from '../../shared/words.ts'

const INVALID: ReadonlySet<Disposition> = new Set(['invalid', 'out-of-scope', 'spam'])

/**
 * What a disposition makes of report management. Everything that is not invalid is valid first; what is then deferred
 * (a duplicate, something fixed already) is deferred by an event of its own. An accepted case stays accepted.
 */
export function rmAfterDisposition(from: RmState, disposition: Disposition): RmState {
  if (INVALID.has(disposition)) return 'invalid'
  return from === 'accepted' || from === 'deferred' ? from : 'valid'
}

/**
 * Whether the case may be closed as spam, which answers nobody. Not once it was found to be more, and never over the head
 * of a second reporter.
 */
export const maybeSpam = ({ rm, reports }: Pick<CaseState, 'rm' | 'reports'>): boolean =>
  (rm === 'received' || rm === 'invalid') && reports.length < 2
