import type { CaseId, ReportId, StreamId } from '../shared/ids.ts'
import type { Addressee } from '../vocabulary/command.ts'
import type { World } from '../vocabulary/decision.ts'

type Move = { readonly to: CaseId; readonly as: ReportId }

/**
 * The most moves of one report. A report may move to another case and back. More moves than this mean that the log is
 * damaged.
 */
const MAX_MOVES = 20

/**
 * The moves of a report since a mail to its reporter was written, in order. Empty if the report has not moved, or if
 * the mail is not for a reporter. A move is recorded in the case that the report left, so the list stops at the first
 * case that is not loaded. If all the cases that the report left are loaded, the last move says where the report is
 * now.
 */
export function reportMoves({ others }: World, stream: StreamId, to: Addressee | undefined): readonly Move[] {
  if (to?.kind !== 'report') return []
  const moves: Move[] = []
  let [at, report]: [StreamId, ReportId] = [stream, to.report]
  while (moves.length < MAX_MOVES) {
    const state = others.get(at)
    const move = state?.kind === 'case' ? state.moved.find((one) => one.report.id === report) : undefined
    if (move === undefined) break
    moves.push({ to: move.to, as: move.as })
    ;[at, report] = [move.to, move.as]
  }
  return moves
}
