import { describe, expect, it } from 'vitest'
import { COLUMNS } from '@embargo/core'
import { reply } from './reply.ts'
import type { ReplyFields } from './reply.ts'

const fields: ReplyFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-10T14:00:00Z'),
  text: 'Hi Robin,\n\n> Does it also happen with attachments that are inside of other attachments, as some mail programs send them?\n\nYes, it does. The same function reads both, so one patch covers both of them; I have added a test for it.\n\nBest,\nAna\n',
}

describe('reply', () => {
  it('sends what was typed, wrapped and signed', () => {
    const mail = reply.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042] About your report')
    expect(mail.automatic).toBe(false)
    expect(mail.text).toMatchInlineSnapshot(`
      "Hi Robin,

      > Does it also happen with attachments that are inside of other
      > attachments, as some mail programs send them?

      Yes, it does. The same function reads both, so one patch covers both of
      them; I have added a test for it.

      Best,
      Ana

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('stays within the columns', () => {
    expect(
      reply
        .words(fields)
        .text.split('\n')
        .filter((line) => line.length > COLUMNS),
    ).toEqual([])
  })

  it('sends nothing but the text, whatever fields it gets', () => {
    const wider = { ...fields, channel: 'PLANTED', thread: ['PLANTED'], title: 'PLANTED' }
    expect(JSON.stringify(reply.words(wider))).not.toContain('PLANTED')
  })
})
