import type { CaseRecord } from '../record.ts'
import { csafPath } from '../records/csaf/csaf-path.ts'
import type { RecordFormat } from '../records/format.ts'
import { osvId } from '../records/osv.ts'

/** The formats that are written into a folder or a Git working copy. */
export type TreeFormat = Exclude<RecordFormat, 'cve' | 'ghsa'>

/** The path of a document in the folder. Advisories and CSAF documents are in a folder for each year. */
export function treePath(format: TreeFormat, record: CaseRecord): string {
  const { caseNumber, dates } = record
  switch (format) {
    case 'csaf':
      return csafPath(record, 'security-advisory')
    case 'csaf-vex':
      return csafPath(record, 'vex')
    case 'osv':
      return `osv/${osvId(record)}.json`
    case 'openvex':
      return `vex/${caseNumber}.json`
    case 'markdown':
      return `advisories/${new Date(dates.published).getUTCFullYear()}/${caseNumber}.md`
  }
}
