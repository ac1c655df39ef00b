import { createHash } from 'node:crypto'
import csafSchema from '@secvisogram/csaf-validator-lib/lib/schemaTests/csaf_2_0/schema.js'
import { describe, expect, it } from 'vitest'
import { CASE_RECORD, EMPTY_RECORD } from '../../test/case-record.ts'
import { haveSchemas, problemsIn, readSchema } from '../../test/schemas.ts'
import { valueAt } from '../checks/json.ts'
import { fileTree, pathsToSign, signaturePath } from './file-tree.ts'
import type { FileTreeRequest } from './file-tree.ts'

if (!haveSchemas())
  console.warn('NOT HELD AGAINST ITS SCHEMA: the schema of CSAF providers is not beside this repository')

/** The part of the schema of CSAF documents to which that of a provider refers. */
const PUBLISHER = {
  $id: 'https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json',
  properties: {
    document: { properties: { publisher: valueAt(csafSchema, ['properties', 'document', 'properties', 'publisher']) } },
  },
}

const KEY = { url: 'https://quillmark.example/key.asc', fingerprint: 'A'.repeat(40) }
const files = (request: Partial<FileTreeRequest> = {}) => fileTree({ records: [CASE_RECORD], ...request }).files

describe('the file tree of a release', () => {
  it('has every document of a case, with the hashes and lists of a CSAF provider', () => {
    expect([...files().keys()].toSorted()).toEqual([
      'advisories/2026/SEC-2026-0042.md',
      'csaf/2026/sec-2026-0042-vex.json',
      'csaf/2026/sec-2026-0042-vex.json.sha256',
      'csaf/2026/sec-2026-0042-vex.json.sha512',
      'csaf/2026/sec-2026-0042.json',
      'csaf/2026/sec-2026-0042.json.sha256',
      'csaf/2026/sec-2026-0042.json.sha512',
      'csaf/changes.csv',
      'csaf/index.txt',
      'csaf/provider-metadata.json',
      'cve/CVE-1900-0042.json',
      'osv/x_quillmark-SEC-2026-0042.json',
      'vex/SEC-2026-0042.json',
    ])
  })

  it('has the hashes of the bytes that are written', () => {
    const path = 'csaf/2026/sec-2026-0042.json'
    const bytes = Buffer.from(files().get(path) ?? '', 'utf8')
    for (const name of ['sha256', 'sha512'])
      expect(files().get(`${path}.${name}`)).toBe(
        `${createHash(name).update(bytes).digest('hex')}  sec-2026-0042.json\n`,
      )
  })

  it('lists the document where it says that it is', () => {
    const { document } = JSON.parse(files().get('csaf/2026/sec-2026-0042.json') ?? '')
    expect(document.references.at(-1).url).toBe('https://quillmark.example/records/csaf/2026/sec-2026-0042.json')
    expect(files().get('csaf/index.txt')).toBe('2026/sec-2026-0042-vex.json\n2026/sec-2026-0042.json\n')
  })

  it('keeps what is in the lists already, and has the latest change first', () => {
    const existing = new Map([
      ['csaf/index.txt', '2025/sec-2025-0001.json\n2026/sec-2026-0042.json\n'],
      [
        'csaf/changes.csv',
        '"2026/sec-2026-0042.json","2026-07-14T14:00:00.000Z"\n"2025/sec-2025-0001.json","2025-02-01T14:00:00.000Z"\n',
      ],
    ])
    const record = { ...CASE_RECORD, modified: Date.parse('2026-08-01T00:00:00Z') }
    expect(files({ records: [record], existing }).get('csaf/index.txt')).toBe(
      '2025/sec-2025-0001.json\n2026/sec-2026-0042-vex.json\n2026/sec-2026-0042.json\n',
    )
    expect(files({ records: [record], existing }).get('csaf/changes.csv')).toBe(
      [
        '"2026/sec-2026-0042-vex.json","2026-08-01T00:00:00.000Z"',
        '"2026/sec-2026-0042.json","2026-08-01T00:00:00.000Z"',
        '"2025/sec-2025-0001.json","2025-02-01T14:00:00.000Z"',
        '',
      ].join('\n'),
    )
  })

  it.each([
    ['a provider', undefined, 'csaf_provider'],
    ['a trusted provider, who signs', KEY, 'csaf_trusted_provider'],
  ])('has the metadata of %s, as the official schema wants them', (_who, key, role) => {
    const metadata = JSON.parse(files({ key }).get('csaf/provider-metadata.json') ?? '')
    expect(metadata).toMatchObject({
      role,
      canonical_url: 'https://quillmark.example/records/csaf/provider-metadata.json',
      distributions: [{ directory_url: 'https://quillmark.example/records/csaf' }],
    })
    const schema = haveSchemas() ? readSchema('csaf/provider_json_schema.json') : {}
    expect(problemsIn(schema, metadata, [PUBLISHER])).toEqual([])
    expect(problemsIn(schema, { ...metadata, role: 'other' }, [PUBLISHER]).length > 0).toBe(haveSchemas())
  })

  it('names the documents that a trusted provider signs', () => {
    const paths = pathsToSign(files({ key: KEY }))
    expect(paths).toEqual(['csaf/2026/sec-2026-0042.json', 'csaf/2026/sec-2026-0042-vex.json'])
    expect(paths.map(signaturePath)).toContain('csaf/2026/sec-2026-0042.json.asc')
  })

  it('says what it leaves out, and has nothing of a case that is not published', () => {
    const lacking = {
      ...EMPTY_RECORD,
      isPublished: true,
      impact: 'An attacker may read files.',
      severity: 'low' as const,
    }
    const tree = fileTree({ records: [lacking, { ...CASE_RECORD, isPublished: false }] })
    expect([...tree.files.keys()]).toEqual(['advisories/2026/SEC-2026-0044.md'])
    expect(tree.leftOut).toContainEqual({
      caseNumber: 'SEC-2026-0044',
      format: 'csaf',
      missing: ['publisher of the project in the policy', 'an affected branch'],
    })
  })
})
