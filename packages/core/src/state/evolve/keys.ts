import type { KeysEvent } from '../../events/case/keys.ts'
import type { RecordedEvent } from '../../events/recorded-event.ts'
import { assertNever } from '../../shared/assert-never.ts'
import type { ReportId } from '../../shared/ids.ts'
import type { CaseState, Report } from '../state.ts'

/** Applies an event about the OpenPGP key of a reporter to the state of the case. */
export function withKeysEvent(state: CaseState, event: KeysEvent, { at: confirmedAt }: RecordedEvent): CaseState {
  switch (event.type) {
    case 'ReporterKeySeen':
      return withReport(state, event.report, (report) => ({
        ...report,
        key: { ...report.key, key: event.key, ...(event.confirmed && { confirmed: event.confirmed, confirmedAt }) },
      }))
    case 'ReporterKeyFound':
      return withReport(state, event.report, (report) => ({ ...report, key: { key: event.key, from: 'directory' } }))
    case 'ReporterKeyChanged':
      return withReport(state, event.report, ({ key, ...report }) =>
        key === undefined ? { ...report, key: { key: event.key } } : { ...report, key: { ...key, changed: event.key } },
      )
    case 'ReporterKeyPinned':
      return withReport(state, event.report, ({ key, ...report }) =>
        key === undefined ? report : { ...report, key: { key: key.key, confirmed: true, confirmedAt } },
      )
    case 'ReporterKeyReplaced':
      return withReport(state, event.report, ({ key, ...report }) =>
        key?.changed === undefined
          ? { ...report, ...(key && { key }) }
          : { ...report, key: { key: key.changed, confirmed: true, confirmedAt } },
      )
    case 'ReporterKeyForgotten':
      return withReport(state, event.report, ({ key: _key, ...report }) => report)
    case 'PlainAnswersAllowed':
      return withReport(state, event.report, (report) => ({ ...report, plain: true }))
    default:
      return assertNever(event)
  }
}

const withReport = (state: CaseState, id: ReportId, change: (report: Report) => Report): CaseState => ({
  ...state,
  reports: state.reports.map((report) => (report.id === id ? change(report) : report)),
})
