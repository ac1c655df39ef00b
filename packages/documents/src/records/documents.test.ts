import { describe, expect, it } from 'vitest'
import { CASE_RECORD, EMPTY_RECORD, LEAST } from '../../test/case-record.ts'
import { haveSchemas, problemsIn, readSchema } from '../../test/schemas.ts'
import type { CaseRecord } from '../record.ts'
import { recordDocument } from './documents.ts'
import { RECORD_FORMATS } from './format.ts'
import type { RecordFormat } from './format.ts'

if (!haveSchemas()) console.warn('NOT HELD AGAINST THEIR SCHEMAS: the official schemas are not beside this repository')

function written(format: RecordFormat, record: CaseRecord = CASE_RECORD): string {
  const result = recordDocument(format, record)
  if (!result.ok) throw new Error(`${format} lacks ${result.missing.map(({ name }) => name).join(', ')}`)
  return result.document
}

const json = (format: RecordFormat, record?: CaseRecord): Record<string, unknown> => JSON.parse(written(format, record))

const lacks = (format: RecordFormat, record: CaseRecord): readonly string[] => {
  const result = recordDocument(format, record)
  return result.ok ? [] : result.missing.map(({ name }) => name)
}

const LATER = Date.parse('2026-07-20T14:00:00Z')
const CORRECTED: CaseRecord = {
  ...CASE_RECORD,
  revisions: [...CASE_RECORD.revisions, { at: LATER, summary: '3.9 is affected too.' }],
  modified: LATER,
}
const WITHDRAWN: CaseRecord = { ...CORRECTED, withdrawn: { at: LATER, reason: 'It is no vulnerability.' } }

const SAMPLES: readonly (readonly [string, CaseRecord])[] = [
  ['with everything', CASE_RECORD],
  ['with the least', LEAST],
  ['corrected', CORRECTED],
  ['withdrawn', WITHDRAWN],
  [
    'with versions of Debian',
    withPackage({ ecosystem: 'Debian:12', name: 'quillmark', purl: 'pkg:deb/debian/quillmark' }, '< 1:2.0-3'),
  ],
  [
    'with a scoped package and every sign of a version',
    withPackage({ ecosystem: 'npm', name: '@a/b' }, '>= 1.0~rc1+x, <= 2_0-3'),
  ],
]

const { cve: _, ...WITHOUT_ID } = CASE_RECORD
/** A CVE record needs an id; the other formats do not. */
const ALSO_WITHOUT_ID: typeof SAMPLES = [...SAMPLES, ['without a CVE id', WITHOUT_ID]]

function withPackage(own: { ecosystem: string; name: string; purl?: string }, range: string): CaseRecord {
  return { ...LEAST, affected: [{ branch: 'main', package: own, range, fixedVersion: '3' }] }
}

describe('the schema of', () => {
  it.each(ALSO_WITHOUT_ID)('OSV 1.7 holds a record %s', (_name, record) => {
    const schema = haveSchemas() ? readSchema('osv/schema-1.7.json') : {}
    expect(problemsIn(schema, json('osv', record))).toEqual([])
  })

  it.each(ALSO_WITHOUT_ID)('OpenVEX 0.2 holds a record %s', (_name, record) => {
    const schema = haveSchemas() ? readSchema('openvex/openvex_json_schema.json') : {}
    expect(problemsIn(schema, json('openvex', record))).toEqual([])
  })

  it.each(SAMPLES)('a CVE record 5.1 holds a record %s, once CVE Services has said who the CNA is', (_name, record) => {
    const kind = record.withdrawn === undefined ? 'Published' : 'Rejected'
    const schema = haveSchemas() ? readSchema(`cve/CVE_JSON_cna${kind}Container_5.1.1.json`) : {}
    const { cnaContainer } = json('cve', record)
    const providerMetadata = { orgId: '00000000-0000-4000-9000-000000000000' }
    expect(problemsIn(schema, { providerMetadata, ...Object(cnaContainer) })).toEqual([])
  })

  it.each(ALSO_WITHOUT_ID)('GitHub’s API holds a record %s', (_name, record) => {
    const whole = haveSchemas() ? readSchema('github/openapi-advisories-subset.json') : { components: {} }
    const schema = haveSchemas() ? { ...whole, $ref: '#/components/schemas/repository-advisory-create' } : {}
    expect(problemsIn(schema, json('ghsa', record))).toEqual([])
  })

  it('a format refuses an id or a key of another form', () => {
    const isHeld = haveSchemas()
    const [osv, openvex] = isHeld
      ? [readSchema('osv/schema-1.7.json'), readSchema('openvex/openvex_json_schema.json')]
      : [{}, {}]
    expect(problemsIn(osv, { ...json('osv'), id: 'SEC-1' }).length > 0).toBe(isHeld)
    expect(problemsIn(openvex, { ...json('openvex'), draft: true }).length > 0).toBe(isHeld)
  })
})

