import { describe, expect, it } from 'vitest'
import { SAMPLE, SMALL_SAMPLE } from '../../test/sample-record.ts'
import { publicRecord } from '../record.ts'
import { blogPost } from './blog-post.ts'
import type { PageFields } from './blog-post.ts'
import { releaseNotes } from './release-notes.ts'

const fields: PageFields = {
  project: 'Quillmark',
  records: [publicRecord(SAMPLE), publicRecord(SMALL_SAMPLE)],
  contact: 'security@quillmark.example',
  isPublished: true,
}

describe('the blog post', () => {
  it('is the announcement as a page of Markdown', () => {
    expect(blogPost(fields)).toMatchInlineSnapshot(`
      "# Quillmark 4.2.7 and 3.9.12 fix two security issues (up to high)

      Quillmark 4.2.7 and 3.9.12 fix two security issues. Please upgrade.

      ## CVE-1900-0042 (path traversal, high, CVSS 4.0: 7.1, CVSS 3.1: 6.5)

      By sending a document with a crafted attachment name, an attacker may write files outside of the folder that the reader chose.

      - **Am I affected?**
        - main: 4.0.0 to 4.2.6
        - 3.9: 3.9.0 to 3.9.11
        - 3.8: all of 3.8, no longer supported (no fixed release)
      - **Fix:**
        - 4.2.7 (main)
        - 3.9.12 (3.9)
        - <https://quillmark.example/releases/4.2.7>
      - **Workaround:** Turn off "open attachments" in the settings.
      - **Exploitation:** none known on 14 Jul 2026
      - **Component:** attachment reader
      - **Vector:**
        - \`CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:P/VC:N/VI:H/VA:N/SC:N/SI:N/SA:N\`
        - \`CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:H/A:N\`, CWE-22
      - **Credit:**
        - Robin Example, of Example Labs
        - inkblot
      - **Timeline:** 1 Jun 2026 reported, 2 Jun validated, 20 Jun fix ready, 14 Jul published
      - **Links:** <https://quillmark.example/security/SEC-2026-0042>

      ## SEC-2026-0043, CVE pending (moderate)

      By asking for many pages at once, an attacker may use up the memory of the server.

      - **Am I affected?** 4.1.0 to 4.2.6
      - **Fix:** 4.2.7
      - **Exploitation:** none known on 14 Jul 2026
      - **Component:** page cache
      - **Timeline:** 14 Jul 2026 published

      Reports: security@quillmark.example
      "
    `)
  })

  it.each([undefined, '{{#issue}}\nSee {{links}}\n{{/issue}}'])(
    'links to an article, and says what it is (%s)',
    (template) => {
      const references = [{ kind: 'article', url: 'https://blog.example/quillmark' } as const]
      const page = blogPost({ ...fields, records: [publicRecord({ ...SAMPLE, references })], template })
      expect(page).toContain(' <https://blog.example/quillmark> (article)\n')
    },
  )

  it('is marked until it is published', () => {
    expect(blogPost({ ...fields, isPublished: false })).toMatch(
      /^> Draft, not published: keep it secret\.\n\n# Quillmark/,
    )
    expect(releaseNotes({ ...fields, isPublished: false })).toMatch(/^> Draft, not published/)
  })

  it('is in the project’s own words if it has any, and the draft mark stays', () => {
    const template =
      '# {{project}} {{versions}}\n\n{{#issue}}\n## {{id}}\n{{impact}}\n- {{fix}}\n- by {{credit}}\n{{/issue}}'
    expect(blogPost({ ...fields, isPublished: false, template })).toMatchInlineSnapshot(`
      "> Draft, not published: keep it secret.

      # Quillmark 4.2.7 and 3.9.12

      ## CVE-1900-0042
      By sending a document with a crafted attachment name, an attacker may write files outside of the folder that the reader chose.
      - 4.2.7 (main)
      - 3.9.12 (3.9)
      - https://quillmark.example/releases/4.2.7
      - by Robin Example, of Example Labs
      - by inkblot
      ## SEC-2026-0043
      By asking for many pages at once, an attacker may use up the memory of the server.
      - 4.2.7
      "
    `)
  })

  it.each([
    ['a link', '[Robin](https://evil.example)'],
    ['an image', '![x](https://evil.example/x.png)'],
    ['HTML', '<script>alert(1)</script>'],
    ['a heading in a line of its own', 'Robin\n# Upgrade to 6.6.6'],
  ])('gives the credit of a reporter no meaning in Markdown: %s', (_attack, text) => {
    const record = publicRecord({ ...SMALL_SAMPLE, credits: [{ kind: 'named', text }] })
    const template = '{{#issue}}\nBy {{credit}}\n{{/issue}}'
    for (const page of [blogPost, releaseNotes]) {
      for (const own of [undefined, template]) {
        const written = page({ ...fields, records: [record], template: own })
        expect(written).not.toMatch(/(?<!\\)[[<]\S*(?:evil|script)|^# Upgrade/mu)
      }
    }
  })
})

describe('the release notes', () => {
  it('have a line for each vulnerability, with nothing that depends on the publication', () => {
    const written = releaseNotes(fields)
    expect(written).toMatchInlineSnapshot(`
      "## Security fixes in Quillmark 4.2.7 and 3.9.12

      - **CVE-1900-0042 (high, CVSS 4.0: 7.1, CVSS 3.1: 6.5):** By sending a document with a crafted attachment name, an attacker may write files outside of the folder that the reader chose. Affected: main: 4.0.0 to 4.2.6; 3.9: 3.9.0 to 3.9.11; 3.8: all of 3.8, no longer supported (no fixed release). Workaround: Turn off "open attachments" in the settings. Reported by Robin Example, of Example Labs and inkblot.
      - **SEC-2026-0043, CVE pending (moderate):** By asking for many pages at once, an attacker may use up the memory of the server. Affected: 4.1.0 to 4.2.6.
      "
    `)
    const dates = { ...SAMPLE.dates, published: Date.UTC(2030, 0, 1) }
    expect(releaseNotes({ ...fields, records: [publicRecord({ ...SAMPLE, dates }), publicRecord(SMALL_SAMPLE)] })).toBe(
      written,
    )
  })
})

it.each(['fixes', 'reproduction', 'exploit', 'coordinator', 'remediator', 'channel', 'recipients', 'reporter'])(
  'neither says anything of planted %s',
  (name) => {
    const wider = { ...fields, [name]: ['PLANTED'], records: [{ ...SAMPLE, [name]: ['PLANTED'] }] }
    expect(`${blogPost(wider)} ${releaseNotes(wider)}`).not.toContain('PLANTED')
  },
)
