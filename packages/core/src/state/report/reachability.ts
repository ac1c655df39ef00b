import { addresseeKey } from '../../vocabulary/addressee.ts'
import type { CaseState, Report } from '../state.ts'
import { oneOfEachReporter } from './same-reporter.ts'

/**
 * Whether mail can reach this reporter, as far as is known: they can be answered, and none of the undelivered mails to
 * them bounced permanently.
 */
export const isReachable = ({ undelivered = [] }: Pick<CaseState, 'undelivered'>, report: Report): boolean =>
  report.answerable && !undelivered.some(({ hard, to }) => hard && to === keyOf(report))

/** The reporters who can be answered, each represented by one report. */
export const answerableReports = ({ reports }: Pick<CaseState, 'reports'>): readonly Report[] =>
  oneOfEachReporter(reports.filter(({ answerable }) => answerable))

/** The reports whose reporters can be reached. */
export const reachableReports = (state: Pick<CaseState, 'reports' | 'undelivered'>): readonly Report[] =>
  answerableReports(state).filter((report) => isReachable(state, report))

const keyOf = ({ id }: Report): string => addresseeKey({ kind: 'report', report: id })