describe('OSV', () => {
  it('names ids, packages, ranges and credits', () => {
    expect(json('osv')).toMatchObject({
      schema_version: '1.7.5',
      id: 'x_quillmark-SEC-2026-0042',
      modified: '2026-07-14T14:00:00.000Z',
      published: '2026-07-14T14:00:00.000Z',
      aliases: ['GHSA-2222-3333-4444', 'CVE-1900-0042'],
      summary: 'Path traversal in Quillmark',
      affected: [
        {
          package: { ecosystem: 'npm', name: '@quillmark/core', purl: 'pkg:npm/%40quillmark/core' },
          ranges: [
            { type: 'ECOSYSTEM', events: [{ introduced: '4.0.0' }, { fixed: '4.2.7' }] },
            { type: 'ECOSYSTEM', events: [{ introduced: '3.9.0' }, { last_affected: '3.9.11' }] },
          ],
        },
        {
          package: { ecosystem: 'PyPI', name: 'Quillmark_Py', purl: 'pkg:pypi/quillmark-py' },
          ranges: [
            { type: 'ECOSYSTEM', events: [{ introduced: '1.0' }, { fixed: '1.4' }] },
            { type: 'ECOSYSTEM', events: [{ introduced: '0.9' }, { last_affected: '0.9' }] },
          ],
        },
      ],
      credits: [
        { name: 'Robin Example, of Example Labs', type: 'REPORTER' },
        { name: 'inkblot', type: 'REPORTER' },
      ],
    })
  })

  it('is a draft, without a date of publication, until it is published', () => {
    const draft = json('osv', { ...CASE_RECORD, isPublished: false })
    expect(draft).not.toHaveProperty('published')
    expect(draft).toMatchObject({ database_specific: { draft: true } })
    expect(json('osv')).not.toHaveProperty('database_specific.draft')
  })

  it.each([
    ['PSF', 'SEC-2026-0042', 'PSF-SEC-2026-0042'],
    ['PSF', 'PSF-2026-0042', 'PSF-2026-0042'],
    [undefined, 'PSF-2026-0042', 'x_quillmark-PSF-2026-0042'],
  ])('with the registered prefix %s calls %s %s', (osvPrefix, caseNumber, id) => {
    const product = { id: 'quillmark', name: 'Quillmark', packages: CASE_RECORD.product?.packages ?? [], osvPrefix }
    const schema = haveSchemas() ? readSchema('osv/schema-1.7.json') : {}
    const document = json('osv', { ...CASE_RECORD, caseNumber, product })
    expect(document).toMatchObject({ id })
    expect(problemsIn(schema, document)).toEqual([])
  })

  it('has no alias while no id is known', () => {
    expect(json('osv', { ...LEAST, cve: undefined })).not.toHaveProperty('aliases')
    expect(json('osv', { ...LEAST, cve: null })).not.toHaveProperty('aliases')
  })
})

describe('OpenVEX', () => {
  it('says for each package which versions are affected, what to do, and which are fixed', () => {
    const { statements, ...head } = json('openvex')
    expect(head).toEqual({
      '@context': 'https://openvex.dev/ns/v0.2.0',
      '@id': 'https://quillmark.example/vex/SEC-2026-0042',
      author: 'Quillmark Security',
      timestamp: '2026-07-14T14:00:00.000Z',
      last_updated: '2026-07-14T14:00:00.000Z',
      version: 1,
    })
    expect(statements).toMatchObject([
      {
        vulnerability: { name: 'CVE-1900-0042', aliases: ['SEC-2026-0042', 'GHSA-2222-3333-4444'] },
        status: 'affected',
        products: [
          { '@id': 'pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D4.0.0%7C%3C4.2.7' },
          { '@id': 'pkg:npm/%40quillmark/core?vers=vers:npm/%3E%3D3.9.0%7C%3C%3D3.9.11' },
        ],
        action_statement: 'Upgrade to 4.2.7 or 3.9.12. Turn off "open attachments" in the settings.',
      },
      {
        status: 'fixed',
        products: [{ '@id': 'pkg:npm/%40quillmark/core@4.2.7' }, { '@id': 'pkg:npm/%40quillmark/core@3.9.12' }],
      },
      { status: 'affected', products: [{ '@id': 'pkg:pypi/quillmark-py?vers=vers:pypi/%3E%3D1.0%7C%3C1.4%7C0.9' }] },
      { status: 'fixed', products: [{ '@id': 'pkg:pypi/quillmark-py@1.4' }] },
    ])
  })

  it('names the vulnerability by the number of the case if there is no other id', () => {
    const { statements } = json('openvex', { ...LEAST, cve: undefined })
    expect(statements).toMatchObject([{ vulnerability: { name: 'SEC-2026-0044', aliases: [] } }, {}])
  })

  it('needs something that people can do, and a package URL', () => {
    const own = { ecosystem: 'Debian:12', name: 'quillmark' }
    expect(lacks('openvex', { ...LEAST, affected: [{ branch: 'main', package: own, range: '< 2' }] })).toEqual([
      'a package URL of Debian:12/quillmark in the policy',
      'a fixed version of Debian:12/quillmark, or a workaround',
    ])
  })
})

