import { COLUMNS } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { addressChanged } from './address-changed.ts'

const fields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-07-10T14:00:00Z'),
} as const

describe('the notice about another address', () => {
  it('tells the new address that mails come there now, and what to do if nobody asked for the change', () => {
    const { subject, text, automatic } = addressChanged.words({ ...fields, reader: 'new' })
    expect([subject, automatic]).toEqual(['[SEC-2026-0042] Where we write to you', true])
    expect(text).toMatchInlineSnapshot(`
      "Hello,

      From now on we send our mails about this case to this address, because
      we received a mail about the case from it, and the reporter asked for
      the change. We have told the previous address, which gets nothing more
      from us.

      You need not do anything. If you did not ask for this, please reply and
      say so.

      A program wrote this mail. A person reads your answer.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('tells the former address that it gets no further mail, and names no other address', () => {
    const { text } = addressChanged.words({ ...fields, reader: 'former' })
    expect(text).toMatchInlineSnapshot(`
      "Hello,

      From now on we send our mails about this case to another address, as its
      reporter asked. This is our last mail to this address.

      If that was you, you need not do anything. If you did not ask for it,
      please reply at once: somebody else may be reading what we write to you.

      A program wrote this mail. A person reads your answer.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
    expect(text.replaceAll(fields.from.address, '')).not.toContain('@')
  })

  it.each(['new', 'former'] as const)('stays within the columns (%s)', (reader) => {
    const wide = addressChanged
      .words({ ...fields, reader })
      .text.split('\n')
      .filter((line) => line.length > COLUMNS)
    expect(wide).toEqual([])
  })
})
