import { COLUMNS } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { embargoExpired } from './embargo-expired.ts'

const fields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'person', name: 'Ana', address: 'security@quillmark.example' },
  now: Date.parse('2026-08-31T09:00:00Z'),
  endedAt: Date.parse('2026-08-31T09:00:00Z'),
  progress: 'fixing',
  nextWordBy: Date.parse('2026-09-14T09:00:00Z'),
} as const

describe('the notice that an embargo has run out', () => {
  it('says what holds now, what is asked, and what comes next', () => {
    const mail = embargoExpired.words(fields)
    expect(mail.automatic).toBe(true)
    expect(`${mail.subject}\n\n${mail.text}`).toMatchInlineSnapshot(`
      "[SEC-2026-0042] The embargo has ended

      Hello,

      The embargo on SEC-2026-0042 in Quillmark reached its end date, Mon 31
      Aug 2026, 09:00 UTC. The fix is still being written. We are sorry that
      we were not faster.

      This means that you are no longer bound by it: you are free to speak and
      to publish.

      We have two requests, which you are free to decline: tell us before you
      publish, so that people are not surprised, and hold back a working
      exploit until they can update.

      We would like to agree on another date with you. If you are willing to
      wait a little longer, reply and say until when; a short answer is
      enough.

      Nothing becomes public just because the date has come: we continue to
      work on the fix, and you will hear from us by Mon 14 Sep 2026, 09:00 UTC
      at the latest.

      A program wrote this mail. A person reads your answer.

      -- 
      Ana, for the Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('names the planned release if there is one', () => {
    const releaseAt = Date.parse('2026-09-08T14:00:00Z')
    expect(embargoExpired.words({ ...fields, progress: 'prenotified', releaseAt }).text.replaceAll('\n', ' ')).toMatch(
      /fix is ready and not out yet.*We plan to publish it Tue 8 Sep 2026, 14:00 UTC/u,
    )
  })

  it('stays within the columns, and says nothing about the report', () => {
    const { text, subject } = embargoExpired.words({ ...fields, ...{ title: 'PLANTED', text: 'PLANTED' } })
    expect(text.split('\n').filter((line) => line.length > COLUMNS)).toEqual([])
    expect(text + subject).not.toContain('PLANTED')
  })
})
