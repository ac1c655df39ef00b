import { describe, expect, it } from 'vitest'
import { CASE_RECORD } from '../../test/case-record.ts'
import { recordDocument } from '../records/documents.ts'
import { RECORD_FORMATS } from '../records/format.ts'
import type { CaseRecord } from '../record.ts'
import type { ReleaseContent } from './cross-check.ts'
import { releaseWording } from './release-wording.ts'

const SECRET = {
  recipients: ['North Hosting'],
  people: ['Ana', 'Robin Example'],
  channels: ['sec-2026-0042'],
  prefixes: ['SEC'],
  cases: ['SEC-2026-0042'],
}

function contentOf(change: Partial<CaseRecord>, texts: ReleaseContent['texts'] = []): ReleaseContent {
  const record = { ...CASE_RECORD, ...change }
  const documents = RECORD_FORMATS.flatMap((format) => {
    const written = recordDocument(format, record)
    return written.ok ? [{ caseNumber: record.caseNumber, format, text: written.document }] : []
  })
  return { records: [record], documents, texts }
}

const text = (name: string, words: string) => [{ name, cases: ['SEC-2026-0042'], text: words }]
const findings = (content: ReleaseContent) =>
  releaseWording(content, SECRET).map(({ where, because }) => `${where}: ${because}`)

describe('the wording of a release', () => {
  it('finds nothing in the documents of a case, whose credits name people', () => {
    expect(findings(contentOf({}, text('announcement', 'SEC-2026-0042, credit: Robin Example')))).toEqual([])
  })

  it('finds a proof of concept in every text that has the impact', () => {
    const impact = 'PoC: curl http://127.0.0.1:8080/x | sh'
    expect(findings(contentOf({ impact }, text('oss-security', impact)))).toEqual([
      `markdown of SEC-2026-0042: attack: ${impact}`,
      `cve of SEC-2026-0042: attack: Path traversal in the attachment reader of Quillmark. ${impact}`,
      `oss-security: attack: ${impact}`,
    ])
  })

  it('finds a person in the description of a CVE record', () => {
    expect(findings(contentOf({ impact: 'Ana found that files are read.' }))).toEqual([
      'cve of SEC-2026-0042: person: Path traversal in the attachment reader of Quillmark. Ana found that files are read.',
    ])
  })

  it('finds a component and an id in a heads-up, and in no other text', () => {
    const words = 'A release fixes CVE-1900-0042 in the Attachment\nreader.'
    expect(findings(contentOf({}, text('heads-up', words)))).toEqual([
      'heads-up: not in a heads-up: attachment reader',
      'heads-up: not in a heads-up: CVE-1900-0042',
    ])
    expect(findings(contentOf({}, text('announcement', words)))).toEqual([])
  })

  it('finds a recipient and a channel that a template brings in', () => {
    expect(findings(contentOf({}, text('announcement', 'Thanks to North Hosting.\nAsk in #sec-2026-0042.')))).toEqual([
      'announcement: recipient: Thanks to North Hosting.',
      'announcement: channel: Ask in #sec-2026-0042.',
    ])
  })
})
