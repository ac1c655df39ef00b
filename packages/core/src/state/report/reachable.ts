import { addresseeKey } from '../../vocabulary/addressee.ts'
import type { CaseState, Report } from '../state.ts'
import { oneOfEachReporter } from './same-reporter.ts'

/** Whether a mail reaches this reporter, as far as is known: the last word of their mail server was not that it never will. */
export const isReachable = ({ undelivered = [] }: Pick<CaseState, 'undelivered'>, report: Report): boolean =>
  report.answerable && !undelivered.some(({ hard, to }) => hard && to === keyOf(report))

/** The reporters who can be answered, each by one of their reports. */
export const answerableReports = ({ reports }: Pick<CaseState, 'reports'>): readonly Report[] =>
  oneOfEachReporter(reports.filter(({ answerable }) => answerable))

/** Somebody whom mail can reach was ever there to ask. */
export const reachableReports = (state: Pick<CaseState, 'reports' | 'undelivered'>): readonly Report[] =>
  answerableReports(state).filter((report) => isReachable(state, report))

const keyOf = ({ id }: Report): string => addresseeKey({ kind: 'report', report: id })
