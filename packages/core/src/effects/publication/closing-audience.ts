import type { World } from '../../vocabulary/decision.ts'
import type { CaseState, Report } from '../../state/state.ts'
import { answerableReports } from '../../state/report/reachable.ts'
import { rmAfterDisposition } from '../../state/report/disposition.ts'

/**
 * The reporters who are told that an accepted case closes without a publication of ours. In every other case they are
 * told already: by the outcome, the unanswered question, the other report or the thanks.
 */
export function closingAudience(state: CaseState, { release }: Pick<World, 'release'>): readonly Report[] {
  const { acceptedAt, reopenedAt, disposition, publishedAt, mergedInto } = state
  const published = publishedAt !== undefined || release?.is === 'released'
  const ofThisRound = acceptedAt !== undefined && (reopenedAt === undefined || acceptedAt >= reopenedAt)
  const isValid = disposition !== undefined && rmAfterDisposition('accepted', disposition) === 'accepted'
  if (!ofThisRound || !isValid || published || mergedInto !== undefined) return []
  return answerableReports(state)
}
