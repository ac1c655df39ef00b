import type { CaseState } from '../state.ts'
import type { ReportId } from '../../shared/ids.ts'

/** A reporter's name in texts: `the reporter`, or `the reporter of r2` if the case has several. */
export function reporterName(state: Pick<CaseState, 'reports'> | undefined, report: ReportId | undefined): string {
  if (state === undefined || state.reports.length < 2 || report === undefined) return 'the reporter'
  return `the reporter of ${report.slice(report.lastIndexOf('/') + 1)}`
}
