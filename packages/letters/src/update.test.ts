import { describe, expect, it } from 'vitest'
import { update } from './update.ts'
import type { UpdateFields } from './update.ts'

const fields: UpdateFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-10T14:00:00Z'),
  progress: 'confirming',
  severity: 'high',
  embargo: { end: Date.parse('2026-08-24T00:00:00Z') },
  nextWordBy: Date.parse('2026-06-24T14:00:00Z'),
}

describe('an update', () => {
  it('says the stage in plain words and the next date', () => {
    const mail = update.words(fields)
    expect(mail).toMatchObject({ subject: '[SEC-2026-0042] Progress of your report', automatic: false })
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      The fix is written and is being checked. If you were asked to check it,
      we are waiting for your answer.

      We rate it high at this time.

      The embargo ends Mon 24 Aug 2026, 00:00 UTC. Until then, or until the
      fix is public, please keep this between us. If that date does not suit
      you, reply and say so.

      You hear from us again by Wed 24 Jun 2026, 14:00 UTC at the latest.

      There is nothing that you need to do. If you have a question, or learned
      something new, just reply.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('says why there is no progress', () => {
    const { text } = update.words({
      ...fields,
      progress: 'deferred',
      reason: 'The next release is for the parser alone.',
    })
    expect(text).toMatchInlineSnapshot(`
      "Hello,

      Your report is valid, but for now we are not working on it.

      Our reason:

      The next release is for the parser alone.

      We rate it high at this time.

      The embargo ends Mon 24 Aug 2026, 00:00 UTC. Until then, or until the
      fix is public, please keep this between us. If that date does not suit
      you, reply and say so.

      You hear from us again by Wed 24 Jun 2026, 14:00 UTC at the latest.

      There is nothing that you need to do. If you have a question, or learned
      something new, just reply.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('names the release once its date was told to others', () => {
    const releaseAt = Date.parse('2026-07-14T14:00:00Z')
    expect(update.words({ ...fields, progress: 'prenotified', releaseAt }).text).toContain(
      'We plan to publish it Tue 14 Jul 2026',
    )
  })

  it('promises nothing more if the case is over', () => {
    const { text } = update.words({ ...fields, progress: 'closed', embargo: 'none', nextWordBy: undefined })
    expect(text).not.toMatch(/embargo|at the latest|rate it/u)
  })
})
