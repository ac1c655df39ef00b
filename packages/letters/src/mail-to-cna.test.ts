import { describe, expect, it } from 'vitest'
import { base } from '../test/sample-base.ts'
import { mailToCna } from './mail-to-cna.ts'

describe('a mail to the CNA', () => {
  it('is the text that a person saw, under the signature', () => {
    const mail = mailToCna.words({ ...base, text: 'Please assign a CVE id.\n\nProduct  Quillmark' })
    expect(mail.subject).toBe('[SEC-2026-0042] CVE id')
    expect(mail.automatic).toBe(false)
    expect(mail.text).toMatchInlineSnapshot(`
      "Please assign a CVE id.

      Product  Quillmark

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it.each([
    [undefined, undefined, 'CVE id'],
    ['CVE-1900-0042', undefined, 'CVE-1900-0042'],
    ['CVE-1900-0042', 'update', 'CVE-1900-0042: update'],
    ['CVE-1900-0042', 'reject', 'CVE-1900-0042: reject'],
  ] as const)('about %s with the request %s has the subject “%s”', (cve, asks, subject) => {
    expect(mailToCna.words({ ...base, text: 'Please.', cve, asks }).subject).toBe(`[SEC-2026-0042] ${subject}`)
  })
})
