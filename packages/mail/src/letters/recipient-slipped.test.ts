import { COLUMNS } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { recipientSlipped } from './recipient-slipped.ts'
import type { RecipientSlippedFields } from './recipient-slipped.ts'

const fields: RecipientSlippedFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-07-10T14:00:00Z'),
  cases: ['SEC-2026-0042', 'SEC-2026-0043'],
  was: Date.parse('2026-07-14T14:00:00Z'),
  newDate: Date.parse('2026-07-21T14:00:00Z'),
  reason: 'The fix for 4.2 is late.',
}

describe('a date that moved, to a recipient', () => {
  it('names the old and the new date, why, what stays the same, and how to answer', () => {
    const mail = recipientSlipped(fields)
    expect(mail.subject).toBe('[SEC-2026-0042, SEC-2026-0043] TLP:AMBER the release has another date')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      The release of Quillmark that was planned for Tue 14 Jul 2026, 14:00 UTC
      (in 4 days) comes Tue 21 Jul 2026, 14:00 UTC (in 11 days) instead.

      The reason:

      The fix for 4.2 is late.

      The embargo on these issues goes on until then, with the same terms.
      Please publish nothing before.

      Please reply that you have read this: a line is enough. If the new date
      cannot work for you, say so, and a person answers.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
    expect(mail.text.split('\n').filter((line) => line.length > COLUMNS)).toEqual([])
  })

  it('says that it is called off, and that the secret stays one', () => {
    const { subject, text } = recipientSlipped({ ...fields, newDate: undefined })
    expect(subject).toContain('the release is called off')
    expect(text.replaceAll('\n', ' ')).toContain('There is no new date yet')
    expect(text.replaceAll('\n', ' ')).toContain('Please publish nothing')
  })

  it.each([fields.newDate, undefined])('speaks of an advisory where nothing is released (new date %s)', (newDate) => {
    const { subject, text } = recipientSlipped({ ...fields, newDate, nothingToRelease: true })
    expect(subject).toContain('the advisory')
    expect(text).toContain('The advisory of Quillmark that was planned')
    expect(`${subject} ${text}`).not.toMatch(/release/)
  })
})
