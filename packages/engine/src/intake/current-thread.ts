import type { Thread } from '@embargo/mail'
import type { Deps } from '../deps.ts'

/** A report may move on and come back. More moves than this mean that the log is damaged. */
export const MAX_MOVES = 20

/**
 * The case in which a report is now. A reply address names the case in which the report arrived, but the report may
 * have moved since. If a mail names a case but no report, and that case was merged into another case, the mail goes to
 * the other case.
 */
export async function currentThread<T extends Pick<Thread, 'case' | 'report'>>(
  deps: Pick<Deps, 'states'>,
  found: T,
): Promise<T> {
  let at = found
  for (let turn = 0; turn < MAX_MOVES && at.case !== undefined; turn += 1) {
    const { state } = await deps.states.load(at.case)
    if (state?.kind !== 'case') return at
    const move = state.moved.find(({ report }) => report.id === at.report)
    if (move !== undefined) at = { ...at, case: move.to, report: move.as }
    else if (at.report === undefined && state.mergedInto !== undefined) at = { ...at, case: state.mergedInto }
    else return at
  }
  return at
}
