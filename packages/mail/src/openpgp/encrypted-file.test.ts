import { createMessage, encrypt, enums, readKey, readPrivateKey, sign } from 'openpgp'
import { describe, expect, it } from 'vitest'
import { parse } from '../parse.ts'
import type { ParsedMail } from '../parsed-mail.ts'
import { unarmored } from './armor.ts'
import { encryptAndSign, signDetached } from './encrypt.ts'
import { armoredPublicKey, createKey } from './own-key.ts'

const DAY = 24 * 60 * 60 * 1_000
const NOW = Date.UTC(2026, 5, 1)
const key = async (name: string, address: string) =>
  createKey({ name, address, at: NOW - DAY, expiresAt: NOW + 365 * DAY })
const project = await key('Lantern security', 'security@lantern.example')
const robin = await key('Robin', 'robin@sample.example')
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const lines = (...all: readonly string[]): string => all.join('\r\n')

const read = async (mail: string): Promise<ParsedMail> =>
  parse(bytes(`From: Robin <robin@sample.example>\r\nSubject: Hello\r\n${mail}`), {
    keyring: { own: async () => [project.secret], find: async () => [robin.public] },
    at: NOW,
  })

const armored = await encryptAndSign(bytes('It fixes it.'), { to: [project.public], signer: robin.secret }, NOW)
const binary = (await unarmored(bytes(armored))) ?? new Uint8Array(0)
const withPassphrase = await encrypt({
  message: await createMessage({ text: 'It fixes it.' }),
  passwords: ['kumquat'],
  format: 'binary',
})
const base64 = (content: Uint8Array | string): string =>
  (
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,76}/gu) ?? []
  ).join('\r\n')

const file = (name: string, content: Uint8Array | string, type = 'application/octet-stream'): string =>
  lines(
    `Content-Type: ${type}; name=${name}`,
    `Content-Disposition: attachment; filename=${name}`,
    'Content-Transfer-Encoding: base64',
    '',
    base64(content),
  )
const text = (content: string): string => lines('Content-Type: text/plain', '', ...content.trimEnd().split(/\r?\n/u))
const mixed = (...parts: readonly string[]): string =>
  lines('Content-Type: multipart/mixed; boundary=m', '', ...parts.flatMap((part) => ['--m', part]), '--m--', '')

const CLOSED = { encryption: 'unreadable', unreadable: 'file' } as const

describe('an encrypted file', () => {
  it.each([
    ['report.txt.asc, armored', file('report.txt.asc', armored)],
    ['report.txt.asc with CRLF, behind a blank line', file('report.txt.asc', `\n${armored.replaceAll('\n', '\r\n')}`)],
    ['report.txt.pgp, sent as application/pgp-encrypted', file('report.txt.pgp', armored, 'application/pgp-encrypted')],
    ['report.txt.pgp, sent as a text', file('report.txt.pgp', armored, 'text/plain')],
    ['report.txt.gpg, binary', file('report.txt.gpg', binary)],
    ['report.txt.gpg, encrypted with a passphrase', file('report.txt.gpg', withPassphrase)],
    ['report.bin, which does not say what it is', file('report.bin', binary)],
    ['report.txt.asc, damaged', file('report.txt.asc', armored.slice(0, 80))],
  ])('beside a text, or without one, makes a mail that is encrypted and closed (%s)', async (_what, part) => {
    const mail = await read(mixed(text('See the file.'), part))
    expect(mail.protection).toMatchObject({ ...CLOSED, signature: 'none', covers: 'all' })
    expect(mail.protection).not.toHaveProperty('encryptedInPart')
    expect(mail.text).toBe('See the file.')
    expect(mail.attachments).toHaveLength(1)
    expect((await read(mixed(text(''), part))).protection).toMatchObject(CLOSED)
    expect((await read(mixed(part))).protection).toMatchObject(CLOSED)
    expect((await read(part)).protection).toMatchObject(CLOSED)
  })

  it('is closed if it is all that is left of PGP/MIME', async () => {
    const mail = await read(lines('Content-Type: application/pgp-encrypted', '', armored))
    expect(mail.protection).toMatchObject(CLOSED)
    expect(mail.attachments).toHaveLength(1)
  })

  it('beside an encrypted text is in a section of its own, not among what anybody can read', async () => {
    const mail = await read(
      mixed(text(armored), file('fix.patch.pgp', binary), file('log.txt', 'x'), file('notes.asc', armored)),
    )
    expect(mail.protection).toMatchObject({ ...CLOSED, covers: 'part' })
    expect(mail.text.split('\n')).toEqual([
      `[encrypted, signed with …${robin.fingerprint.slice(-4)}]`,
      '| It fixes it.',
      '[not encrypted, not signed]',
      '| Attached: log.txt',
      '[encrypted, not signed]',
      '| Attached: fix.patch.pgp, notes.asc',
    ])
  })

  it('in a signed mail leaves its signature as it is', async () => {
    const entity = mixed(text('See the file.'), file('report.txt.asc', armored))
    const mail = await read(
      lines(
        'Content-Type: multipart/signed; protocol="application/pgp-signature"; boundary=s',
        '',
        '--s',
        entity,
        '--s',
        'Content-Type: application/pgp-signature',
        '',
        (await signDetached(bytes(entity), robin.secret, NOW)).trimEnd(),
        '--s--',
        '',
      ),
    )
    expect(mail.protection).toMatchObject({ ...CLOSED, covers: 'all', signatures: [{ state: 'good' }] })
  })
})

describe('a file that anybody can read', () => {
  const signed = async (): Promise<string> =>
    sign({
      message: await createMessage({ text: 'x' }),
      signingKeys: await readPrivateKey({ binaryKey: robin.secret }),
      date: new Date(NOW),
    })

  it.each([
    ['a signature', async () => signDetached(bytes('x'), robin.secret, NOW)],
    ['a key', async () => armoredPublicKey(robin)],
    ['a signed message', signed],
    ['a signed message in binary', async () => (await unarmored(bytes(await signed()))) ?? ''],
    ['a text about encryption', async () => `Begin with\n${armored}`],
    ['a picture', async () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)],
    ['data that begins like a session key', async () => Uint8Array.of(0x84, 2, 3, 0, 0, 0, 0, 0)],
  ])('is not encrypted: %s', async (_what, content) => {
    const { protection } = await read(mixed(text('See the file.'), file('file.asc', await content())))
    expect(protection).toMatchObject({ encryption: 'none', signature: 'none' })
  })
})

describe('an encrypted file inside an encryption', () => {
  it('does not make the mail around it count as closed', async () => {
    const message = await createMessage({ binary: bytes(mixed(text('Hello'), file('a.pgp', binary))) })
    const outer = await encrypt({
      message,
      encryptionKeys: await readKey({ binaryKey: project.public }),
      config: { preferredCompressionAlgorithm: enums.compression.uncompressed },
    })
    const { protection } = await read(
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
        outer.trimEnd(),
        '--e--',
        '',
      ),
    )
    expect(protection).toMatchObject({ encryption: 'openpgp', covers: 'all' })
    expect(protection).not.toHaveProperty('unreadable')
  })
})
