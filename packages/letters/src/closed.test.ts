import { COLUMNS } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { closed } from './closed.ts'

const fields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-08-31T09:00:00Z'),
  fixed: false,
} as const

describe('the notice that a case is closed', () => {
  it('says why, what holds now, and that a person reads an answer', () => {
    const mail = closed.words({
      ...fields,
      reason: 'The module is not maintained any more, and nobody will write a fix.',
    })
    expect(mail.automatic).toBe(false)
    expect(`${mail.subject}\n\n${mail.text}`).toMatchInlineSnapshot(`
      "[SEC-2026-0042] Closed

      Hello,

      We have closed SEC-2026-0042 in Quillmark, and will publish nothing
      about it ourselves.

      The reason:

      The module is not maintained any more, and nobody will write a fix.

      There is no longer an embargo with us: you are free to speak and to
      publish. If you do, we would be glad to know beforehand.

      If you think that this is wrong, or if you know more by now, reply to
      this mail. A person reads it and can open the case again.

      Thank you for your report, and for your patience with us.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('says that the software was changed if it was only hardened', () => {
    expect(closed.words({ ...fields, fixed: true }).text.replaceAll('\n', ' ')).toContain(
      'What you reported in Quillmark is fixed. We decided that there is nothing to publish about it',
    )
  })

  it('stays within the columns', () => {
    const { text } = closed.words({ ...fields, reason: 'word '.repeat(100) })
    expect(text.split('\n').filter((line) => line.length > COLUMNS)).toEqual([])
  })
})
