import type { CaseEvent } from '../../events/case-events.ts'
import { assertNever } from '../../shared/assert-never.ts'
import { closing } from '../commands/triage.ts'
import type { CaseState } from '../state.ts'

const NO_ANSWER = 'A question was not answered in its time.'

/**
 * What the silence of a reporter ends (process, section 3): a case whose validity is open goes through invalid to
 * closed, one that is valid and not accepted through deferred. An accepted case never closes by silence.
 */
export function silenceEnds({ rm, em, needsInfo }: CaseState): readonly CaseEvent[] {
  if (needsInfo === undefined) return []
  const missed: CaseEvent = { type: 'InfoMissed', report: needsInfo.report, askedAt: needsInfo.askedAt }
  const ends = closing(em, NO_ANSWER)
  switch (rm) {
    case 'received':
      return [missed, { type: 'DispositionSet', disposition: 'invalid', reason: NO_ANSWER, unanswered: true }, ...ends]
    case 'valid':
      return [missed, { type: 'CaseDeferred', reason: NO_ANSWER }, ...ends]
    case 'invalid':
    case 'deferred':
      return [missed, ...ends]
    case 'accepted':
    case 'closed':
      return []
    default:
      return assertNever(rm)
  }
}
