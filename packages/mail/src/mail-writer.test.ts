import { instant } from '@embargo/core'
import { describe, expect, it } from 'vitest'
import { createMailWriter } from './mail-writer.ts'
import { createKey } from './openpgp/own-key.ts'
import { parse } from './parse.ts'
import type { MailDraft } from './write-mail.ts'

const DAY = 24 * 60 * 60 * 1000
const NOW = Date.UTC(2026, 4, 4)
const ADDRESS = 'security@quillmark.example'
const DRAFT: MailDraft = {
  content: { subject: 'Re: report', text: 'Thank you.', attachments: [], automatic: false },
  envelope: {
    from: { name: 'Quillmark', address: ADDRESS },
    replyTo: ADDRESS,
    to: 'robin@sample.example',
    messageId: '<1@quillmark.example>',
    date: instant(NOW),
  },
}

const newKey = async () => createKey({ name: 'Quillmark', address: ADDRESS, at: NOW - DAY, expiresAt: NOW + DAY })

describe('the thread that writes mails', () => {
  it('encrypts and signs several mails at once', async () => {
    await using writer = createMailWriter()
    const key = await newKey()
    const protection = { is: 'encrypted', to: [key.public], signer: key.secret } as const
    const mails = await Promise.all([1, 2, 3].map(async () => writer.write({ ...DRAFT, protection })))
    for (const raw of mails) {
      expect(Buffer.from(raw).toString()).not.toContain('Thank you.')
      const keyring = { own: async () => [key.secret], find: async () => [key.public] }
      expect(await parse(raw, { keyring, at: NOW })).toMatchObject({
        subject: 'Re: report',
        text: 'Thank you.',
        protection: { encryption: 'openpgp', signatures: [{ state: 'good' }] },
      })
    }
  })

  it('writes a readable mail without protection', async () => {
    await using writer = createMailWriter()
    expect(await parse(await writer.write(DRAFT))).toMatchObject({ subject: 'Re: report', text: 'Thank you.' })
  })

  it('reads what a key says', async () => {
    await using writer = createMailWriter()
    const key = await newKey()
    expect(await writer.readKeys(key.public, NOW)).toMatchObject({
      is: 'keys',
      keys: [{ facts: { fingerprint: key.fingerprint, canEncrypt: true } }],
    })
  })

  it('says why a mail could not be written, and goes on with the next mail', async () => {
    await using writer = createMailWriter()
    const key = await newKey()
    const signed = async (signer: Uint8Array) => writer.write({ ...DRAFT, protection: { is: 'signed', signer } })
    await expect(signed(new Uint8Array([1, 2, 3]))).rejects.toThrow(/./u)
    const misaddressed = { ...DRAFT, envelope: { ...DRAFT.envelope, to: 'no address' } }
    await expect(writer.write(misaddressed)).rejects.toMatchObject({ name: 'MailError', code: 'bad-address' })
    expect(Buffer.from(await signed(key.secret)).toString()).toContain('BEGIN PGP SIGNATURE')
  })

  it('fails the mails in progress when it stops', async () => {
    const writer = createMailWriter()
    const started = writer.write(DRAFT).catch(String)
    await writer[Symbol.asyncDispose]()
    expect(await started).toContain('The thread that writes mails stopped.')
  })
})
