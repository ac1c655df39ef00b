import { describe, expect, it } from 'vitest'
import { COLUMNS } from '@embargo/core'
import { thanks } from './thanks.ts'
import type { ThanksFields } from './thanks.ts'

const fields: ThanksFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-07-14T14:05:00Z'),
  versions: ['4.2.7', '3.9.12'],
  links: ['https://quillmark.example/security/SEC-2026-0042', 'https://quillmark.example/releases/4.2.7'],
  credit: 'Robin Example',
  cve: 'CVE-1900-0042',
}

describe('thanks', () => {
  it('thanks the reporter, gives the links, shows the credit as printed, and says what may be published', () => {
    const mail = thanks.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042] Published, and thank you')
    expect(mail.automatic).toBe(true)
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      What you reported is public, and fixed in Quillmark 4.2.7 and 3.9.12.
      Thank you: the users of Quillmark are safer because you wrote to us.

      - https://quillmark.example/security/SEC-2026-0042
      - https://quillmark.example/releases/4.2.7

      Credit  Robin Example
      CVE     CVE-1900-0042

      The embargo has ended. You may publish what you know, your own write-up
      and your code included. If you can, leave people a few days to update
      before you publish an exploit; that is a wish and not a condition.

      If a link, a name or a version is wrong, reply and we correct it. Please
      use the same address for whatever you find next, or to tell us how this
      went for you.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('says so if nobody was named and the CVE is late', () => {
    const { text } = thanks.words({ ...fields, credit: undefined, cve: undefined })
    expect(text).toContain('nobody is named')
    expect(text).toContain('pending; the published texts are updated when it comes')
  })

  it('stays within the columns', () => {
    expect(
      thanks
        .words(fields)
        .text.split('\n')
        .filter((line) => line.length > COLUMNS),
    ).toEqual([])
  })

  it('claims no fix if nothing was released', () => {
    expect(thanks.words({ ...fields, versions: [] }).text).toContain('What you reported is public. Thank you')
  })

  it('says nothing about other reporters or recipients, whatever fields it gets', () => {
    const wider = { ...fields, reporters: ['PLANTED'], recipients: ['PLANTED'], title: 'PLANTED' }
    expect(JSON.stringify(thanks.words(wider))).not.toContain('PLANTED')
  })
})
