import { describe, expect, it } from 'vitest'
import { recipientReply } from './recipient-reply.ts'
import type { RecipientReplyFields } from './recipient-reply.ts'

const fields: RecipientReplyFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-07-10T14:00:00Z'),
  cases: ['SEC-2026-0042', 'SEC-2026-0043'],
  text: 'Hello North,\n\nyes, the patch for 4.2 applies to 4.1 as well; we have tried it.\n\nAna\n',
  embargoed: true,
  tlp: 'TLP:AMBER+STRICT' as const,
}

describe('a reply to a recipient', () => {
  it('sends what was typed, under the terms of the pre-notification', () => {
    const mail = recipientReply.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042, SEC-2026-0043] TLP:AMBER+STRICT about the pre-notification')
    expect(mail.automatic).toBe(false)
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello North,

      yes, the patch for 4.2 applies to 4.1 as well; we have tried it.

      Ana

      This comes under the same terms as the pre-notification. Please publish
      nothing of it.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('binds nobody if no embargo is in force any more', () => {
    const mail = recipientReply.words({ ...fields, embargoed: false })
    expect(mail.subject).not.toContain('TLP')
    expect(mail.text).not.toContain('terms')
  })
})
