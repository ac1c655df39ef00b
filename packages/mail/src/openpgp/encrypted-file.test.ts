import { armor, createMessage, encrypt, enums, readKey, readPrivateKey, sign } from 'openpgp'
import { describe, expect, it } from 'vitest'
import { judgeSignature } from '../judge-signature.ts'
import { parse } from '../parse.ts'
import type { ParsedMail } from '../parsed-mail.ts'
import { patchesIn } from '../patches.ts'
import { unarmored } from './armor.ts'
import { encryptAndSign, signDetached } from './encrypt.ts'
import { MAX_DECOMPRESSED_BYTES } from './limits.ts'
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

const CONTENT = 'It fixes it.'
const armored = await encryptAndSign(bytes(CONTENT), { to: [project.public], signer: robin.secret }, NOW)
const unarmoredBytes = async (text: string): Promise<Uint8Array> => (await unarmored(bytes(text))) ?? new Uint8Array(0)
const binary = await unarmoredBytes(armored)
const toOthers = await encryptAndSign(bytes(CONTENT), { to: [robin.public], signer: robin.secret }, NOW)
const withPassphrase = await encrypt({
  message: await createMessage({ text: CONTENT }),
  passwords: ['kumquat'],
  format: 'binary',
})
/** A message that is encrypted to the project and not signed. */
const sealed = async (content: Uint8Array | string, compression = enums.compression.uncompressed) =>
  encrypt({
    message: await createMessage({ binary: typeof content === 'string' ? bytes(content) : content }),
    encryptionKeys: await readKey({ binaryKey: project.public }),
    date: new Date(NOW),
    format: 'binary',
    config: { preferredCompressionAlgorithm: compression },
  })
const ROBINS = `signed with …${robin.fingerprint.slice(-4)}`
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

const signedMail = async (entity: string): Promise<string> =>
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
  )
const boxed = async (entity: string): Promise<string> =>
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
    armor(enums.armor.message, await sealed(entity)).trimEnd(),
    '--e--',
    '',
  )

const PINNED = [{ fingerprint: robin.fingerprint, addresses: ['robin@sample.example'], standing: 'pinned' }] as const
const CLOSED = { encryption: 'unreadable', unreadable: 'file' } as const
const shownFiles = ({ attachments }: ParsedMail) =>
  attachments.map(({ name, content, decrypted }) => ({ name, content: new TextDecoder().decode(content), decrypted }))

