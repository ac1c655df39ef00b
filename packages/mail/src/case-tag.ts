import { CaseId, ReportId } from '@embargo/core'

/** A case, and where there is one, the report of it that a mail is about. */
export type CaseTag = { readonly case: CaseId; readonly report?: ReportId }

const REPORT = /^r\d{1,6}$/u

/** `sec-2026-0042.r1`, or `sec-2026-0042` without a report. Lower case: it goes through local parts. */
export function writeCaseTag(tag: CaseTag): string {
  const report = tag.report?.slice(tag.case.length + 1)
  return (report === undefined ? tag.case : `${tag.case}.${report}`).toLowerCase()
}

/** Reads what `writeCaseTag` wrote, in any case; undefined for everything else. */
export function readCaseTag(text: string): CaseTag | undefined {
  const [number = '', report, ...rest] = text.split('.')
  const found = CaseId.safeParse(number.toUpperCase())
  if (!found.success || rest.length > 0) return undefined
  if (report === undefined) return { case: found.data }
  if (!REPORT.test(report.toLowerCase())) return undefined
  return { case: found.data, report: ReportId.parse(`${found.data}/${report.toLowerCase()}`) }
}
