import { instant } from '@embargo/core'
import { afterAll, describe, expect, it } from 'vitest'
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

const key = await createKey({ name: 'Quillmark', address: ADDRESS, at: NOW - DAY, expiresAt: NOW + DAY })
const signed = { ...DRAFT, protection: { is: 'signed', signer: key.secret } } as const

describe('the writer of mails', () => {
  const writer = createMailWriter()
  afterAll(() => writer[Symbol.asyncDispose]())

  it('encrypts and signs several mails at once', async () => {
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
    expect(await parse(await writer.write(DRAFT))).toMatchObject({ subject: 'Re: report', text: 'Thank you.' })
  })

  it('reads what a key says', async () => {
    expect(await writer.readKeys(key.public, NOW)).toMatchObject({
      is: 'keys',
      keys: [{ facts: { fingerprint: key.fingerprint, canEncrypt: true } }],
    })
  })

  it('says why a mail could not be written, and goes on with the next mail', async () => {
    const protection = { is: 'signed', signer: new Uint8Array([1, 2, 3]) } as const
    await expect(writer.write({ ...DRAFT, protection })).rejects.toThrow(/./u)
    const misaddressed = { ...signed, envelope: { ...DRAFT.envelope, to: 'no address' } }
    await expect(writer.write(misaddressed)).rejects.toMatchObject({ name: 'MailError', code: 'bad-address' })
    expect(Buffer.from(await writer.write(signed)).toString()).toContain('BEGIN PGP SIGNATURE')
  })
})

it('fails the mails in progress when it stops', async () => {
  const writer = createMailWriter()
  const started = writer.write(signed).catch(String)
  await writer[Symbol.asyncDispose]()
  expect(await started).toContain('The thread that writes mails stopped.')
})
