import { describe, expect, it } from 'vitest'
import { COLUMNS } from '@embargo/core'
import { receipt } from './receipt.ts'
import type { ReceiptFields } from './receipt.ts'

const fields: ReceiptFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-01T14:00:00Z'),
  zone: 'Europe/Berlin',
  answerBy: Date.parse('2026-06-02T14:00:00Z'),
  embargo: { end: Date.parse('2026-08-30T14:00:00Z') },
  key: {
    fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567',
    armored: '-----BEGIN PGP PUBLIC KEY BLOCK-----',
    fileName: 'quillmark.asc',
  },
  escalation: 'board@quillmark.example',
}

describe('receipt', () => {
  it('says that nobody is there, until when, and what to do if the report cannot wait', () => {
    const until = { nobodyBefore: Date.parse('2026-06-22T09:00:00Z'), answerBy: Date.parse('2026-06-23T09:00:00Z') }
    const text = receipt.words({ ...fields, zone: undefined, ...until }).text.replaceAll('\n', ' ')
    expect(text).toContain('Nobody on our team is at work before Mon 22 Jun 2026, 09:00 UTC.')
    expect(text).toContain('answer by Tue 23 Jun 2026, 09:00 UTC.')
    expect(text).toContain(
      'because the vulnerability is being exploited or already public, write to board@quillmark.example and give the case number.',
    )
    const alone = receipt.words({ ...fields, ...until, escalation: fields.from.address }).text.replaceAll('\n', ' ')
    expect(alone).toContain('being exploited or already public, ask CERT/CC')
  })

  it('says that the report arrived, when a person answers, and what secrecy means', () => {
    const mail = receipt.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042] Your report has arrived')
    expect(mail.automatic).toBe(true)
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      Thank you for writing to Quillmark. Your report has arrived and is
      stored. Its number is SEC-2026-0042.

      A person reads your report and answers by Tue 2 Jun 2026, 14:00 UTC
      (16:00 your time).

      Please keep this between us while the embargo lasts: until the fix is
      public, or until Sun 30 Aug 2026, 14:00 UTC (16:00 your time) at the
      latest. In practice:
      - no public issue, post, talk or proof of concept about it;
      - if somebody else has to know, ask us first;
      - on our side, only the people who work on it see it.

      These are our usual terms. If you named another date, or these terms do
      not suit you, say so in a reply. Until we have agreed, the earlier of
      the two dates counts.

      To add anything, reply to this mail. Please leave the address of the
      reply as it is: it brings your mail to the right case.

      To encrypt, use our OpenPGP key, which is attached: 0123 4567 89AB CDEF
      0123 4567 89AB CDEF 0123 4567

      If nobody has answered by the date above, write to
      board@quillmark.example and give the case number. You need not describe
      the report there.

      We make no promise of money for reports.

      A program wrote this mail. A person writes the next one.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('says when no embargo is in force, and names no key if the team has no key', () => {
    const { text } = receipt.words({ ...fields, embargo: 'none', key: undefined })
    expect(text).toContain('No embargo is in force for this report.')
    expect(text).not.toMatch(/OpenPGP|between us/)
  })

  it('repeats nothing of an encrypted mail if the receipt itself is not encrypted', () => {
    const mail = receipt.words({ ...fields, readable: true })
    expect(mail.subject).toBe('[SEC-2026-0042] Your mail has arrived')
    expect(mail.attachments.map(({ filename }) => filename)).toEqual(['quillmark.asc'])
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      Your encrypted mail to Quillmark has arrived and is stored. Its number
      is SEC-2026-0042.

      We do not know your OpenPGP key, so this mail is not encrypted and
      repeats nothing of yours. If you want encrypted answers, reply with your
      public key attached. Please leave the address of the reply as it is.

      Our key is attached: 0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567

      A person answers by Tue 2 Jun 2026, 14:00 UTC (16:00 your time). If
      nobody has, write to board@quillmark.example and give only the number.

      A program wrote this mail. A person writes the next one.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('stays within the columns', () => {
    expect(
      receipt
        .words(fields)
        .text.split('\n')
        .filter((line) => line.length > COLUMNS),
    ).toEqual([])
  })

  it('repeats nothing of the report, whatever fields it gets', () => {
    const wider = { ...fields, title: 'PLANTED', report: 'PLANTED', reporter: 'PLANTED' }
    expect(JSON.stringify(receipt.words(wider))).not.toContain('PLANTED')
  })
})
