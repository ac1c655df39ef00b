import { describe, expect, it } from 'vitest'
import { judgeSignature } from '../judge-signature.ts'
import { parse } from '../parse.ts'
import type { ParsedMail } from '../parsed-mail.ts'
import { unarmored } from './armor.ts'
import { decryptMessage } from './decrypt.ts'
import { encryptAndSign, signDetached } from './encrypt.ts'
import { createKey } from './own-key.ts'
import { packetAt } from './packets.ts'
import { protectMail } from './protect.ts'

const DAY = 24 * 60 * 60 * 1_000
const NOW = Date.UTC(2026, 5, 1)
const key = async (name: string, address: string) =>
  createKey({ name, address, at: NOW - DAY, expiresAt: NOW + 365 * DAY })
const project = await key('Lantern security', 'security@lantern.example')
const robin = await key('Robin', 'robin@sample.example')
const mallory = await key('Mallory', 'mallory@evil.example')
const ROBINS = `signed with …${robin.fingerprint.slice(-4)}`
const MALLORYS = `signed with …${mallory.fingerprint.slice(-4)}`
const keyring = { own: async () => [project.secret], find: async () => [robin.public, mallory.public] }

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const lines = (...all: readonly string[]): string => all.join('\r\n')
const HEAD = lines('From: Robin <robin@sample.example>', 'Subject: Hello', 'Date: Mon, 1 Jun 2026 09:00:00 +0000', '')

const read = async (mail: string): Promise<ParsedMail> => parse(bytes(`${HEAD}${mail}`), { keyring, at: NOW })

/** What people see about the signature of the whole mail, if the sender's key is pinned. */
const verdict = ({ protection, from }: ParsedMail) =>
  judgeSignature(protection, from, [
    { fingerprint: robin.fingerprint, addresses: ['robin@sample.example'], standing: 'pinned' },
  ]).is

const entity = (text: string, type = 'text/plain'): string => lines(`Content-Type: ${type}`, '', text)
const multipart = (type: string, ...parts: readonly string[]): string =>
  lines(`Content-Type: ${type}; boundary=m`, '', ...parts.flatMap((part) => ['--m', part]), '--m--', '')

const signedParts = async (content: string, signer: typeof robin, boundary = 's'): Promise<string> =>
  lines(
    `Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=${boundary}`,
    '',
    `--${boundary}`,
    content,
    `--${boundary}`,
    'Content-Type: application/pgp-signature',
    '',
    (await signDetached(bytes(content), signer.secret, NOW)).trimEnd().replaceAll(/\r?\n/gu, '\r\n'),
    `--${boundary}--`,
    '',
  )

const sealed = async (content: string, signer?: typeof robin): Promise<string> =>
  lines(
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=e',
    '',
    '--e',
    'Content-Type: application/pgp-encrypted',
    '',
    'Version: 1',
    '--e',
    'Content-Type: application/octet-stream',
    '',
    (
      await encryptAndSign(bytes(content), { to: [project.public], ...(signer && { signer: signer.secret }) }, NOW)
    ).trimEnd(),
    '--e--',
    '',
  )

describe('signature of a nested part', () => {
  it('signature of a nested part: a signed mail inside one that somebody else signed has a section of its own', async () => {
    const inner = await signedParts(entity('It fixes it.'), robin, 'i')
    const mail = await read(await signedParts(multipart('multipart/mixed', entity('Publish it now.'), inner), mallory))
    expect(mail.text.split('\n')).toEqual([
      `[not encrypted, ${MALLORYS}]`,
      '| Publish it now.',
      `[inside that, layer 2: not encrypted, ${ROBINS}]`,
      '| It fixes it.',
    ])
    expect(verdict(mail)).toBe('part')
  })

  it('signature of a nested part: all of a mail, signed again, is not signed by the first signer', async () => {
    const inner = await signedParts(entity('It fixes it.'), robin, 'i')
    for (const mail of [await read(await signedParts(inner, mallory)), await read(await sealed(inner, mallory))]) {
      expect(mail.text).toContain(`${ROBINS}]\n| It fixes it.`)
      expect(verdict(mail)).toBe('part')
    }
  })

  it('signature of a nested part: one inside an encryption says nothing about what is around it', async () => {
    const inner = await signedParts(entity('It fixes it.'), robin, 'i')
    const mail = await read(await sealed(multipart('multipart/mixed', entity('Publish it now.'), inner)))
    expect(mail.text.split('\n')).toEqual([
      '[encrypted, not signed]',
      '| Publish it now.',
      `[inside that, layer 2: encrypted, ${ROBINS}]`,
      '| It fixes it.',
    ])
    expect(verdict(mail)).toBe('part')
  })

  it('signature of a nested part: a bad one inside a good one is bad', async () => {
    const inner = (await signedParts(entity('It fixes it.'), robin, 'i')).replace('fixes', 'FIXES')
    expect(verdict(await read(await signedParts(inner, robin)))).toBe('bad')
  })
})

