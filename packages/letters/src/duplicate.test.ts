import { describe, expect, it } from 'vitest'
import { duplicate } from './duplicate.ts'
import type { DuplicateFields } from './duplicate.ts'
import { split } from './split.ts'

const fields: DuplicateFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-10T14:00:00Z'),
  reader: 'second',
  isValid: true,
  free: false,
  reportedBefore: Date.parse('2026-05-28T08:00:00Z'),
  embargo: { end: Date.parse('2026-08-24T00:00:00Z') },
  nextWordBy: Date.parse('2026-06-24T14:00:00Z'),
}

describe('two reports of the same vulnerability', () => {
  it('tells the second reporter when the first report came, what dates hold, and that both are credited', () => {
    const mail = duplicate.words(fields)
    expect(mail).toMatchObject({
      subject: '[SEC-2026-0042] Another person reported the same problem',
      automatic: false,
    })
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      Your report is valid, but somebody else told us about the same problem
      earlier, on Thu 28 May 2026, 08:00 UTC. We handle both reports under the
      number SEC-2026-0042; you can still reply to our earlier mails.

      We can say nothing about the other person or their report, and they
      learn nothing about you or yours.

      You found the problem on your own, so you will be credited too, as you
      wish to be. What you told us about credit and the embargo still counts.

      For both reports, the embargo ends Mon 24 Aug 2026, 00:00 UTC. This is
      the earlier of the dates that were agreed. Until then, or until the fix
      is public, please keep this between us. If that date does not suit you,
      reply and say so.

      You hear from us again by Wed 24 Jun 2026, 14:00 UTC at the latest.

      If you think that the two reports are not about the same problem, reply
      and say why. A person will look at them again.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('calls no report valid before somebody has decided so', () => {
    const text = duplicate.words({ ...fields, isValid: false }).text.replaceAll(/\s+/gu, ' ')
    expect(text).toContain('We have your report, but somebody else told us about the same problem earlier')
    expect(text).not.toContain('valid')
  })

  it('asks a reporter who is not bound by an embargo, and claims no agreement about its end', () => {
    const { text } = duplicate.words({ ...fields, free: true })
    expect(text).toMatch(/The embargo on your own report is over, and no\s+embargo\s+binds\s+you/u)
    expect(text).toMatch(/We\s+ask\s+you\s+to\s+keep/u)
    expect(text).not.toMatch(/that\s+were\s+agreed/u)
  })

  it('say to both reporters that a date is not agreed if only one of them named it', () => {
    for (const reader of ['first', 'second'] as const) {
      const { text } = duplicate.words({ ...fields, reader, embargo: { end: fields.now, named: true } })
      expect(text.replaceAll(/\s+/gu, ' ')).toContain(
        'This date was proposed and is not agreed yet. Until there is an agreement, the earliest proposed date counts.',
      )
      expect(text).not.toContain('agreed.')
    }
  })

  it('tells the first reporter that there is another report, and the new end of the embargo', () => {
    expect(duplicate.words({ ...fields, reader: 'first' }).text).toMatchInlineSnapshot(`
      "Hello,

      After you, somebody else has reported the same problem to us. Your
      report keeps its number, and nothing about your credit changes.

      We can say nothing about the other person or their report, and they
      learn nothing about you or yours.

      Each of you will be credited as you wish to be.

      For both reports, the embargo ends Mon 24 Aug 2026, 00:00 UTC. This is
      the earlier of the dates that were agreed. Until then, or until the fix
      is public, please keep this between us. If that date does not suit you,
      reply and say so.

      You hear from us again by Wed 24 Jun 2026, 14:00 UTC at the latest.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('tells neither reporter anything about the other report, whatever fields it gets', () => {
    const wider = { ...fields, reason: 'PLANTED', title: 'PLANTED', reporter: 'PLANTED' }
    expect(JSON.stringify([duplicate.words(wider), duplicate.words({ ...wider, reader: 'first' })])).not.toContain(
      'PLANTED',
    )
  })
})

describe('a report with a number of its own', () => {
  const { caseNumber, project, from, now, embargo, nextWordBy } = fields
  const own = { caseNumber, project, from, now, embargo, nextWordBy }

  it('was merged before', () => {
    const mail = split.words({ ...own, is: 'again' })
    expect(mail.subject).toBe('[SEC-2026-0042] A new case number')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      We treated your report as the same as another one. It is not, so we now
      handle it separately, under the number SEC-2026-0042.

      There is nothing that you need to do. What you told us about credit and
      the embargo applies to this case too. Replies to this mail belong to
      this case.

      The embargo is the same: it ends Mon 24 Aug 2026, 00:00 UTC. Until then,
      or until the fix is public, please keep this between us.

      You hear from us again by Wed 24 Jun 2026, 14:00 UTC at the latest.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('belongs to another project: the mail does not say that it is the same as another report', () => {
    const { text } = split.words({ ...own, is: 'elsewhere' })
    expect(text.replaceAll('\n', ' ')).toContain(
      'Your report is about Quillmark, so its team handles it from now on, under the number SEC-2026-0042.',
    )
    expect(text).not.toContain('the same as another')
  })

  it('is part of another', () => {
    const { text } = split.words({ ...own, is: 'more', embargo: 'none' })
    expect(text).toContain('Part of what you reported is a separate problem')
    expect(text).toContain('No embargo is in force for this case.')
  })
})