describe('a CVE record', () => {
  it('names product, versions, base scores and credits', () => {
    expect(json('cve')).toMatchObject({
      cnaContainer: {
        title: 'Path traversal in Quillmark',
        datePublic: '2026-07-14T14:00:00.000Z',
        affected: [
          {
            vendor: 'Quillmark maintainers',
            product: 'Quillmark',
            repo: 'https://github.com/quillmark/quillmark',
            packageName: '@quillmark/core',
            packageURL: 'pkg:npm/%40quillmark/core',
            defaultStatus: 'unaffected',
            versions: [
              { version: '4.0.0', status: 'affected', versionType: 'semver', lessThan: '4.2.7' },
              { version: '3.9.0', status: 'affected', versionType: 'semver', lessThanOrEqual: '3.9.11' },
            ],
          },
          {
            packageName: 'Quillmark_Py',
            versions: [
              { version: '1.0', status: 'affected', versionType: 'python', lessThan: '1.4' },
              { version: '0.9', status: 'affected' },
            ],
          },
        ],
        metrics: [
          { cvssV4_0: { version: '4.0', baseScore: 7.1, baseSeverity: 'HIGH' } },
          { cvssV3_1: { version: '3.1', baseScore: 6.5, baseSeverity: 'MEDIUM' } },
        ],
        credits: [{ type: 'reporter', value: 'Robin Example, of Example Labs' }, { value: 'inkblot' }],
        source: { discovery: 'EXTERNAL' },
      },
    })
  })

  it('names nobody in its description', () => {
    const { cnaContainer } = json('cve')
    expect(JSON.stringify(Object(cnaContainer).descriptions)).not.toContain('Robin')
  })

  it('can be about a product without packages', () => {
    const record = { ...LEAST, affected: [{ branch: 'main', range: '>= 1' }] }
    expect(json('cve', record)).toMatchObject({
      cnaContainer: { affected: [{ versions: [{ version: '1', versionType: 'custom', lessThan: '*' }] }] },
    })
  })
})

