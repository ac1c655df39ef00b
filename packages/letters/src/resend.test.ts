import { describe, expect, it } from 'vitest'
import { resend } from './resend.ts'
import type { ResendFields } from './resend.ts'

const fields: ResendFields = {
  caseNumber: 'SEC-2026-0042',
  project: 'Quillmark',
  from: { kind: 'team', address: 'security@quillmark.example' },
  now: Date.parse('2026-06-01T14:00:00Z'),
  because: 'no-key',
  arrivedAt: Date.parse('2026-06-01T09:00:00Z'),
  key: {
    fingerprint: '0123456789ABCDEF0123456789ABCDEF01234567',
    armored: '-----BEGIN PGP PUBLIC KEY BLOCK-----',
    fileName: 'quillmark.asc',
  },
}

describe('the request to send a mail again that cannot be opened', () => {
  it('says why the mail must be sent again, has our key attached, and has a subject that says nothing', () => {
    const mail = resend.words(fields)
    expect(mail.subject).toBe('[SEC-2026-0042] About your mail')
    expect(mail.attachments.map(({ filename }) => filename)).toEqual(['quillmark.asc'])
    expect(mail.text).toMatchInlineSnapshot(`
      "Hello,

      Your encrypted mail to Quillmark arrived Mon 1 Jun 2026, 09:00 UTC and
      is stored, but nobody here can open it. It is encrypted to a key that we
      do not have.

      Please send it again, encrypted to our OpenPGP key, which is attached:
      0123 4567 89AB CDEF 0123 4567 89AB CDEF 0123 4567

      If you cannot use OpenPGP, reply and say so, without any details: we
      will find another way together.

      Please leave the address of the reply as it is: it brings your mail to
      the right case.

      -- 
      The Quillmark security team
      security@quillmark.example
      "
    `)
  })

  it('says that S/MIME is not read here', () => {
    expect(resend.words({ ...fields, because: 's-mime' }).text.replaceAll('\n', ' ')).toContain(
      'It is encrypted with S/MIME, which we cannot read.',
    )
  })

  it('asks for a reply without details if the project has no key', () => {
    const mail = resend.words({ ...fields, key: undefined })
    expect(mail.attachments).toEqual([])
    expect(mail.text.replaceAll('\n', ' ')).toContain('We have no OpenPGP key. Please reply without any details')
  })

  it('repeats nothing of the mail, whatever fields it gets', () => {
    const wider = { ...fields, title: 'PLANTED', subject: 'PLANTED', reporter: 'PLANTED' }
    expect(JSON.stringify(resend.words(wider))).not.toContain('PLANTED')
  })
})
