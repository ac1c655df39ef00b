import { ReferenceKind } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { CASE_RECORD } from '../../test/case-record.ts'
import { csafFindings } from '../../test/csaf-validator.ts'
import { haveSchemas, problemsIn, readSchema } from '../../test/schemas.ts'
import { SAMPLE } from '../../test/sample-record.ts'
import { announcement } from '../texts/announcement.ts'
import { recordDocument } from './documents.ts'
import type { RecordFormat } from './format.ts'

const OWN = CASE_RECORD.references
const ADDED = ReferenceKind.options.map((kind) => ({ kind, url: `https://example.org/${kind}` }))
const RECORD = { ...CASE_RECORD, references: [...OWN, ...ADDED] }

function written(format: RecordFormat): string {
  const result = recordDocument(format, RECORD)
  if (!result.ok) throw new Error(`${format} lacks something`)
  return result.document
}

const json = (format: RecordFormat): Record<string, unknown> => JSON.parse(written(format))
const schema = (path: string): object => (haveSchemas() ? readSchema(path) : {})

describe('a link that a person added', () => {
  it('has the tags of a CVE record, and none where no tag fits', () => {
    const { cnaContainer } = json('cve')
    expect(cnaContainer).toMatchObject({
      references: [
        { url: OWN[0]?.url, tags: ['vendor-advisory'] },
        { url: OWN[1]?.url, tags: ['release-notes', 'patch'] },
        { url: 'https://example.org/fix', tags: ['patch'] },
        { url: 'https://example.org/report', tags: ['issue-tracking'] },
        { url: 'https://example.org/article', tags: ['technical-description'] },
        { url: 'https://example.org/discussion', tags: ['mailing-list'] },
        { url: 'https://example.org/third-party-advisory', tags: ['third-party-advisory'] },
        { url: 'https://example.org/web' },
      ],
    })
    const providerMetadata = { orgId: '00000000-0000-4000-9000-000000000000' }
    const container = { providerMetadata, ...Object(cnaContainer) }
    expect(problemsIn(schema('cve/CVE_JSON_cnaPublishedContainer_5.1.1.json'), container)).toEqual([])
  })

  it('has a type in OSV', () => {
    expect(json('osv')).toMatchObject({
      references: ['ADVISORY', 'FIX', 'FIX', 'REPORT', 'ARTICLE', 'DISCUSSION', 'ADVISORY', 'WEB'].map((type) => ({
        type,
      })),
    })
    expect(problemsIn(schema('osv/schema-1.7.json'), json('osv'))).toEqual([])
  })

  it('is external in CSAF, with its kind in words', async () => {
    expect(json('csaf')).toMatchObject({
      document: {
        references: expect.arrayContaining([
          { category: 'external', summary: 'Article', url: 'https://example.org/article' },
          { category: 'external', summary: 'Third-party advisory', url: 'https://example.org/third-party-advisory' },
          expect.objectContaining({ category: 'self' }),
        ]),
      },
    })
    expect(await csafFindings(json('csaf'))).toEqual([])
  })

  it('has its kind beside it in Markdown, and at GitHub, whose advisory has no link to itself', () => {
    expect(written('markdown')).toContain('- Article: <https://example.org/article>')
    expect(json('ghsa')['description']).toContain('- Report: <https://example.org/report>')
    expect(json('ghsa')['description']).not.toContain(OWN[0]?.url)
  })

  it('is in the announcement, where the reader sees what is behind it', () => {
    const { text } = announcement({
      project: 'Quillmark',
      records: [{ ...SAMPLE, references: RECORD.references }],
      contact: SAMPLE.contact,
    })
    expect(text).toContain('https://example.org/article (article)')
    expect(text).toMatch(/https:\/\/quillmark\.example\/security\/SEC-2026-0042$/mu)
  })
})
