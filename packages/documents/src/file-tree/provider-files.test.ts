import { createHash } from 'node:crypto'
import csafSchema from '@secvisogram/csaf-validator-lib/lib/schemaTests/csaf_2_0/schema.js'
import { describe, expect, it } from 'vitest'
import { CASE_RECORD } from '../../test/case-record.ts'
import { haveSchemas, problemsIn, readSchema } from '../../test/schemas.ts'
import { valueAt } from '../checks/json.ts'
import type { CaseRecord } from '../record.ts'
import { recordDocument } from '../records/documents.ts'
import { isCsafDocument, providerFiles, signaturePath } from './provider-files.ts'
import type { SigningKey } from './provider-metadata.ts'
import { treePath } from './tree-path.ts'
import type { TreeFormat } from './tree-path.ts'

if (!haveSchemas())
  console.warn('NOT HELD AGAINST ITS SCHEMA: the schema of CSAF providers is not beside this repository')

/** The part of the schema of CSAF documents to which the schema of provider metadata refers. */
const PUBLISHER = {
  $id: 'https://docs.oasis-open.org/csaf/csaf/v2.0/csaf_json_schema.json',
  properties: {
    document: { properties: { publisher: valueAt(csafSchema, ['properties', 'document', 'properties', 'publisher']) } },
  },
}

const KEY = { url: 'https://quillmark.example/key.asc', fingerprint: 'A'.repeat(40) }
const FORMATS: readonly TreeFormat[] = ['markdown', 'osv', 'openvex', 'csaf', 'csaf-vex']

const documentsOf = (record: CaseRecord = CASE_RECORD) =>
  FORMATS.flatMap((format) => {
    const written = recordDocument(format, record)
    return written.ok ? [{ name: treePath(format, record), text: written.document }] : []
  })

const filesOf = ({
  record = CASE_RECORD,
  existing = new Map(),
  key,
}: {
  readonly record?: CaseRecord
  readonly existing?: ReadonlyMap<string, string>
  readonly key?: SigningKey
} = {}): ReadonlyMap<string, string> =>
  new Map(
    providerFiles({
      documents: documentsOf(record),
      existing,
      publisher: record.product?.publisher,
      contact: record.contact,
      key,
    }),
  )

describe('the files of a release in a folder', () => {
  it('are in folders by format, and by year where people and CSAF readers look for it', () => {
    expect(documentsOf().map(({ name }) => name)).toEqual([
      'advisories/2026/SEC-2026-0042.md',
      'osv/x_quillmark-SEC-2026-0042.json',
      'vex/SEC-2026-0042.json',
      'csaf/2026/sec-2026-0042.json',
      'csaf/2026/sec-2026-0042-vex.json',
    ])
  })

  it('come with the hashes and lists of a CSAF provider', () => {
    expect([...filesOf().keys()].toSorted()).toEqual([
      'csaf/2026/sec-2026-0042-vex.json.sha256',
      'csaf/2026/sec-2026-0042-vex.json.sha512',
      'csaf/2026/sec-2026-0042.json.sha256',
      'csaf/2026/sec-2026-0042.json.sha512',
      'csaf/changes.csv',
      'csaf/index.txt',
      'csaf/provider-metadata.json',
    ])
  })

  it('come with nothing of that if no CSAF document can be written', () => {
    const { publisher: _publisher, ...product } = CASE_RECORD.product ?? { id: 'x', name: 'x', packages: [] }
    expect([...filesOf({ record: { ...CASE_RECORD, product } })]).toEqual([])
  })

  it('have the hashes of the bytes that are written', () => {
    const document = documentsOf().find(({ name }) => name === 'csaf/2026/sec-2026-0042.json')
    for (const name of ['sha256', 'sha512'])
      expect(filesOf().get(`csaf/2026/sec-2026-0042.json.${name}`)).toBe(
        `${createHash(name)
          .update(document?.text ?? '')
          .digest('hex')}  sec-2026-0042.json\n`,
      )
  })

  it('are where each says that it is', () => {
    const document: unknown = JSON.parse(
      documentsOf().find(({ name }) => name.includes('0042.json') && isCsafDocument(name))?.text ?? '',
    )
    expect(JSON.stringify(document)).toContain('"url":"https://quillmark.example/records/csaf/2026/sec-2026-0042.json"')
    expect(filesOf().get('csaf/index.txt')).toBe('2026/sec-2026-0042-vex.json\n2026/sec-2026-0042.json\n')
  })

  it('keep what is in the lists already, and have the latest change first', () => {
    const existing = new Map([
      ['csaf/index.txt', '2025/sec-2025-0001.json\n2026/sec-2026-0042.json\n'],
      [
        'csaf/changes.csv',
        '"2026/sec-2026-0042.json","2026-07-14T14:00:00.000Z"\n"2025/sec-2025-0001.json","2025-02-01T14:00:00.000Z"\n',
      ],
    ])
    const at = Date.parse('2026-08-01T00:00:00Z')
    const record = { ...CASE_RECORD, revisions: [...CASE_RECORD.revisions, { at, summary: 'A correction' }] }
    const files = filesOf({ record, existing })
    expect(files.get('csaf/index.txt')).toBe(
      '2025/sec-2025-0001.json\n2026/sec-2026-0042-vex.json\n2026/sec-2026-0042.json\n',
    )
    expect(files.get('csaf/changes.csv')).toBe(
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
  ])('have the metadata of %s, as the official schema wants them', (_who, key, role) => {
    const metadata = JSON.parse(filesOf(key === undefined ? {} : { key }).get('csaf/provider-metadata.json') ?? '')
    expect(metadata).toMatchObject({
      role,
      canonical_url: 'https://quillmark.example/records/csaf/provider-metadata.json',
      distributions: [{ directory_url: 'https://quillmark.example/records/csaf' }],
    })
    const schema = haveSchemas() ? readSchema('csaf/provider_json_schema.json') : {}
    expect(problemsIn(schema, metadata, [PUBLISHER])).toEqual([])
    expect(problemsIn(schema, { ...metadata, role: 'other' }, [PUBLISHER]).length > 0).toBe(haveSchemas())
  })

  it('leave in the metadata what a person wrote there', () => {
    const existing = new Map([
      ['csaf/provider-metadata.json', JSON.stringify({ mirror_on_CSAF_aggregators: false, last_updated: 'long ago' })],
    ])
    expect(JSON.parse(filesOf({ existing }).get('csaf/provider-metadata.json') ?? '')).toMatchObject({
      mirror_on_CSAF_aggregators: false,
      last_updated: new Date(CASE_RECORD.revisions.at(-1)?.at ?? 0).toISOString(),
    })
  })

  it('are signed, if they are CSAF documents, in files beside them', () => {
    const names = documentsOf()
      .map(({ name }) => name)
      .filter(isCsafDocument)
    expect(names.map(signaturePath)).toEqual([
      'csaf/2026/sec-2026-0042.json.asc',
      'csaf/2026/sec-2026-0042-vex.json.asc',
    ])
  })
})
