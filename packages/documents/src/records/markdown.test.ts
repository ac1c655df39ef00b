import { describe, expect, it } from 'vitest'
import { CASE_RECORD, LEAST } from '../../test/case-record.ts'
import type { CaseRecord } from '../record.ts'
import { recordDocument } from './documents.ts'

function written(record: CaseRecord = CASE_RECORD): string {
  const result = recordDocument('markdown', record)
  if (!result.ok) throw new Error(`Markdown lacks ${result.missing.map(({ name }) => name).join(', ')}`)
  return result.document
}

describe('Markdown', () => {
  it('is a page with facts and sections', () => {
    expect(written()).toMatchInlineSnapshot(`
      "# Path traversal in Quillmark

      | | |
      |---|---|
      | Ids | SEC-2026-0042, CVE-1900-0042, GHSA-2222-3333-4444 |
      | Severity | high |
      | Vectors | CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N, CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N |
      | Weakness | CWE-22, Improper Limitation of a Pathname to a Restricted Directory ('Path Traversal') |
      | Component | attachment reader |
      | Affected | main, npm/@quillmark/core: >= 4.0.0, < 4.2.7 |
      | Affected | main, PyPI/Quillmark_Py: >= 1.0 \\|\\| = 0.9 |
      | Affected | 3.9, npm/@quillmark/core: >= 3.9.0, <= 3.9.11 |
      | Published | Tue 14 Jul 2026 |
      | Contact | security@quillmark.example |

      ### Impact

      By sending a document with a crafted attachment name, an attacker may write files outside of the folder that the reader chose.

      ### Patches

      - npm/@quillmark/core: fixed in 4.2.7
      - PyPI/Quillmark_Py: fixed in 1.4
      - npm/@quillmark/core: fixed in 3.9.12

      ### Workarounds

      Turn off "open attachments" in the settings.

      ### Credits

      - Robin Example, of Example Labs
      - inkblot

      ### References

      - Advisory: <https://quillmark.example/security/SEC-2026-0042>
      - Release: <https://quillmark.example/releases/4.2.7>
      "
    `)
  })

  it('says that it is a draft until it is published', () => {
    expect(written(LEAST)).toMatchInlineSnapshot(`
      "# Security issue in Quillmark

      > Draft, not published: keep it secret.

      | | |
      |---|---|
      | Ids | SEC-2026-0044, CVE-1900-0044 |
      | Severity | moderate |
      | Affected | main, npm/quillmark: < 2.0 |
      | Published | not yet |
      | Contact | security@quillmark.example |

      ### Impact

      An attacker may read files.

      ### Patches

      - npm/quillmark: fixed in 2.0

      ### References

      - Advisory: <https://quillmark.example/security/44>
      "
    `)
  })

  it('gives no meaning to the words of somebody outside: a credit that is a link or HTML', () => {
    const text = '[x](https://evil.example) <img src=x>\n# big'
    expect(written({ ...LEAST, credits: [{ kind: 'named', text }] })).toContain(
      String.raw`- \[x\]\(https://evil.example\) \<img src=x\> \# big`,
    )
  })
})
