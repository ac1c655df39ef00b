import { evolveRecorded } from '@embargo/core'
import type { RecordedEvent, ReportId, State, StreamId } from '@embargo/core'

/**
 * Checks that every report that moved to another case kept its credit. Returns how many of these reports had a credit.
 * @throws if a report lost its credit
 */
export function countKeptCredits(log: ReadonlyMap<StreamId, readonly RecordedEvent[]>): number {
  // Each key names one move, by the old case, the report's number in the old case and its number in the new case. A
  // report that comes back to its old case has its old number again, and can then leave a second time. But the new case
  // gives the report a new number at each move, so no two moves have the same key.
  const left = new Map<string, string>()
  const arrived = new Map<string, string>()
  for (const [stream, all] of log) {
    let state: State | undefined
    for (const recorded of all) {
      const { event } = recorded
      if (event.type === 'ReportMoved') left.set(`${stream} ${event.report} ${event.as}`, creditIn(state, event.report))
      state = evolveRecorded(state, recorded)
      // A report about a second problem joins a new case for that problem, but also stays in its old case.
      if (event.type === 'ReportJoined' && event.by !== 'division')
        arrived.set(`${event.from} ${event.was} ${event.report}`, creditIn(state, event.report))
    }
  }
  for (const [report, credit] of left)
    if (arrived.get(report) !== credit)
      throw new Error(`${report}: a credit was lost: ${credit} became ${arrived.get(report) ?? 'nothing'}`)
  return [...left.values()].filter((credit) => credit !== NO_CREDIT).length
}

const NO_CREDIT = 'no credit'

function creditIn(state: State | undefined, id: ReportId): string {
  const report = state?.kind === 'case' ? state.reports.find((one) => one.id === id) : undefined
  return report?.credit === undefined ? NO_CREDIT : [report.credit.kind, report.credit.name?.value ?? ''].join(' ')
}
