import { describe, expect, it } from 'vitest'
import { base } from '../test/sample-base.ts'
import { lapsed } from './lapsed.ts'

describe('the notice that the report is closed because no answer came', () => {
  const fields = { ...base, askedAt: Date.parse('2026-05-20T14:00:00Z'), secrecy: 'asked' } as const

  it('judges nothing, and says that the report can be opened again', () => {
    const mail = lapsed.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042] Closed without an answer')
    expect(mail.automatic).toBe(true)
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      On Wed 20 May 2026, 14:00 UTC (16:00 your time) we asked you a question
      about your report, and reminded you of it. No answer came, so the report
      is closed on our side.

      That says nothing about whether you are right. We could not go on
      without the answer, and that is all.

      If you can answer later, reply to this mail, however late it is. A
      person reads it and can open the report again.

      There is no longer an embargo with us. If you think that the problem is
      real, please tell us before you tell others.

      Thank you for writing to us.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('asks for no secrecy if there is no secret', () => {
    expect(lapsed.words({ ...fields, secrecy: 'over' }).text.replaceAll(/\s+/g, ' ')).toContain(
      'No embargo with us is in force: you are free to speak and to publish.',
    )
  })
})
