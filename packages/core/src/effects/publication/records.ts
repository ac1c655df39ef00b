import type { DocumentStep } from './step.ts'

/**
 * The published records link to the CVE record, so this step follows the step `cve-record`. A project without packages
 * and publisher has no such records: OSV needs the packages, CSAF the publisher, and OpenVEX both.
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
