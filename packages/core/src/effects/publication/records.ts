import type { DocumentStep } from './step.ts'

/** The published records link to the CVE record, so this step follows the step `cve-record`. */
export const records: DocumentStep = {
  kind: 'document',
  id: 'records',
  title: 'Records for programs, in the file tree',
  short: 'records',
  words: 'records for programs',
  target: 'files',
  cases: ({ cases }) => cases.map(({ id }) => id),
}