describe('an encrypted file', () => {
  it.each([
    ['report.txt.asc, armored', file('report.txt.asc', armored), 'report.txt'],
    [
      'report.txt.asc with CRLF, behind a blank line',
      file('report.txt.asc', `\n${armored.replaceAll('\n', '\r\n')}`),
      'report.txt',
    ],
    [
      'report.txt.pgp, sent as application/pgp-encrypted',
      file('report.txt.pgp', armored, 'application/pgp-encrypted'),
      'report.txt',
    ],
    ['report.txt.pgp, sent as a text', file('report.txt.pgp', armored, 'text/plain'), 'report.txt'],
    ['report.txt.gpg, binary', file('report.txt.gpg', binary), 'report.txt'],
    ['report.bin, which does not say what it is', file('report.bin', binary), 'report.bin'],
    ['.asc, which is all ending', file('.asc', binary), 'asc'],
  ])('is opened, named without its ending, and never counts for the text beside it (%s)', async (_what, part, name) => {
    const mail = await read(mixed(text('See the file.'), part))
    expect(mail.protection).toMatchObject({ encryption: 'openpgp', encryptedInPart: true, covers: 'part' })
    expect(judgeSignature(mail.protection, mail.from, PINNED)).toEqual({ is: 'part' })
    expect(mail.text.split('\n')).toEqual([
      '[not encrypted, not signed]',
      '| See the file.',
      `[encrypted, ${ROBINS}]`,
      `| Attached: ${name}`,
    ])
    expect(shownFiles(mail)).toEqual([{ name, content: CONTENT, decrypted: ROBINS }])
  })

  it('that is all there is in a mail covers no more than itself', async () => {
    for (const alone of [mixed(text(''), file('a.txt.asc', armored)), file('a.txt.asc', armored)]) {
      const mail = await read(alone)
      expect(mail.text).toBe(`[encrypted, ${ROBINS}]\n| Attached: a.txt`)
      expect(mail.protection).toMatchObject({ encryption: 'openpgp', covers: 'part' })
      expect(mail.protection).not.toHaveProperty('encryptedInPart')
      expect(mail.protection).not.toHaveProperty('coversSubject')
    }
  })

  it('that is not signed says so, even if the mail around it is signed', async () => {
    const mail = await read(await signedMail(mixed(text('See the file.'), file('a.txt.gpg', await sealed(CONTENT)))))
    expect(mail.text.split('\n')).toEqual([
      `[not encrypted, ${ROBINS}]`,
      '| See the file.',
      '[encrypted, not signed]',
      '| Attached: a.txt',
    ])
    expect(judgeSignature(mail.protection, mail.from, PINNED)).toEqual({ is: 'part' })
    expect(shownFiles(mail)).toMatchObject([{ decrypted: 'not signed' }])
  })

  it('brings a patch and a key as any file does', async () => {
    const patch = '--- a/loader.c\n+++ b/loader.c\n@@ -1 +1 @@\n-x\n+y\n'
    const key = await sealed(await armoredPublicKey(robin))
    const mail = await read(mixed(text('Hi'), file('fix.patch.gpg', await sealed(patch)), file('robin.asc.gpg', key)))
    expect(patchesIn(mail)).toEqual([{ name: 'fix.patch', text: patch }])
    expect(mail.keys.map(({ facts }) => facts.fingerprint)).toEqual([robin.fingerprint])
  })

  it('beside an encrypted text is in a section of its own, and so are the others', async () => {
    const mail = await read(
      mixed(text(armored), file('fix.patch.pgp', binary), file('log.txt', 'x'), file('notes.asc', toOthers)),
    )
    expect(mail.protection).toMatchObject({ ...CLOSED, covers: 'part' })
    expect(mail.text.split('\n')).toEqual([
      `[encrypted, ${ROBINS}]`,
      '| It fixes it.',
      '[not encrypted, not signed]',
      '| Attached: log.txt',
      `[encrypted, ${ROBINS}]`,
      '| Attached: fix.patch',
      '[encrypted, not opened]',
      '| Attached: notes.asc',
    ])
  })

  it('inside an encryption is a layer of its own', async () => {
    const mail = await read(await boxed(mixed(text('Hello'), file('a.txt.pgp', binary))))
    expect(mail.text.split('\n')).toEqual([
      '[encrypted, not signed]',
      '| Hello',
      `[inside that, layer 2: encrypted, ${ROBINS}]`,
      '| Attached: a.txt',
    ])
    expect(mail.protection).toMatchObject({ encryption: 'openpgp', covers: 'part' })
  })
})

describe('an encrypted MIME entity that is all there is in a mail', () => {
  const entity = lines(
    'Content-Type: multipart/mixed; boundary=i; protected-headers="v1"',
    'Subject: A hole',
    '',
    '--i',
    text(CONTENT),
    '--i',
    file('poc.py', 'print()'),
    '--i--',
    '',
  )
  const signedEntity = encryptAndSign(bytes(entity), { to: [project.public], signer: robin.secret }, NOW)

  it.each([
    ['as its only part', async (block: string) => file('encrypted.asc', block)],
    ['as its only part, in a multipart', async (block: string) => mixed(file('encrypted.asc', block))],
    ['beside a blank text', async (block: string) => mixed(text(' '), file('encrypted.asc', block))],
    ['as application/pgp', async (block: string) => lines('Content-Type: application/pgp', '', block)],
  ])('is opened like PGP/MIME (RFC 3156): %s', async (_, mailOf) => {
    const mail = await read(await mailOf(await signedEntity))
    expect({ subject: mail.subject, text: mail.text.trim() }).toEqual({ subject: 'A hole', text: CONTENT })
    expect(shownFiles(mail)).toEqual([{ name: 'poc.py', content: 'print()', decrypted: undefined }])
    expect(mail.protection).toMatchObject({ encryption: 'openpgp', covers: 'all', coversSubject: true })
    expect(judgeSignature(mail.protection, mail.from, PINNED).is).toBe('own-key')
  })

  it.each([
    ['a text is beside it', async () => mixed(text('See below.'), file('encrypted.asc', await signedEntity))],
    [
      'it is a mail with its own sender',
      async () => file('mail.eml.asc', await sealed(`From: x@y.example\r\n${entity}`)),
    ],
    ['it is signed as a file', async () => signedMail(file('encrypted.asc', await signedEntity))],
  ])('stays a file if %s', async (_, mailOf) => {
    const mail = await read(await mailOf())
    expect(mail.subject).toBe('Hello')
    expect(mail.attachments.map(({ decrypted }) => decrypted)).toEqual([expect.anything()])
  })

  it('to another key is kept as it came', async () => {
    const block = await encryptAndSign(bytes(entity), { to: [robin.public], signer: robin.secret }, NOW)
    expect((await read(file('encrypted.asc', block))).protection).toMatchObject(CLOSED)
  })
})

