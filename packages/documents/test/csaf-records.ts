import { CASE_RECORD } from './case-record.ts'
import type { CaseRecord } from '../src/record.ts'
import { csaf } from '../src/records/csaf/csaf.ts'
import type { CsafProfile } from '../src/records/csaf/tracking.ts'

export function documentOf(record: CaseRecord, profile: CsafProfile = 'security-advisory'): object {
  const result = csaf(record, profile)
  if (!result.ok) throw new Error(`the record lacks ${result.missing.map(({ name }) => name).join(', ')}`)
  return result.document
}

export const PROFILES = ['security-advisory', 'vex'] as const

export const DRAFT_RECORD: CaseRecord = { ...CASE_RECORD, isPublished: false, revisions: [] }

export const withPackage = (own: { ecosystem: string; name: string; purl?: string }, range: string): CaseRecord => ({
  ...CASE_RECORD,
  affected: [{ branch: 'main', package: own, range, fixedVersion: '3', fixed: true }],
})

/** Records in which the schema, the mandatory tests and the optional tests find no problem. */
export const COMPLETE_RECORDS: readonly (readonly [string, CaseRecord])[] = [
  ['with everything', CASE_RECORD],
  ['that is a draft', DRAFT_RECORD],
  ['without ids', { ...CASE_RECORD, cve: undefined, ghsa: undefined }],
  ['of which hardly anything is stated', bareRecord()],
  ['with an unfixed branch', unfixedRecord()],
  ['of a hosted service', hostedRecord()],
  ['with attacks and a public exploit', attackedRecord()],
  ['with a weakness that our table does not have', { ...CASE_RECORD, cwe: { id: 9999, name: 'CWE-9999' } }],
  [
    'with versions of Debian',
    withPackage({ ecosystem: 'Debian:12', name: 'q', purl: 'pkg:deb/debian/q' }, '< 1:2.0-3'),
  ],
  [
    'with a scoped package and every sign of a version',
    withPackage({ ecosystem: 'npm', name: '@a/b' }, '>= 1.0~rc1+x, <= 2_0-3'),
  ],
  ['of all versions', withPackage({ ecosystem: 'Maven', name: 'org.q:q' }, '>= 0')],
  ['with the same versions in two branches', { ...CASE_RECORD, affected: twoBranches() }],
  ['that was changed twice', correctedRecord()],
  [
    'that is withdrawn',
    { ...correctedRecord(), withdrawn: { at: correctedRecord().modified, reason: 'It is no vulnerability.' } },
  ],
]

export function attackedRecord(): CaseRecord {
  const dates = { ...CASE_RECORD.dates, attacks: Date.UTC(2026, 6, 11), exploitPublic: Date.UTC(2026, 6, 12) }
  return { ...CASE_RECORD, dates }
}

export function bareRecord(): CaseRecord {
  const { workaround: _none, cwe: _no, references: _links, ...rest } = CASE_RECORD
  return {
    ...rest,
    references: [],
    credits: [],
    dates: { published: CASE_RECORD.dates.published },
    severity: undefined,
  }
}

export function unfixedRecord(): CaseRecord {
  const affected = CASE_RECORD.affected.map(({ fixedVersion: _none, ...row }) => ({ ...row, fixed: false }))
  return { ...CASE_RECORD, affected, workaround: undefined }
}

export function hostedRecord(): CaseRecord {
  const affected = unfixedRecord().affected.map((row) => ({ ...row, fixed: true }))
  return { ...CASE_RECORD, affected, nothingToInstall: true }
}

export function twoBranches(): CaseRecord['affected'] {
  const row = CASE_RECORD.affected.slice(0, 1)
  return [...row, ...row.map((one) => ({ ...one, branch: 'next' }))]
}

export function correctedRecord(): CaseRecord {
  const later = (days: number, summary: string) => ({ at: CASE_RECORD.modified + days * 86_400_000, summary })
  const revisions = [...CASE_RECORD.revisions, later(1, 'The CVE id is known'), later(9, '3.9 is affected too')]
  return { ...CASE_RECORD, revisions, modified: later(9, '').at }
}

export function withoutAddress(): CaseRecord {
  const { product } = CASE_RECORD
  if (product === undefined) throw new Error('the sample has a product')
  return {
    ...CASE_RECORD,
    product: { ...product, publisher: { name: 'Quillmark', namespace: 'https://quillmark.example' } },
  }
}

export function withoutPackages(): CaseRecord {
  const affected = CASE_RECORD.affected.map(({ package: _none, ...row }) => row)
  return { ...CASE_RECORD, affected }
}
