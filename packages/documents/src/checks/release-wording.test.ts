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

function contentOf(change: Partial<CaseRecord>, texts: ReleaseContent['texts'] = []) {
  const record = { ...CASE_RECORD, ...change }
  const documents = RECORD_FORMATS.flatMap((format) => {
    const written = recordDocument(format, record)
    return written.ok ? [{ caseNumber: record.caseNumber, format, text: written.document }] : []
  })
  return { records: [record], documents, texts }
}

const text = (name: string, words: string) => [{ name, cases: ['SEC-2026-0042'], text: words }]
const findings = (content: ReleaseContent, stated: readonly string[] = []) =>
  releaseWording({ ...content, stated }, SECRET).map(({ where, because }) => `${where}: ${because}`)

describe('the wording of a release', () => {
  it('finds nothing in the documents of a case, whose credits name people', () => {
    expect(findings(contentOf({}, text('announcement', 'SEC-2026-0042, credit: Robin Example')))).toEqual([])
  })

  it('finds a proof of concept in every text that has it', () => {
    const impact = 'PoC: curl http://127.0.0.1:8080/x | sh'
    const attack = `It says "${impact}", which shows how to attack.`
    const content = contentOf({ impact }, text('mail to oss-security', impact))
    expect(findings(content)).toEqual([
      `CVE record of SEC-2026-0042: It says "Path traversal in the attachment reader of Quillmark. ${impact}", which shows how to attack.`,
      `advisory in Markdown of SEC-2026-0042: ${attack}`,
      `mail to oss-security: ${attack}`,
    ])
  })

  it('ignores what people typed, because the gate has checked it, even with a line broken or a sign escaped', () => {
    const impact = 'PoC: curl http://127.0.0.1:8080/x | sh'
    const broken = impact.replace('curl ', 'curl\n  ').replace('|', String.raw`\|`)
    expect(findings(contentOf({ impact }, text('announcement', `Impact: ${broken}`)), [impact])).toEqual([])
  })

  it('finds a person in the description of a CVE record', () => {
    expect(findings(contentOf({ impact: 'Ana found that files are read.' }))).toEqual([
      'CVE record of SEC-2026-0042: It says "Path traversal in the attachment reader of Quillmark. Ana found that files are read.", which names a person.',
    ])
  })

  it('finds a component and an id in a heads-up, and in no other text', () => {
    const words = 'A release fixes CVE-1900-0042 in the Attachment\nreader.'
    expect(findings(contentOf({}, text('heads-up', words)))).toEqual([
      'heads-up: It says "attachment reader", which does not belong in a heads-up.',
      'heads-up: It says "CVE-1900-0042", which does not belong in a heads-up.',
    ])
    expect(findings(contentOf({}, text('announcement', words)))).toEqual([])
  })

  it.each([
    ['cve-1900-0042', 'cve-1900-0042'],
    ['CVE\u20111900\u20110042', 'CVE-1900-0042'],
    ['CVE 1900-0042', 'CVE 1900-0042'],
    ['CVE&#45;1900&#45;0042', 'CVE-1900-0042'],
    ['cwe 22', 'cwe 22'],
    ['GHSA-2222-3333-4444', 'GHSA-2222-3333-4444'],
    ['an Attachment&nbsp;reader bug', 'attachment reader'],
    ['a PATH  Traversal bug', 'path traversal'],
    ['the ATTACH\u200BMENT\u00A0READER', 'attachment reader'],
  ])('finds %s in a heads-up and in its correction', (words, found) => {
    const because = `It says "${found}", which does not belong in a heads-up.`
    for (const name of ['heads-up', 'correction of the heads-up'])
      expect(findings(contentOf({}, text(name, `A release fixes ${words}.`)))).toEqual([`${name}: ${because}`])
  })

  it('reads the words of templates for which there is no text yet', () => {
    const templates = [
      { name: 'interim.txt', cases: ['SEC-2026-0042'], text: '{{id}}\nThanks to North Hosting.\n{{impact}}' },
      { name: 'correction.txt', cases: ['SEC-2026-0042'], text: '{{#issue}}\n{{id}}: {{ impact }}\n{{/issue}}' },
    ]
    expect(releaseWording({ ...contentOf({}), stated: [], templates }, SECRET)).toEqual([
      {
        caseNumber: 'SEC-2026-0042',
        where: 'interim.txt',
        because: 'It says "Thanks to North Hosting.", which names a recipient.',
      },
    ])
  })

  it('lets a heads-up name the project, after which a component may be called', () => {
    const heading = text('heads-up', 'Heads-up: Quillmark security release')
    expect(findings(contentOf({ component: 'Quillmark' }, heading))).toEqual([])
  })

  it('finds a recipient and a channel that a template brings in', () => {
    expect(findings(contentOf({}, text('announcement', 'Thanks to North Hosting.\nAsk in #sec-2026-0042.')))).toEqual([
      'announcement: It says "Thanks to North Hosting.", which names a recipient.',
      'announcement: It says "Ask in #sec-2026-0042.", which links to a channel of the team.',
    ])
  })
})
