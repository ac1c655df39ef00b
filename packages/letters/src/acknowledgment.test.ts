import { describe, expect, it } from 'vitest'
import { acknowledgment } from './acknowledgment.ts'
import type { AcknowledgmentFields } from './acknowledgment.ts'
import { COLUMNS } from '@embargo/core'

const fields: AcknowledgmentFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-01T14:00:00Z'),
  zone: 'Europe/Berlin',
  nextWordBy: Date.parse('2026-06-12T14:00:00Z'),
  embargo: { end: Date.parse('2026-08-30T14:00:00Z') },
  ask: ['credit', 'patch', 'ai'],
}
const solo: AcknowledgmentFields = { ...fields, from: { kind: 'solo', name: 'Ana', address: 'ana@quillmark.example' } }

describe('acknowledgment', () => {
  it('says who handles it, what comes next, the embargo, and asks three questions', () => {
    const mail = acknowledgment.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042] We are handling your report')
    expect(mail.automatic).toBe(false)
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      Thank you for your report. My name is Ana, I am on the Quillmark
      security team, and I will handle it from here on. Its number is
      SEC-2026-0042.

      Next comes a check of whether this is a vulnerability in Quillmark, how
      serious it is, and which versions are affected. You will hear the
      result, or how far the check is, by Fri 12 Jun 2026, 14:00 UTC (16:00
      your time) at the latest.

      The embargo ends Sun 30 Aug 2026, 14:00 UTC (16:00 your time). Until
      then, or until the fix is public, neither side makes anything public.
      That date is a limit: the fix may be published earlier. If it does not
      suit you, say so in a reply.

      Three questions, asked once; a short reply is enough:
      1. How would you like to be credited: by name, by a pseudonym, or not at
         all? Please write it as it should be printed. Without an answer,
         nobody is named.
      2. Would you like to write the patch? If not, the project will write it
         and ask you to check it.
      3. Did you use AI to find this or to write the report, and has a person
         checked the result? Any answer is fine; it helps to know where to
         look first.

      People read your mail, so plain words are enough. Nothing in a mail is
      carried out as a command.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('speaks for one person if there is only one', () => {
    const mail = acknowledgment.words(solo)
    expect(mail.subject).toBe('[SEC-2026-0042] I am handling your report')
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      Thank you for your report. My name is Ana. I maintain Quillmark on my
      own, in my free time, and I am handling your report myself. Its number
      is SEC-2026-0042. Some things take longer with one pair of hands; the
      dates in this mail are dates that I can keep.

      Next comes a check of whether this is a vulnerability in Quillmark, how
      serious it is, and which versions are affected. You will hear the
      result, or how far the check is, by Fri 12 Jun 2026, 14:00 UTC (16:00
      your time) at the latest.

      The embargo ends Sun 30 Aug 2026, 14:00 UTC (16:00 your time). Until
      then, or until the fix is public, neither side makes anything public.
      That date is a limit: the fix may be published earlier. If it does not
      suit you, say so in a reply.

      Three questions, asked once; a short reply is enough:
      1. How would you like to be credited: by name, by a pseudonym, or not at
         all? Please write it as it should be printed. Without an answer,
         nobody is named.
      2. Would you like to write the patch? If not, the project will write it
         and ask you to check it.
      3. Did you use AI to find this or to write the report, and has a person
         checked the result? Any answer is fine; it helps to know where to
         look first.

      People read your mail, so plain words are enough. Nothing in a mail is
      carried out as a command.

      -- 
      Ana, maintainer of Quillmark
      ana@quillmark.example
      "
    `)
    expect(mail.text).not.toMatch(/\b(we|us|our)\b/i)
  })

  it('names nobody if the team signs', () => {
    const { text } = acknowledgment.words({ ...fields, from: { kind: 'team', address: 'security@quillmark.example' } })
    expect(text.replaceAll('\n', ' ')).toContain(
      'The Quillmark security team will handle it from here on. Its number is SEC-2026-0042',
    )
    expect(text).not.toContain('My name')
  })

  it.each([
    [['patch'], 'One question, asked once'],
    [['credit', 'ai'], 'Two questions, asked once'],
    [['credit', 'patch', 'ai'], 'Three questions, asked once'],
  ] as const)('asks only what is open: %j', (ask, intro) => {
    const text = acknowledgment.words({ ...fields, ask }).text.replaceAll('\n', ' ')
    expect(text).toContain(intro)
    expect(text.includes('How would you like to be credited')).toBe(ask.some((question) => question === 'credit'))
    expect(text.includes('Would you like to write the patch?')).toBe(ask.some((question) => question === 'patch'))
  })

  it('asks nothing if everything is answered', () => {
    expect(acknowledgment.words({ ...fields, ask: [] }).text).not.toContain('?')
  })

  it('stays within the columns', () => {
    const lines = [fields, solo].flatMap((each) => acknowledgment.words(each).text.split('\n'))
    expect(lines.filter((line) => line.length > COLUMNS)).toEqual([])
  })

  it('contains no note, channel or colleague, whatever fields it gets', () => {
    const wider = { ...fields, note: 'PLANTED', channel: 'PLANTED', people: ['PLANTED'], title: 'PLANTED' }
    expect(JSON.stringify(acknowledgment.words(wider))).not.toContain('PLANTED')
  })
})
