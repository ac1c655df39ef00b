import type { CaseEvent } from '../../events/case-events.ts'
import { assertNever } from '../../shared/assert-never.ts'
import { closesInSilence } from '../../deadlines/needs-info.ts'
import { closing } from '../triage.ts'
import type { CaseState } from '../../state/state.ts'

const NO_ANSWER = 'A question was not answered in its time.'

/**
 * Closes a case because its reporter did not answer. A case that was not judged yet becomes
 * invalid first. A valid case that is not accepted becomes deferred first. An accepted or deferred case never closes in
 * this way: a person must close it and give a reason.
 */
export function closeOnNoReply(state: CaseState): readonly CaseEvent[] {
  const { rm, needsInfo } = state
  if (needsInfo === undefined || !closesInSilence(rm)) return []
  const missed: CaseEvent = { type: 'InfoMissed', report: needsInfo.report, askedAt: needsInfo.askedAt }
  const ends = closing(state, NO_ANSWER)
  switch (rm) {
    case 'received':
      return [missed, { type: 'DispositionSet', disposition: 'invalid', reason: NO_ANSWER, unanswered: true }, ...ends]
    case 'valid':
      return [missed, { type: 'CaseDeferred', reason: NO_ANSWER }, ...ends]
    case 'invalid':
      return [missed, ...ends]
    default:
      return assertNever(rm)
  }
}