describe('the body of an advisory at GitHub', () => {
  it('has one entry for each range, in GitHub’s words', () => {
    expect(json('ghsa')).toMatchObject({
      summary: 'Path traversal in Quillmark',
      cve_id: 'CVE-1900-0042',
      vulnerabilities: [
        {
          package: { ecosystem: 'npm', name: '@quillmark/core' },
          vulnerable_version_range: '>= 4.0.0, < 4.2.7',
          patched_versions: '4.2.7',
        },
        { package: { ecosystem: 'pip' }, vulnerable_version_range: '>= 1.0, < 1.4' },
        { package: { ecosystem: 'pip' }, vulnerable_version_range: '= 0.9' },
        { vulnerable_version_range: '>= 3.9.0, <= 3.9.11', patched_versions: '3.9.12' },
      ],
      cwe_ids: ['CWE-22'],
    })
  })

  it('has the vector whose severity was decided on, or else the severity, and never both', () => {
    expect(json('ghsa')).toMatchObject({ cvss_vector_string: CASE_RECORD.cvss.v40?.vector })
    expect(json('ghsa')).not.toHaveProperty('severity')
    const v31 = { vector: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N', score: 7.5 }
    const both = { ...CASE_RECORD, cvss: { ...CASE_RECORD.cvss, v31 } }
    expect(json('ghsa', both)).toMatchObject({ cvss_vector_string: v31.vector })
    const product = { id: 'x', name: 'X', packages: [{ ecosystem: 'npm', name: 'x' }], severityFrom: 'v4.0' } as const
    expect(json('ghsa', { ...both, product })['cvss_vector_string']).toBe(CASE_RECORD.cvss.v40?.vector)
    const critical = json('ghsa', { ...CASE_RECORD, severity: 'critical' })
    expect(critical).toMatchObject({ severity: 'critical' })
    expect(critical).not.toHaveProperty('cvss_vector_string')
    expect(json('ghsa', LEAST)).toMatchObject({ severity: 'medium' })
  })
})

describe('a draft', () => {
  it.each(RECORD_FORMATS)('is marked as one in %s until it is published', (format) => {
    expect(written(format, { ...CASE_RECORD, isPublished: false, revisions: [] })).toMatch(/draft/iu)
    expect(written(format)).not.toMatch(/draft/iu)
  })
})

describe('a revision', () => {
  it('is the version of an OpenVEX document', () => {
    const revisions = [...CASE_RECORD.revisions, { at: CASE_RECORD.modified + 1, summary: 'The CVE id is known' }]
    expect(json('openvex', { ...CASE_RECORD, revisions })).toMatchObject({ version: 2 })
    expect(json('openvex', { ...CASE_RECORD, isPublished: false, revisions: [] })).toMatchObject({ version: 1 })
  })
})

describe('a record that lacks facts', () => {
  it('is written in no format, and each says what is missing', () => {
    const missing = Object.fromEntries(RECORD_FORMATS.map((format) => [format, lacks(format, EMPTY_RECORD)]))
    const range = 'an affected branch'
    const packages = 'the packages of the project in the policy'
    const ofCsaf = ['the publisher of the project in the policy', range, 'the impact']
    expect(missing).toEqual({
      csaf: ofCsaf,
      'csaf-vex': ofCsaf,
      osv: [packages, range, 'the impact'],
      openvex: ['the publisher of the project in the policy', packages, range],
      cve: [
        'the CVE id',
        'the vendor of the project in the policy',
        'the impact',
        range,
        'the public link of the advisory',
      ],
      ghsa: [packages, range, 'the impact', 'a severity'],
      markdown: ['the impact', 'a severity'],
    })
  })

  it('names the branches whose versions are a note', () => {
    const affected = [
      { branch: 'main', package: { ecosystem: 'npm', name: 'quillmark' }, range: 'all of 4.x' },
      { branch: '3.9', range: '< 3.9.12' },
      { branch: '3.8' },
    ]
    expect(lacks('osv', { ...LEAST, affected })).toEqual([
      'a range of versions for main, npm/quillmark',
      'a range of versions for 3.8',
    ])
  })
})

describe('a correction', () => {
  it('is the next revision in each format that numbers or dates revisions', () => {
    expect(json('csaf', CORRECTED)).toMatchObject({
      document: {
        tracking: {
          version: '2',
          initial_release_date: '2026-07-14T14:00:00.000Z',
          current_release_date: '2026-07-20T14:00:00.000Z',
          revision_history: [
            { number: '1', summary: 'First publication' },
            { number: '2', summary: '3.9 is affected too.' },
          ],
        },
      },
    })
    expect(json('openvex', CORRECTED)).toMatchObject({
      version: 2,
      timestamp: '2026-07-14T14:00:00.000Z',
      last_updated: '2026-07-20T14:00:00.000Z',
    })
    expect(json('osv', CORRECTED)).toMatchObject({
      published: '2026-07-14T14:00:00.000Z',
      modified: '2026-07-20T14:00:00.000Z',
    })
  })
})

describe('a withdrawn record', () => {
  it('says in every format that it no longer holds, and why', () => {
    expect(json('osv', WITHDRAWN)).toMatchObject({
      withdrawn: '2026-07-20T14:00:00.000Z',
      summary: 'Withdrawn: Path traversal in Quillmark',
    })
    expect(json('cve', WITHDRAWN)).toEqual({
      cnaContainer: { rejectedReasons: [{ lang: 'en', value: 'It is no vulnerability.' }] },
    })
    for (const format of ['csaf', 'openvex', 'ghsa', 'markdown'] as const)
      expect(written(format, WITHDRAWN)).toContain('It is no vulnerability.')
    expect(written('csaf', WITHDRAWN)).not.toMatch(/known_affected|vendor_fix/u)
    expect(written('openvex', WITHDRAWN)).not.toContain('"affected"')
  })
})
