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
})
