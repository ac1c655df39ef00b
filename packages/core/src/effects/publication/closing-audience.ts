import type { World } from '../../vocabulary/decision.ts'
import type { CaseState, Report } from '../../state/state.ts'
import { answerableReports } from '../../state/report/reachability.ts'
import { rmAfterDisposition } from '../../state/report/disposition.ts'

/**
 * The reporters who get a letter saying that an accepted case closes without our publication. Nobody gets it if another
 * letter already says this: the letter about the outcome, the letter about an unanswered question, the letter about a
 * merge, or the letter of thanks.
 */
export function closingAudience(state: CaseState, { release }: Pick<World, 'release'>): readonly Report[] {
  const { acceptedAt, reopenedAt, disposition, publishedAt, mergedInto } = state
  const published = publishedAt !== undefined || release?.is === 'released'
  const ofThisRound = acceptedAt !== undefined && (reopenedAt === undefined || acceptedAt >= reopenedAt)
  const isValid = disposition !== undefined && rmAfterDisposition('accepted', disposition) === 'accepted'
  if (!ofThisRound || !isValid || published || mergedInto !== undefined) return []
  return answerableReports(state)
}
