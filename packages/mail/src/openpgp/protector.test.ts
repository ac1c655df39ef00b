import { describe, expect, it } from 'vitest'
import { parse } from '../parse.ts'
import { createKey } from './own-key.ts'
import { createProtector } from './protector.ts'

const DAY = 24 * 60 * 60 * 1000
const NOW = Date.UTC(2026, 4, 4)
const MAIL = Buffer.from('From: security@quillmark.example\r\nSubject: Re: report\r\n\r\nThank you.\r\n')

const newKey = async () =>
  createKey({ name: 'Quillmark', address: 'security@quillmark.example', at: NOW - DAY, expiresAt: NOW + DAY })

describe('the thread that encrypts mails', () => {
  it('encrypts and signs several mails at once', async () => {
    await using protector = createProtector()
    const key = await newKey()
    const protection = { is: 'encrypted', to: [key.public], signer: key.secret } as const
    const mails = await Promise.all([1, 2, 3].map(async () => protector.protect(MAIL, protection, NOW)))
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

  it('says why a mail could not be signed, and goes on with the next mail', async () => {
    await using protector = createProtector()
    const key = await newKey()
    const signed = async (signer: Uint8Array) => protector.protect(MAIL, { is: 'signed', signer }, NOW)
    await expect(signed(new Uint8Array([1, 2, 3]))).rejects.toThrow(/./u)
    expect(Buffer.from(await signed(key.secret)).toString()).toContain('BEGIN PGP SIGNATURE')
  })

  it('fails the mails in progress when it stops', async () => {
    const protector = createProtector()
    const key = await newKey()
    const started = protector.protect(MAIL, { is: 'signed', signer: key.secret }, NOW).catch(String)
    await protector[Symbol.asyncDispose]()
    expect(await started).toContain('The thread that encrypts mails stopped.')
  })
})
