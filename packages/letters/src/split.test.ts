import { describe, expect, it } from 'vitest'
import { base, embargo } from '../test/sample-base.ts'
import { split } from './split.ts'

const fields = { ...base, is: 'more', embargo, nextWordBy: Date.parse('2026-06-24T14:00:00Z') } as const

describe('the note that a report has a case of its own', () => {
  it('says what that means, and that the embargo is the same', () => {
    const mail = split.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042] A new case number')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      Part of what you reported is a separate problem. We now handle it under
      the number SEC-2026-0042; the rest keeps its number.

      There is nothing that you need to do. What you told us about credit and
      the embargo applies to this case too. Replies to this mail belong to
      this case.

      The embargo is the same: it ends Mon 24 Aug 2026, 00:00 UTC (02:00 your
      time). Until then, or until the fix is public, please keep this between
      us.

      You hear from us again by Wed 24 Jun 2026, 14:00 UTC (16:00 your time)
      at the latest.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it.each([
    ['again', 'We treated your report as the same as another one. It is not'],
    ['elsewhere', 'Your report is about Quillmark, so its team handles it from now on'],
    ['incomplete', 'Thank you for telling us that the fix is incomplete. We handle this as a new case'],
  ] as const)('says why: %s', (is, why) => {
    expect(split.words({ ...fields, is }).text.replaceAll(/\s+/g, ' ')).toContain(why)
  })

  it('asks for silence, because nobody agreed on an embargo for an incomplete fix', () => {
    const text = split.words({ ...fields, is: 'incomplete' }).text.replaceAll(/\s+/g, ' ')
    expect(text).toContain('What you told us about credit applies to this case too.')
    expect(text).not.toContain('The embargo is the same')
    expect(text).toMatch(/Please keep the new problem between us until .*24 Aug 2026/iu)
    expect(text).not.toContain('another report')
  })
})
