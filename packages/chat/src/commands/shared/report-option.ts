import { z } from 'zod'
import { ReportId } from '@embargo/core'
import type { CaseId, CaseState, Report } from '@embargo/core'
import { about } from '../../option.ts'

/** One report of a case that has several: `r2`. */
export const reportOption = () =>
  z
    .string()
    .regex(/^(?:[A-Z0-9-]{1,40}\/)?r\d{1,4}$/, 'a report looks like r2')
    .exactOptional()
    .register(about, {
      label: 'Report, when there are several',
      takes: 'named',
      shownAs: 'r2',
      suggests: 'report',
    })

export function reportOf(id: CaseId, typed: string | undefined): { readonly report?: ReportId } {
  if (typed === undefined) return {}
  return { report: ReportId.parse(typed.includes('/') ? typed : `${id}/${typed}`) }
}

/** The reports whose reporters can be written to by mail. */
export const answerable = ({ reports }: Pick<CaseState, 'reports'>): readonly Report[] =>
  reports.filter((report) => report.answerable)

/** The reports whose reporters can be written to, by mail or by pasting the text into the advisory. */
export const writable = ({ reports }: Pick<CaseState, 'reports'>): readonly Report[] =>
  reports.filter((report) => report.answerable || report.advisory !== undefined)
