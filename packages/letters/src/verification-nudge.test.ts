import { COLUMNS } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { verificationNudge } from './verification-nudge.ts'

const fields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-03T21:00:00Z'),
  branch: 'main',
  sha256: 'a'.repeat(64),
  askedAt: Date.parse('2026-06-02T09:00:00Z'),
  answerBy: Date.parse('2026-06-05T09:00:00Z'),
} as const

describe('the nudge to a reporter who has not checked the fix', () => {
  it('is friendly, and says by when an answer would help and what happens without one', () => {
    const mail = verificationNudge.words(fields)
    expect(mail.automatic).toBe(true)
    expect(`${mail.subject}\n\n${mail.text}`).toMatchInlineSnapshot(`
      "[SEC-2026-0042] Did you have time to look at the fix?

      Hello,

      On Tue 2 Jun 2026, 09:00 UTC we sent you the patch for the branch main
      and asked whether it fixes what you reported. We have not heard from you
      yet, and that is fine.

      If you can look at it by Fri 5 Jun 2026, 09:00 UTC, it helps: nobody
      knows the problem better. "Yes, it does" is enough. If you need longer,
      say so.

      If you would rather not check it, you need not do anything: somebody on
      our side who did not write it will check it, and the work goes on. You
      will still be told the outcome and credited.

      The patch that we sent has the SHA-256

      aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa

      A program wrote this mail, and it will not remind you again. A person
      reads your answer.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('stays within the columns, and says nothing about the report', () => {
    const wider = { ...fields, ...{ title: 'PLANTED', text: 'PLANTED' } }
    const { text, subject } = verificationNudge.words(wider)
    expect(text.split('\n').filter((line) => line.length > COLUMNS)).toEqual([])
    expect(text + subject).not.toContain('PLANTED')
  })
})
