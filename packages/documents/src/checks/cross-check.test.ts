import { describe, expect, it } from 'vitest'
import { CASE_RECORD } from '../../test/case-record.ts'
import type { CaseRecord } from '../record.ts'
import { recordDocument } from '../records/documents.ts'
import { FORMAT_NAMES, RECORD_FORMATS } from '../records/format.ts'
import type { RecordFormat } from '../records/format.ts'
import { crossCheck } from './cross-check.ts'
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
Affected: from 4.0.0 before 4.2.7, >= 1.0 || = 0.9, 3.9.0 to
3.9.11. 2 Jun 2026 validated, 14 Jul published
${CASE_RECORD.cvss.v40?.vector} and
${CASE_RECORD.cvss.v31?.vector}
Robin Example, of
  Example Labs, and inkblot`

const [V31 = '', V40 = ''] = [CASE_RECORD.cvss.v31?.vector, CASE_RECORD.cvss.v40?.vector]
const LOWER = V40.replace('VI:H', 'VI:L')
const [TIME, LATER] = ['2026-07-14T14:00:00.000Z', '2026-07-14T15:00:00.000Z']
const late = (what: string) => `It says “${what} ${LATER}”, but the record says ${TIME}.`
const foreign = (fact: string) => `It has ${fact}, which the record does not have.`

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

  it('lets a text leave out facts that it need not state, but has it name no foreign fact', () => {
    const said = (text: string, known: readonly string[] = []) =>
      found({ texts: [{ name: 'correction', cases: ['SEC-2026-0042'], text, states: [], known }] })
    const text = 'The advisory about CVE-1900-0042 is corrected.'
    expect(said(text)).toEqual([])
    const foreign = 'See CVE-1900-0099. It was fixed in 4.2.9 on 3 March 2026, with Quillmark 2.5 and Python 3.14.'
    expect(said(`${text} ${foreign}`)).toEqual([
      'correction: It has CVE-1900-0099, 2.5, 4.2.9 and 3 Mar 2026, which the record does not have.',
    ])
    const known = ['Tue 3 Mar 2026, 14:00 UTC', 'Quillmark 2.5 reads what 4.2.9 wrote.']
    expect(said('4.2.9 and Quillmark 2.5 come on 3 Mar.', known)).toEqual([])
  })

  it.each<readonly [string, Partial<CaseRecord>, string]>([
    ['another CVE id', { cve: 'CVE-1900-0043' }, 'Its ids include CVE-1900-0042, which the record does not have.'],
    [
      'a CVE id that came later',
      { cve: 'CVE-1900-0042', ghsa: undefined },
      'Its ids include GHSA-2222-3333-4444, which the record does not have.',
    ],
    [
      'another vector of one version',
      { cvss: { v31: CASE_RECORD.cvss.v31 } },
      `Its vectors include ${CASE_RECORD.cvss.v40?.vector}, which the record does not have.`,
    ],
    [
      'a credit that was taken back',
      { credits: CASE_RECORD.credits.slice(1) },
      'Its credits include Robin Example, of Example Labs, which the record does not have.',
    ],
    [
      'another day',
      { dates: { ...CASE_RECORD.dates, published: Date.UTC(2026, 6, 15) } },
      'It says “published 2026-07-14T14:00:00.000Z”, but the record says 2026-07-15T00:00:00.000Z.',
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
      `${format} of SEC-2026-0042: Its affected versions include >= 4.0.0, < 4.2.7, which the record does not have.`,
      `${format} of SEC-2026-0042: Its affected versions lack >= 4.0.0, < 4.2.8.`,
    ]
    const fixed = (format: string) => [
      `${format} of SEC-2026-0042: Its fixed versions include 4.2.7, which the record does not have.`,
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
      'advisory at GitHub of SEC-2026-0042: It lacks 4.2.8.',
      'advisory in Markdown of SEC-2026-0042: It lacks 4.2.8 and >= 4.0.0, < 4.2.8.',
    ])
  })

  it.each<readonly [string, RecordFormat, string, string, string]>([
    ['the CVE id', 'ghsa', '"CVE-1900-0042"', '"CVE-1900-0043"', 'Its ids lack CVE-1900-0042.'],
    ['our number', 'ghsa', 'SEC-2026-0042 at', 'SEC-2026-0041 at', 'Its ids lack SEC-2026-0042.'],
    ['the vector', 'ghsa', 'VI:H', 'VI:L', `Its vectors include ${LOWER}, which the record does not have.`],
    ['the severity', 'ghsa', V40, V31, 'Its severity is moderate, but the record says high.'],
    ['a credit', 'ghsa', 'inkblot', 'blot', 'It lacks inkblot.'],
    ['a credited account', 'ghsa', '"robin"', '"rob"', 'Its credited accounts lack robin.'],
    ['a version in the description', 'ghsa', 'fixed in 3.9.12', 'fixed in 3.9.13', 'It lacks 3.9.12.'],
    ['an id in the description', 'ghsa', 'SEC-2026-0042 at', 'CVE-1900-0099 at', foreign('CVE-1900-0099')],
    ['the severity', 'csaf', '"text": "high"', '"text": "low"', 'Its severity is low, but the record says high.'],
    ['the time of the last change', 'csaf', `"current_release_date": "${TIME}`, LATER, late('last changed')],
    ['the time of the first version', 'csaf', `"initial_release_date": "${TIME}`, LATER, late('published')],
    ['the time of the last change', 'csaf-vex', `"current_release_date": "${TIME}`, LATER, late('last changed')],
    [
      'the severity',
      'osv',
      '"severity": "high"',
      '"severity": "low"',
      'Its severity is low, but the record says high.',
    ],
    ['the time of the publication', 'osv', `"published": "${TIME}`, LATER, late('published')],
    ['the time of the last change', 'osv', `"modified": "${TIME}`, LATER, late('last changed')],
    ['the time of the publication', 'openvex', `"timestamp": "${TIME}`, LATER, late('published')],
    ['the time of the last change', 'openvex', `"last_updated": "${TIME}`, LATER, late('last changed')],
    ['the time of the publication', 'cve', `"datePublic": "${TIME}`, LATER, late('published')],
    ['the severity', 'markdown', '| high |', '| low |', 'Its severity is low, but the record says high.'],
    ['a vector', 'markdown', 'CVSS:3.1/AV:N', 'CVSS:3.1/AV:L', `It lacks ${CASE_RECORD.cvss.v31?.vector}.`],
    ['a range', 'markdown', '>= 4.0.0, <', '>= 4.0.1, <', 'It lacks >= 4.0.0, < 4.2.7.'],
    [
      'the day of the publication',
      'markdown',
      '| Tue 14 Jul 2026 |',
      '| Mon 1 Jun 2026 |',
      'It says “published Mon 1 Jun 2026”, but the record says Tue 14 Jul 2026.',
    ],
    ['a day', 'markdown', '14 Jul 2026', '15 Jul 2026', foreign('15 Jul 2026')],
  ])('is not consistent if %s differs in one document alone (%s)', (_what, format, right, wrong, because) => {
    const [first, ...others] = CASE_RECORD.credits
    if (first === undefined) throw new Error('no credit')
    const record = { ...CASE_RECORD, credits: [{ ...first, login: 'robin' }, ...others] }
    const documents = documentsOf(record)
    const written = documents.find((one) => one.format === format)
    const place = wrong === LATER ? right.replace(TIME, LATER) : wrong
    const text = written?.text.replace(right, place) ?? ''
    expect(text).not.toBe(written?.text)
    const changedAlone = documents.map((one) => (one.format === format ? { ...one, text } : one))
    expect(found({ records: [record], documents })).toEqual([])
    const all = found({ records: [record], documents: changedAlone })
    expect(all).toContain(`${FORMAT_NAMES[format]} of SEC-2026-0042: ${because}`)
  })

  it.each([
    ['an affected range', 'before 4.2.7', 'before 4.2.6', 'It lacks >= 4.0.0, < 4.2.7.'],
    ['a day', '14 Jul', '15 Jul', foreign('15 Jul')],
    ['a year', 'Jun 2026', 'Jun 2025', foreign('2 Jun 2025')],
    ['a version', 'fixed in', 'fixed in Quillmark 4.3,', foreign('4.3')],
  ])('is not consistent if %s differs in a text alone', (_what, right, wrong, because) => {
    const text = ANNOUNCEMENT.replace(right, wrong)
    const texts = [{ name: 'blog', cases: ['SEC-2026-0042'], text }]
    expect(found({ texts })).toContain(`blog: ${because}`)
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

  it('finds a name at the beginning of a line, and accepts it in a credit that Markdown escapes', () => {
    const inImpact = { ...CASE_RECORD, impact: 'It reads files.\nKim Other found that.' }
    const named = found({ records: [inImpact], documents: documentsOf(inImpact), texts: [] })
    expect(named.map((one) => one.replace(/ of SEC.*$/u, ''))).toEqual([
      'CSAF advisory',
      'CSAF VEX document',
      'OSV record',
      'CVE record',
      'advisory at GitHub',
      'advisory in Markdown',
    ])
    const credited = { ...CASE_RECORD, credits: [{ kind: 'named', text: 'Kim Other (Example Labs)' } as const] }
    expect(found({ records: [credited], documents: documentsOf(credited), texts: [] })).toEqual([])
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
    expect(found(content)).toEqual([
      'versions of main in SEC-2026-0042: They include 3.9.12, the fixed version of 3.9.',
    ])
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
