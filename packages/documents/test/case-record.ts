import type { CaseRecord } from '../src/index.ts'
import { publicRecord } from '../src/index.ts'
import { SAMPLE } from './sample-record.ts'

const CORE = { ecosystem: 'npm', name: '@quillmark/core' }
const PYTHON = { ecosystem: 'PyPI', name: 'Quillmark_Py' }

/** The sample vulnerability in two packages, with everything that a record can have. */
export const CASE_RECORD: CaseRecord = {
  ...publicRecord(SAMPLE),
  affected: [
    { branch: 'main', package: CORE, range: '>= 4.0.0, < 4.2.7', fixedVersion: '4.2.7', fixed: true },
    { branch: 'main', package: PYTHON, range: '>= 1.0 || = 0.9', fixedVersion: '1.4', fixed: true },
    { branch: '3.9', package: CORE, range: '>= 3.9.0, <= 3.9.11', fixedVersion: '3.9.12', fixed: true },
  ],
  ghsa: 'GHSA-2222-3333-4444',
  product: {
    id: 'quillmark',
    name: 'Quillmark',
    vendor: 'Quillmark maintainers',
    repository: 'https://github.com/quillmark/quillmark',
    publisher: {
      name: 'Quillmark Security',
      namespace: 'https://quillmark.example/',
      records: 'https://quillmark.example/records',
    },
    packages: [CORE, PYTHON],
  },
  revisions: [{ at: Date.parse('2026-07-14T14:00:00Z'), summary: 'First publication' }],
  modified: Date.parse('2026-07-14T14:00:00Z'),
  isPublished: true,
}

/** A case about which hardly anything is known. */
export const EMPTY_RECORD: CaseRecord = {
  caseNumber: 'SEC-2026-0044',
  project: 'Quillmark',
  cvss: {},
  affected: [],
  credits: [],
  dates: { published: Date.parse('2026-07-14T14:00:00Z') },
  references: [],
  contact: 'security@quillmark.example',
  revisions: [],
  modified: Date.parse('2026-06-01T14:00:00Z'),
  isPublished: false,
}

/** The smallest record that can be written in every format. */
export const LEAST: CaseRecord = {
  ...EMPTY_RECORD,
  impact: 'An attacker may read files.',
  severity: 'moderate',
  cve: 'CVE-1900-0044',
  affected: [{ branch: 'main', package: { ecosystem: 'npm', name: 'quillmark' }, range: '< 2.0', fixedVersion: '2.0' }],
  references: [{ kind: 'advisory', url: 'https://quillmark.example/security/44' }],
  product: CASE_RECORD.product,
}