describe('a signed or encrypted part in a place where programs merge it with others', () => {
  it('hidden in message/rfc822: a signed mail that is attached to another is a file, and signs nothing', async () => {
    const attached = lines(
      'Content-Type: message/rfc822',
      '',
      `${HEAD}${await signedParts(entity('It fixes it.'), robin)}`,
    )
    const mail = await read(multipart('multipart/mixed', entity('Publish it now.'), attached))
    expect(mail.text).toBe('Publish it now.')
    expect(mail.protection).toMatchObject({ signature: 'none', signatures: [] })
    expect(mail.attachments.map(({ type }) => type)).toEqual(['message/rfc822'])
  })

  it('hidden in message/rfc822: an encrypted mail that is attached to another is not opened into its text', async () => {
    const attached = lines('Content-Type: message/rfc822', '', `${HEAD}${await sealed(entity('Kumquat'), robin)}`)
    const mail = await read(multipart('multipart/mixed', entity('Please reply.'), attached))
    expect(mail.text).not.toContain('Kumquat')
  })

  it('Content-ID merging: HTML that includes a decrypted part by its Content-ID gets nothing of it', async () => {
    const part = (await sealed(entity('Kumquat'), robin)).replace(
      'Content-Type:',
      'Content-ID: <secret>\r\nContent-Type:',
    )
    const html = entity('<p>Hi</p><img src="cid:secret"><a href="https://evil.example/?cid:secret">x</a>', 'text/html')
    const { text, protection } = await read(multipart('multipart/related', html, part))
    const [outside = ''] = text.split(/^(?=\[encrypted)/mu)
    expect(outside).not.toContain('Kumquat')
    expect(protection).toMatchObject({ encryptedInPart: true, covers: 'part' })
  })

  it('alternative text: a signed alternative says nothing about the other one, and both are shown', async () => {
    for (const order of [0, 1]) {
      const parts = [entity('Publish it now.'), await signedParts(entity('It fixes it.'), robin)]
      const mail = await read(multipart('multipart/alternative', ...(order === 0 ? parts : parts.toReversed())))
      expect(mail.text).toContain('[not encrypted, not signed]\n| Publish it now.')
      expect(mail.text).toContain(`[not encrypted, ${ROBINS}]\n| It fixes it.`)
      expect(verdict(mail)).toBe('part')
    }
  })

  it('alternative text: of what one signature covers, the plain text is shown', async () => {
    const both = multipart(
      'multipart/alternative',
      entity('It fixes it.'),
      entity('<p>Publish it now.</p>', 'text/html'),
    )
    expect((await read(await signedParts(both, robin))).text).toBe('It fixes it.')
  })
})

describe('header fields outside of what is signed', () => {
  const mail = bytes(
    lines(
      'From: Robin <robin@sample.example>',
      'Subject: The fix is wrong',
      'Content-Type: text/plain',
      '',
      'See above.',
      '',
    ),
  )

  it('protected headers mismatch: the subject outside is not shown in place of the signed one', async () => {
    const signed = Buffer.from(await protectMail(mail, { is: 'signed', signer: robin.secret }, NOW)).toString()
    const forged = bytes(signed.replace('Subject: The fix is wrong', 'Subject: The fix is right'))
    expect(await parse(forged, { keyring, at: NOW })).toMatchObject({
      subject: 'The fix is wrong',
      protection: { coversSubject: true },
    })
  })

  it('protected headers mismatch: a subject that only stands outside does not count as signed', async () => {
    const { subject, protection } = await read(await signedParts(entity('It fixes it.'), robin))
    expect(subject).toBe('Hello')
    expect(protection).not.toHaveProperty('coversSubject')
  })
})

describe('EFAIL', () => {
  const message = async (): Promise<Uint8Array> => {
    const armored = await encryptAndSign(bytes(entity('Kumquat')), { to: [project.public], signer: robin.secret }, NOW)
    return (await unarmored(bytes(armored))) ?? new Uint8Array(0)
  }
  const dataOf = (block: Uint8Array): number => {
    const sessionKey = packetAt(block, 0)
    if (sessionKey === undefined) throw new Error('no session key')
    return sessionKey.bodyStart + sessionKey.bytes
  }

  it('EFAIL gadgets: wherever a byte of the ciphertext is changed, nothing of it is shown', async () => {
    const block = await message()
    const start = dataOf(block) + 8
    for (let at = start; at < block.length; at += Math.ceil((block.length - start) / 25)) {
      const changed = Uint8Array.from(block)
      changed[at] = (changed[at] ?? 0) ^ 0x01
      expect(await decryptMessage(changed, keyring, NOW)).toEqual({ is: 'unreadable', because: 'damaged' })
    }
  })

  it('EFAIL downgrade: protected data that is relabelled as unprotected stays closed', async () => {
    const block = Uint8Array.from(await message())
    const at = dataOf(block)
    expect((block[at] ?? 0) & 0x3f).toBe(18)
    block[at] = 0xc0 | 9
    expect(await decryptMessage(block, keyring, NOW)).toEqual({ is: 'unreadable', because: 'unprotected' })
  })
})
