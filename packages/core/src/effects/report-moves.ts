import type { CaseId, ReportId, StreamId } from '../shared/ids.ts'
import type { Addressee } from '../vocabulary/command.ts'
import type { World } from '../vocabulary/decision.ts'

type Move = { readonly to: CaseId; readonly as: ReportId }

/** A report may go on and come back; more turns than this are a damaged log. */
const MOST_MOVES = 20

/**
 * Where the report that a mail is for went since, step by step, as far as the cases are folded; the last is where it is.
 * Nothing where it is where it was, or the mail is for nobody who reported.
 */
export function reportMoves({ others }: World, stream: StreamId, to: Addressee | undefined): readonly Move[] {
  if (to?.kind !== 'report') return []
  const moves: Move[] = []
  let [at, report]: [StreamId, ReportId] = [stream, to.report]
  while (moves.length < MOST_MOVES) {
    const state = others.get(at)
    const gone = state?.kind === 'case' ? state.moved.find((one) => one.report.id === report) : undefined
    if (gone === undefined) break
    moves.push({ to: gone.to, as: gone.as })
    ;[at, report] = [gone.to, gone.as]
  }
  return moves
}
