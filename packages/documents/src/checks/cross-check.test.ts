import { describe, expect, it } from 'vitest'
import { CASE_RECORD } from '../../test/case-record.ts'
import type { CaseRecord } from '../record.ts'
import { recordDocument } from '../records/documents.ts'
import { RECORD_FORMATS } from '../records/format.ts'
import type { RecordFormat } from '../records/format.ts'
import { CORRECTION, crossCheck } from './cross-check.ts'
import type { ReleaseContent, WrittenDocument } from './cross-check.ts'

const documentsOf = (
  record: CaseRecord,
  formats: readonly RecordFormat[] = RECORD_FORMATS,
): readonly WrittenDocument[] =>
  formats.flatMap((format) => {
    const written = recordDocument(format, record)
    return written.ok ? [{ caseNumber: record.caseNumber, format, text: written.document }] : []
  })

const ANNOUNCEMENT = `SEC-2026-0042, CVE-1900-0042: fixed in 4.2.7, 3.9.12 and 1.4.
${CASE_RECORD.cvss.v40?.vector} and
${CASE_RECORD.cvss.v31?.vector}
Robin Example, of
  Example Labs, and inkblot`

const CONTENT: ReleaseContent = {
  records: [CASE_RECORD],
  documents: documentsOf(CASE_RECORD),
  texts: [{ name: 'announcement', cases: ['SEC-2026-0042'], text: ANNOUNCEMENT }],
  versions: new Map([
    ['npm/@quillmark/core', ['3.9.0', '3.9.11', '3.9.12', '4.0.0', '4.2.7']],
    ['PyPI/Quillmark_Py', ['0.9', '1.0', '1.4']],
  ]),
  unnamed: ['Kim Other'],
}

const found = (content: Partial<ReleaseContent>): readonly string[] =>
  crossCheck({ ...CONTENT, ...content }).map(({ where, because }) => `${where}: ${because}`)

/** What the check finds if the record changes after its documents were written. */
const changed = (change: Partial<CaseRecord>): readonly string[] =>
  found({ records: [{ ...CASE_RECORD, ...change }], texts: [], versions: new Map() })

