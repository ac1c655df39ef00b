import type { DocumentStep } from './step.ts'

/** They name the CVE record, so they follow it. */
export const records: DocumentStep = {
  kind: 'document',
  id: 'records',
  title: 'Records for programs, in the file tree',
  short: 'records',
  words: 'records for programs',
  target: 'files',
  cases: ({ cases }) => cases.map(({ id }) => id),
}
