import { announcement, crossCheck, recordDocument, RECORD_FORMATS } from '@embargo/documents'
import type { CaseRecord, PublicRecord, ReleaseContent } from '@embargo/documents'
import { csafFindings } from '../packages/documents/test/csaf-validator.ts'
import { median } from './figure.ts'
import type { Bench } from './figure.ts'

const CASES = 20
const BRANCHES = 5
const RUNS = 40
const WARM_UP = 20
/** The longest time that is acceptable, as a multiple of the time of the CSAF validator alone. */
const WANTED = 1.5

const CONTACT = 'security@quillmark.example'
const PUBLISHED = Date.UTC(2026, 6, 14, 14)

/**
 * Builds, validates and cross-checks the records of a large release, and compares the time with that of the CSAF
 * validator alone.
 */
export const recordsBench: Bench = {
  name: 'records',
  async measure() {
    const csaf = csafOf(recordsOf())
    const all: number[] = []
    const alone: number[] = []
    // The first runs compile the validator's schemas and are not counted.
    for (let run = 1 - WARM_UP; run <= RUNS; run += 1) {
      const records = recordsOf()
      const whole = await processorTime(() => checked(records))
      const validator = await processorTime(() => validated(csaf))
      if (run > 0) all.push(whole)
      if (run > 0) alone.push(validator)
    }
    const factor = Math.round(100 * (median(all) / median(alone))) / 100
    return [
      {
        work: `records of ${CASES} cases × ${BRANCHES} branches, built, validated and cross-checked`,
        value: Math.round(median(all)),
        unit: 'ms of processor time',
        runs: RUNS,
        target: `at most ${WANTED} times the validator, now ${factor} times`,
        met: factor <= WANTED,
        beside: { what: 'the CSAF validator alone', value: Math.round(median(alone)), unit: 'ms of processor time' },
      },
    ]
  },
}

/**
 * The processor time of the work in milliseconds. Other programs on the machine change it less than the time on the
 * clock.
 */
async function processorTime(work: () => Promise<void>): Promise<number> {
  const before = process.cpuUsage()
  await work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

async function checked(records: readonly WholeRecord[]): Promise<void> {
  const content = contentOf(records)
  const found = crossCheck(content)
  if (found.length > 0) throw new Error(`the records disagree: ${JSON.stringify(found[0])}`)
  await validated(content.documents.flatMap(({ format, text }) => (format.startsWith('csaf') ? [text] : [])))
}

async function validated(documents: readonly string[]): Promise<void> {
  for (const document of documents) {
    const findings = await csafFindings(JSON.parse(document))
    if (findings.length > 0) throw new Error(`the validator finds ${findings.join(', ')}`)
  }
}

const csafOf = (records: readonly WholeRecord[]): readonly string[] =>
  contentOf(records).documents.flatMap(({ format, text }) => (format.startsWith('csaf') ? [text] : []))

type WholeRecord = CaseRecord & PublicRecord

function contentOf(records: readonly WholeRecord[]): ReleaseContent {
  const documents = records.flatMap((record) =>
    RECORD_FORMATS.flatMap((format) => {
      const written = recordDocument(format, record)
      return written.ok ? [{ caseNumber: record.caseNumber, format, text: written.document }] : []
    }),
  )
  const versions = records.flatMap(({ affected }) =>
    affected.flatMap(({ range, fixedVersion }) => [...(range?.match(/\d[\d.]*/gu) ?? []), fixedVersion ?? '']),
  )
  const { text } = announcement({ project: 'Quillmark', records, contact: CONTACT })
  const texts = [{ name: 'announcement', cases: records.map(({ caseNumber }) => caseNumber), text }]
  return { records, documents, texts, versions: new Map([['npm/quillmark', versions]]) }
}

const recordsOf = (): readonly WholeRecord[] => Array.from({ length: CASES }, (_, at) => recordOf(at + 1))

const QUILLMARK = { ecosystem: 'npm', name: 'quillmark' }

function recordOf(number: number): WholeRecord {
  const caseNumber = `SEC-2026-${String(number).padStart(4, '0')}`
  return {
    caseNumber,
    project: 'Quillmark',
    component: 'includes',
    impact: 'By rendering a crafted include, an attacker may read files outside of the folder of templates.',
    workaround: 'Set allow_include=False.',
    severity: 'high',
    cvss: {
      v31: { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', score: 7.5, baseScore: 7.5 },
      v40: { vector: 'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N', score: 8.7, baseScore: 8.7 },
    },
    cwe: { id: 22, name: "Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal')" },
    affected: Array.from({ length: BRANCHES }, (_, major) => ({
      branch: `${major + 1}.x`,
      package: QUILLMARK,
      range: `>= ${major + 1}.0, < ${major + 1}.${number}`,
      fixedVersion: `${major + 1}.${number}`,
      fixed: true,
    })),
    credits: [{ kind: 'named', text: 'Robin Sample' }],
    cve: `CVE-1900-${String(number).padStart(4, '0')}`,
    ghsa: 'GHSA-2222-3333-4444',
    dates: { reported: PUBLISHED - 40 * 86_400_000, published: PUBLISHED },
    references: [{ kind: 'advisory', url: `https://quillmark.example/security/${caseNumber}` }],
    product: {
      id: 'quillmark',
      name: 'Quillmark',
      vendor: 'Quillmark maintainers',
      publisher: {
        name: 'Quillmark Security',
        namespace: 'https://quillmark.example',
        records: 'https://quillmark.example/records',
      },
      packages: [QUILLMARK],
    },
    contact: CONTACT,
    revisions: [{ at: PUBLISHED, summary: 'First publication' }],
    modified: PUBLISHED,
    isPublished: true,
  }
}