describe('the content of a release', () => {
  it('is consistent in every format, as a draft and once it is published', () => {
    expect(CONTENT.documents).toHaveLength(RECORD_FORMATS.length)
    expect(found({})).toEqual([])
    const draft = { ...CASE_RECORD, isPublished: false, revisions: [] }
    expect(found({ records: [draft], documents: documentsOf(draft) })).toEqual([])
  })

  it('is consistent in every format after a correction, and once it is withdrawn', () => {
    const at = Date.UTC(2026, 6, 20)
    const corrected: CaseRecord = {
      ...CASE_RECORD,
      revisions: [...CASE_RECORD.revisions, { at, summary: 'It repeats CVE-1900-0007.' }],
      modified: at,
    }
    const withdrawn = { ...corrected, withdrawn: { at, reason: 'It repeats CVE-1900-0007.' } }
    for (const record of [corrected, withdrawn])
      expect(found({ records: [record], documents: documentsOf(record) })).toEqual([])
  })

  it('lets a mail about a correction leave out what it does not correct, but has it name no foreign id', () => {
    const text = 'The advisory about CVE-1900-0042 is corrected.'
    const mailed = (words: string) => found({ texts: [{ name: CORRECTION, cases: ['SEC-2026-0042'], text: words }] })
    expect(mailed(text)).toEqual([])
    expect(mailed(`${text} See CVE-1900-0099.`)).toEqual([
      'mail about the correction: It has CVE-1900-0099, which the record does not have.',
    ])
  })

  it.each<readonly [string, Partial<CaseRecord>, string]>([
    ['another CVE id', { cve: 'CVE-1900-0043' }, 'Its ids have CVE-1900-0042, which the record does not have.'],
    [
      'a CVE id that came later',
      { cve: 'CVE-1900-0042', ghsa: undefined },
      'Its ids have GHSA-2222-3333-4444, which the record does not have.',
    ],
    [
      'another vector of one version',
      { cvss: { v31: CASE_RECORD.cvss.v31 } },
      `Its vectors have ${CASE_RECORD.cvss.v40?.vector}, which the record does not have.`,
    ],
    [
      'a credit that was taken back',
      { credits: CASE_RECORD.credits.slice(1) },
      'Its credits have Robin Example, of Example Labs, which the record does not have.',
    ],
    [
      'another day',
      { dates: { ...CASE_RECORD.dates, published: Date.UTC(2026, 6, 15) } },
      'It says that it was published 2026-07-14T14:00:00.000Z, but the record says 2026-07-15T00:00:00.000Z.',
    ],
    ['a draft that is to leave as published', { isPublished: false }, 'It is not marked as a draft.'],
  ])('is not consistent after %s', (_what, change, because) => {
    expect(changed(change)).toContain(`CSAF advisory of SEC-2026-0042: ${because}`)
    expect(changed(change)).toContain(`CSAF VEX document of SEC-2026-0042: ${because}`)
    expect(changed(change).join('\n')).toContain('OSV record of SEC-2026-0042')
  })

  it('is not consistent in any format for programs after a change of range or fixed version', () => {
    const affected = CASE_RECORD.affected.map((row) =>
      row.fixedVersion === '4.2.7' ? { ...row, range: '>= 4.0.0, < 4.2.8', fixedVersion: '4.2.8' } : row,
    )
    const range = (format: string) => [
      `${format} of SEC-2026-0042: Its affected versions have >= 4.0.0, < 4.2.7, which the record does not have.`,
      `${format} of SEC-2026-0042: Its affected versions lack >= 4.0.0, < 4.2.8.`,
    ]
    const fixed = (format: string) => [
      `${format} of SEC-2026-0042: Its fixed versions have 4.2.7, which the record does not have.`,
      `${format} of SEC-2026-0042: Its fixed versions lack 4.2.8.`,
    ]
    expect(changed({ affected })).toEqual([
      ...['CSAF advisory', 'CSAF VEX document'].flatMap((format) => [...range(format), ...fixed(format)]),
      ...range('OSV record'),
      ...range('OpenVEX document'),
      ...fixed('OpenVEX document'),
      ...range('CVE record'),
      ...range('advisory at GitHub'),
      ...fixed('advisory at GitHub'),
      'advisory in Markdown of SEC-2026-0042: It lacks 4.2.8.',
    ])
  })

  it('says what a text lacks, and which ids and vectors it has from elsewhere', () => {
    const text = ANNOUNCEMENT.replace('CVE-1900-0042', 'CVE-1900-0099')
      .replace('inkblot', '')
      .replace('1.4', '')
      .replace('/AV:N/AC:L/PR:N', '/AV:L/AC:L/PR:N')
    expect(found({ texts: [{ name: 'announcement', cases: ['SEC-2026-0042'], text }] })).toEqual([
      'announcement: It lacks CVE-1900-0042, 1.4 and inkblot.',
      'announcement: It has CVE-1900-0099 and CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N, which the record does not have.',
    ])
  })

  it('names nobody who did not agree, in a text or a document', () => {
    const unnamed = ['Robin Example', 'Kim Other', 'maintainers']
    const texts = [{ name: 'blog', cases: [], text: 'Thanks to Kim\nOther and Robin Example, of Example Labs.' }]
    expect(found({ texts, unnamed })).toEqual([
      'CSAF advisory of SEC-2026-0042: It names maintainers, who did not agree to that.',
      'CSAF VEX document of SEC-2026-0042: It names maintainers, who did not agree to that.',
      'CVE record of SEC-2026-0042: It names maintainers, who did not agree to that.',
      'blog: It names Kim Other, who did not agree to that.',
    ])
  })

  it('names the account of a person who agreed to be named, in the credits at GitHub alone', () => {
    const unnamed = ['robin']
    const credits = [{ kind: 'named', text: 'Robin Example', login: 'robin' } as const]
    const record = { ...CASE_RECORD, credits }
    const content = { records: [record], documents: documentsOf(record), unnamed }
    expect(found({ ...content, texts: [] })).toEqual([])
    const texts = [{ name: 'blog', cases: [], text: 'robin wrote to us.' }]
    expect(found({ ...content, texts })).toEqual(['blog: It names robin, who did not agree to that.'])
  })

  it('names only versions that exist', () => {
    const versions = new Map([['npm/@quillmark/core', ['3.9.0', '3.9.11', '3.9.12', '4.0.0']]])
    expect(found({ versions })).toEqual([
      'versions of main in SEC-2026-0042: npm/@quillmark/core has no version 4.2.7.',
    ])
  })

  it('calls no version affected in which another branch is fixed', () => {
    const own = { ecosystem: 'npm', name: '@quillmark/core' }
    const affected = [
      { branch: 'main', range: '>= 3.9.0, < 4.2.7', fixedVersion: '4.2.7', package: own },
      { branch: '3.9', range: '>= 3.9.0, < 3.9.12', fixedVersion: '3.9.12', package: own },
    ]
    const record = { ...CASE_RECORD, affected }
    const content = { records: [record], documents: documentsOf(record), texts: [] }
    expect(found(content)).toEqual(['versions of main in SEC-2026-0042: They contain 3.9.12, in which 3.9 is fixed.'])
    const ranges = (main: string) =>
      found({
        records: [{ ...record, affected: [{ ...affected[0], branch: 'main', range: main }, ...affected.slice(1)] }],
        texts: [],
        documents: [],
      })
    expect(ranges('>= 3.9.12, < 4.2.7')).toHaveLength(1)
    expect(ranges('>= 3.9.13, < 4.2.7')).toEqual(expect.not.arrayContaining([expect.stringContaining('is fixed')]))
    expect(ranges('>= 3.10-rc1, < 4.2.7')).toEqual(expect.not.arrayContaining([expect.stringContaining('is fixed')]))
  })

  it.each([
    [
      'the newest vector',
      {},
      'moderate',
      'CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N scores 7.1, which is high.',
    ],
    [
      'the vector that the policy names',
      { severityFrom: 'v3.1' },
      'high',
      'CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N scores 6.5, which is moderate.',
    ],
  ] as const)('has the severity of %s', (_what, settings, severity, because) => {
    const { product } = CASE_RECORD
    if (product === undefined) throw new Error('no product')
    const record = { ...CASE_RECORD, product: { ...product, ...settings }, severity }
    const content = { ...CONTENT, records: [record], documents: [], texts: [] }
    expect(crossCheck(content)).toEqual([
      {
        caseNumber: 'SEC-2026-0042',
        where: 'severity of SEC-2026-0042',
        because: `It is ${severity}, but ${because}`,
        fact: { is: 'severity' },
      },
    ])
    const other = severity === 'high' ? 'moderate' : 'high'
    expect(crossCheck({ ...content, records: [{ ...record, severity: other }] })).toEqual([])
    expect(crossCheck({ ...content, records: [{ ...record, cvss: {} }] })).toEqual([])
  })

  it('is about the cases of the release alone', () => {
    expect(found({ records: [], texts: [] })).toContain(
      'OSV record of SEC-2026-0042: SEC-2026-0042 is not in the release.',
    )
  })
})
