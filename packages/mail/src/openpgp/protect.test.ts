import { instant } from '@embargo/core'
import { decrypt, readMessage, readPrivateKey } from 'openpgp'
import { describe, expect, it } from 'vitest'
import { composeMail } from '../compose.ts'
import { createKey } from './own-key.ts'
import { protectMail } from './protect.ts'

const DAY = 24 * 60 * 60 * 1_000
const NOW = Date.UTC(2026, 5, 1)
const project = await createKey({
  name: 'Lantern',
  address: 'security@lantern.example',
  at: NOW - DAY,
  expiresAt: NOW + DAY,
})
const mail = composeMail(
  { subject: 'Re: report', text: 'Thank you.', attachments: [], automatic: false },
  {
    from: { name: 'Lantern', address: 'security@lantern.example' },
    replyTo: 'security@lantern.example',
    to: 'robin@sample.example',
    messageId: '<1@lantern.example>',
    date: instant(NOW),
    publicKey: project.public,
  },
)

async function contentOf(raw: string): Promise<string> {
  const [armored = ''] = /-----BEGIN PGP MESSAGE-----[^]*-----END PGP MESSAGE-----/u.exec(raw) ?? []
  const message = await readMessage({ armoredMessage: armored })
  const decryptionKeys = await readPrivateKey({ binaryKey: project.secret })
  return (await decrypt({ message, decryptionKeys, date: new Date(NOW) })).data
}

describe('the Autocrypt field, which carries our key', () => {
  it('stands only outside of an encrypted mail', async () => {
    const raw = Buffer.from(await protectMail(await mail, { is: 'encrypted', to: [project.public] }, NOW)).toString()
    expect(raw.match(/^Autocrypt: addr=security@lantern\.example/gmu)).toHaveLength(1)
    const content = await contentOf(raw)
    expect(content).toContain('HP-Outer: From: ')
    expect(content).not.toMatch(/autocrypt/iu)
  })

  it('stands only outside of a signed mail', async () => {
    const raw = Buffer.from(await protectMail(await mail, { is: 'signed', signer: project.secret }, NOW)).toString()
    expect(raw.match(/^Autocrypt: /gmu)).toHaveLength(1)
    expect(raw.indexOf('Autocrypt: ')).toBeLessThan(raw.indexOf('multipart/signed'))
  })
})
