import type { DocumentStep } from './step.ts'

/**
 * Publishes the OSV, CSAF and OpenVEX records. They link to the CVE record, so this step follows the step `cve-record`.
 * OSV needs the project's packages, CSAF its publisher, and OpenVEX both. A project without packages and publisher has
 * no such records.
 */
export const records: DocumentStep = {
  kind: 'document',
  id: 'records',
  title: 'Records for programs, in the file tree',
  short: 'records',
  words: 'records for programs',
  target: 'files',
  cases: ({ cases, project: { packages, publisher } }) =>
    packages === undefined && publisher === undefined ? [] : cases.map(({ id }) => id),
}