describe('an encrypted file that stays closed', () => {
  it.each([
    ['to somebody else', file('report.txt.asc', toOthers)],
    ['with a passphrase', file('report.txt.gpg', withPassphrase)],
    ['damaged', file('report.txt.asc', armored.slice(0, 80))],
  ])('makes a mail that is encrypted and closed (%s)', async (_what, part) => {
    const mail = await read(mixed(text('See the file.'), part))
    expect(mail.protection).toMatchObject({ ...CLOSED, signature: 'none', covers: 'all' })
    expect(mail.protection).not.toHaveProperty('encryptedInPart')
    expect(mail.text).toBe('See the file.')
    expect(mail.attachments).toHaveLength(1)
    expect(mail.attachments[0]).not.toHaveProperty('decrypted')
    expect((await read(mixed(text(''), part))).protection).toMatchObject(CLOSED)
    expect((await read(mixed(part))).protection).toMatchObject(CLOSED)
    expect((await read(part)).protection).toMatchObject(CLOSED)
  })

  it('in a signed mail leaves its signature as it is', async () => {
    const mail = await read(await signedMail(mixed(text('See the file.'), file('report.txt.asc', toOthers))))
    expect(mail.protection).toMatchObject({ ...CLOSED, covers: 'all', signatures: [{ state: 'good' }] })
  })

  it('inside an encryption does not make the mail around it count as closed', async () => {
    const { protection } = await read(await boxed(mixed(text('Hello'), file('a.pgp', toOthers))))
    expect(protection).toMatchObject({ encryption: 'openpgp', covers: 'all' })
    expect(protection).not.toHaveProperty('unreadable')
  })

  it('is the eleventh of a mail', async () => {
    const many = Array.from({ length: 11 }, (_, index) => file(`${index}.txt.pgp`, binary))
    const mail = await read(mixed(text('See the files.'), ...many))
    expect(mail.attachments.flatMap(({ decrypted }) => decrypted ?? [])).toHaveLength(10)
    expect(mail.attachments.at(-1)?.name).toBe('10.txt.pgp')
    expect(mail.protection).toMatchObject(CLOSED)
  })

  it('is inside an encrypted file', async () => {
    const mail = await read(mixed(text('Hi'), file('a.txt.gpg.gpg', await sealed(binary))))
    expect(mail.attachments.map(({ name, content }) => ({ name, content }))).toEqual([
      { name: 'a.txt.gpg', content: binary },
    ])
  })

  it('decompression bomb: the files of a mail together are not larger than one message may be', async () => {
    const most = enums.compression.zlib
    const bomb = file('a.bin.gpg', await sealed(new Uint8Array(MAX_DECOMPRESSED_BYTES - 100), most))
    const mail = await read(mixed(text('Hi'), bomb, file('b.bin.gpg', await sealed(new Uint8Array(10_000), most))))
    expect(mail.attachments.map(({ name }) => name)).toEqual(['a.bin', 'b.bin.gpg'])
    expect(mail.protection).toMatchObject(CLOSED)
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
    ['a signed message in binary', async () => unarmoredBytes(await signed())],
    ['a text about encryption', async () => `Begin with\n${armored}`],
    ['a picture', async () => Uint8Array.of(0xff, 0xd8, 0xff, 0xe0, 0, 16)],
    ['data that begins like a session key', async () => Uint8Array.of(0x84, 2, 3, 0, 0, 0, 0, 0)],
  ])('is not encrypted: %s', async (_what, content) => {
    const { protection } = await read(mixed(text('See the file.'), file('file.asc', await content())))
    expect(protection).toMatchObject({ encryption: 'none', signature: 'none' })
  })
})
