import { describe, expect, it } from 'vitest'
import { lapsed } from './lapsed.ts'
import { question } from './question.ts'
import type { QuestionFields } from './question.ts'

const base = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-10T14:00:00Z'),
} as const
const fields: QuestionFields = {
  ...base,
  text: 'Which version did you see it in?',
  answerBy: Date.parse('2026-07-10T14:00:00Z'),
  closesInSilence: true,
}

describe('a question to the reporter', () => {
  it('asks one thing, and says why, by when and what happens then', () => {
    const mail = question.words(fields)
    expect(mail).toMatchObject({ subject: '[SEC-2026-0042] A question about your report', automatic: false })
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      To go on with your report, we need to know one thing:

      Which version did you see it in?

      We ask because we cannot settle it from what we have. A short answer is
      enough, and "I do not know" is an answer too.

      Please reply to this mail by Fri 10 Jul 2026, 14:00 UTC.

      Without an answer by then, the report is closed: not because it is
      wrong, but because we cannot go on. A later reply is read by a person,
      and the report can be opened again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('reminds once more, as a program', () => {
    const mail = question.words({ ...fields, askedAt: Date.parse('2026-05-26T14:00:00Z') })
    expect(mail).toMatchObject({ subject: '[SEC-2026-0042] Our question is still open', automatic: true })
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      On Tue 26 May 2026, 14:00 UTC we asked you this, and have no answer yet:

      Which version did you see it in?

      We ask because we cannot settle it from what we have. A short answer is
      enough, and "I do not know" is an answer too.

      Please reply to this mail by Fri 10 Jul 2026, 14:00 UTC.

      Without an answer by then, the report is closed: not because it is
      wrong, but because we cannot go on. A later reply is read by a person,
      and the report can be opened again.

      A program wrote this mail. A person reads your answer.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('threatens nothing if the case continues without an answer', () => {
    const { text } = question.words({ ...fields, closesInSilence: false })
    expect(text).not.toContain('closed')
    expect(text).toContain('we go on as well as we can')
  })
})

describe('a report that is closed because nobody answered', () => {
  it('asks for no secrecy if the work continued in public', () => {
    const { text } = lapsed.words({ ...base, askedAt: base.now, secrecy: 'over' })
    expect(text).toContain('you are free to speak and to publish')
    expect(text).not.toContain('before you tell others')
  })

  it('judges nothing, and says that the report can be opened again', () => {
    const mail = lapsed.words({ ...base, askedAt: Date.parse('2026-05-11T14:00:00Z'), secrecy: 'asked' })
    expect(mail).toMatchObject({ subject: '[SEC-2026-0042] Closed without an answer', automatic: true })
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      On Mon 11 May 2026, 14:00 UTC we asked you a question about your report,
      and reminded you of it. No answer came, so the report is closed on our
      side.

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
})
