import { describe, expect, it } from 'vitest'
import { base } from '../test/sample-base.ts'
import { vendorReply } from './vendor-reply.ts'

describe('a text to another vendor', () => {
  it('is what was typed, under the signature', () => {
    const mail = vendorReply.words({ ...base, text: 'Dear colleagues,\n\nwhich version has your fix?' })
    expect(mail.subject).toBe('[SEC-2026-0042] About the report that we forwarded')
    expect(mail.automatic).toBe(false)
    expect(mail.text).toMatchInlineSnapshot(`
      "Dear colleagues,

      which version has your fix?

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('names the number under which they handle it, in its subject and text', () => {
    const mail = vendorReply.words({ ...base, text: 'Which version has your fix?', reference: 'VU#190042' })
    expect(mail.subject).toBe('[SEC-2026-0042] About the report that we forwarded (VU#190042)')
    expect(mail.text).toMatch(/^Your reference: VU#190042\n\nWhich version has your fix\?/u)
  })
})
