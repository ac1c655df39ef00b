import { instant } from '@embargo/core'
import { composeMail, createKey, importKey, lockedCopy, parse, protectMail } from '@embargo/mail'
import type { NewKey, ParsedMail, Protection } from '@embargo/mail'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openGnupg } from './gnupg.ts'
import type { Gnupg } from './gnupg.ts'
import { readWithNotmuch } from './notmuch.ts'
import { openSequoia } from './sequoia.ts'
import type { Sequoia } from './sequoia.ts'

const DAY = 24 * 60 * 60 * 1_000
/** The keys are created during the test, so the test needs the real time. */
const now = (): number => Date.now()
const TEXT = 'A long header overflows the buffer.\n\n-- \nRobin – Größe 3'
const SUBJECT = 'Overflow in the parser'

let gnupg: Gnupg
let sequoia: Sequoia
let project: NewKey

beforeAll(async () => {
  gnupg = openGnupg()
  sequoia = openSequoia()
  project = await createKey({
    name: 'Lantern security',
    address: 'security@lantern.example',
    at: now() - DAY,
    expiresAt: now() + 365 * DAY,
  })
  await gnupg.import(project.public)
})
afterAll(async () => {
  await gnupg[Symbol.asyncDispose]()
  sequoia[Symbol.dispose]()
})

/** The mail that we send with this protection. */
async function sent(protection: Protection): Promise<Buffer> {
  const mail = await composeMail(
    {
      subject: SUBJECT,
      text: TEXT,
      attachments: [{ filename: 'main.patch', contentType: 'text/x-patch', content: '--- a\n+++ b\n' }],
      automatic: false,
    },
    {
      from: { name: 'Lantern security team', address: 'security@lantern.example' },
      replyTo: 'security+x@lantern.example',
      to: 'robin@sample.example',
      messageId: '<1@lantern.example>',
      date: instant(now()),
    },
  )
  return Buffer.from(await protectMail(mail, protection, now()))
}

/**
 * The parts of a multipart in their exact bytes, without the line end that belongs to the delimiter (RFC 2046 section
 * 5.1.1).
 */
function parts(mail: Buffer): readonly Buffer[] {
  const text = mail.toString('latin1')
  const boundary = /boundary="([^"]+)"/u.exec(text)?.[1] ?? ''
  return text
    .split(`\r\n--${boundary}`)
    .slice(1, -1)
    .map((part) => Buffer.from(part.replace(/^\r\n/u, ''), 'latin1'))
}

const bodyOf = (part: Buffer | undefined): Buffer =>
  (part ?? Buffer.alloc(0)).subarray((part?.indexOf('\r\n\r\n') ?? 0) + 4)

const CRLF = '\r\n'
/** The part that a mail program signs or encrypts, with its header. */
const entity = (text: string): Buffer =>
  Buffer.from(['Content-Type: text/plain; charset=utf-8', '', ...text.split('\n')].join(CRLF))

const encryptedMail = (armored: Uint8Array): Buffer =>
  Buffer.from(
    [
      'From: Robin <robin@sample.example>',
      'To: security@lantern.example',
      'Subject: ...',
      'Message-ID: <2@sample.example>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="e"',
      '',
      '--e',
      'Content-Type: application/pgp-encrypted',
      '',
      'Version: 1',
      '',
      '--e',
      'Content-Type: application/octet-stream',
      '',
      ...Buffer.from(armored).toString().trimEnd().split(/\r?\n/u),
      '--e--',
      '',
    ].join(CRLF),
  )

const mailWithFile = (name: string, file: Uint8Array): Buffer =>
  Buffer.from(
    [
      'From: Robin <robin@sample.example>',
      'Subject: Report',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary="m"',
      '',
      '--m',
      'Content-Type: text/plain',
      '',
      'See the file.',
      '--m',
      `Content-Type: application/octet-stream; name="${name}"`,
      `Content-Disposition: attachment; filename="${name}"`,
      'Content-Transfer-Encoding: base64',
      '',
      Buffer.from(file).toString('base64'),
      '--m--',
      '',
    ].join(CRLF),
  )

/** The files of a mail. For a file that came encrypted, `decrypted` says what the signature inside the file proves. */
const filesOf = ({ attachments }: ParsedMail) =>
  attachments.map(({ name, content, decrypted }) => ({ name, content: Buffer.from(content).toString(), decrypted }))

const signedMail = (part: Buffer, signature: Uint8Array): Buffer =>
  Buffer.from(
    [
      'From: Robin <robin@sample.example>',
      'Subject: signed',
      'MIME-Version: 1.0',
      'Content-Type: multipart/signed; micalg=pgp-sha512; protocol="application/pgp-signature"; boundary="s"',
      '',
      '--s',
      part.toString(),
      '--s',
      'Content-Type: application/pgp-signature',
      '',
      ...Buffer.from(signature).toString().trimEnd().split(/\r?\n/u),
      '--s--',
      '',
    ].join(CRLF),
  )

const read = async (mail: Uint8Array, known: Uint8Array): Promise<ParsedMail> =>
  parse(mail, { keyring: { own: async () => [project.secret], find: async () => [known] }, at: now() })

/** Text, signature and encryption of a mail as we read it. */
const seen = ({ text, protection: { encryption, signatures, covers } }: ParsedMail) => ({
  text,
  encryption,
  covers,
  signatures: signatures.map(({ state, fingerprint }) =>
    fingerprint === undefined ? state : `${state} ${fingerprint}`,
  ),
})

describe.each([
  ['RSA-4096', { sign: 'rsa4096', encrypt: 'rsa4096' }],
  ['Curve25519', { sign: 'ed25519', encrypt: 'cv25519' }],
])('GnuPG with a key of %s', (name, algorithms) => {
  let theirs: string
  let theirPublicKey: Uint8Array
  beforeAll(async () => {
    theirs = await gnupg.createKey(`Robin ${name} <robin@sample.example>`, algorithms)
    theirPublicKey = await gnupg.publicKey(theirs)
  })

  it('opens what we encrypt and sign, with its subject inside', async () => {
    const mail = await sent({ is: 'encrypted', to: [theirPublicKey], signer: project.secret })
    const opened = await gnupg.decrypt(bodyOf(parts(mail)[1]))
    expect(opened.goodBy).toEqual([project.fingerprint])
    const inside = opened.content.toString()
    expect(inside).toContain(`Subject: ${SUBJECT}\r\n`)
    expect(inside).toContain('HP-Outer: Subject: [...]\r\n')
    expect(inside).toContain('hp="cipher"')
    expect(mail.toString()).not.toContain('verflow')
  })

  it('lets notmuch show what we encrypt and sign, with the subject that was hidden', async () => {
    const mail = await sent({ is: 'encrypted', to: [theirPublicKey], signer: project.secret })
    expect(await readWithNotmuch(mail, gnupg.home)).toEqual({ subject: SUBJECT, signatures: ['good'] })
  })

  it('writes what we open: encrypted and signed', async () => {
    const armored = await gnupg.encryptAndSign(entity(TEXT), project.fingerprint, theirs)
    expect(seen(await read(encryptedMail(armored), theirPublicKey))).toEqual({
      text: TEXT,
      encryption: 'openpgp',
      covers: 'all',
      signatures: [`good ${theirs}`],
    })
  })

  it('encrypts a file that we open', async () => {
    const file = await gnupg.encryptAndSign(Buffer.from(TEXT), project.fingerprint, theirs)
    const mail = await read(mailWithFile('report.txt.asc', file), theirPublicKey)
    expect(filesOf(mail)).toEqual([
      { name: 'report.txt', content: TEXT, decrypted: `signed with …${theirs.slice(-4)}` },
    ])
    expect(seen(mail)).toMatchObject({ encryption: 'openpgp', covers: 'part', signatures: [`good ${theirs}`] })
  })

  it('signs mails that we verify, unless they were changed', async () => {
    const part = entity(TEXT)
    const mail = signedMail(part, await gnupg.detachedSignature(part, theirs))
    expect(seen(await read(mail, theirPublicKey)).signatures).toEqual([`good ${theirs}`])
    const forged = Buffer.from(mail.toString().replace('long', 'short'))
    expect(seen(await read(forged, theirPublicKey)).signatures).toEqual(['bad'])
  })
})

describe.each(['cv25519', 'rsa4k'] as const)('sq with a key of %s', (suite) => {
  let theirs: Awaited<ReturnType<Sequoia['createKey']>>
  beforeAll(async () => {
    theirs = await sequoia.createKey('Robin', 'robin@sample.example', suite)
  })

  it('opens what we encrypt and sign', async () => {
    const mail = await sent({ is: 'encrypted', to: [theirs.public], signer: project.secret })
    const inside = await sequoia.decrypt(bodyOf(parts(mail)[1]), theirs.secret, project.public)
    expect(inside.toString()).toContain(`Subject: ${SUBJECT}\r\n`)
  })

  it('writes what we open: encrypted and signed', async () => {
    const armored = await sequoia.encryptAndSign(entity(TEXT), project.public, theirs.secret)
    const { text, encryption, covers, signatures } = seen(await read(encryptedMail(armored), theirs.public))
    expect({ text, encryption, covers, states: signatures.map((one) => one.split(' ')[0]) }).toEqual({
      text: TEXT,
      encryption: 'openpgp',
      covers: 'all',
      states: ['good'],
    })
  })

  it('encrypts a file that we open', async () => {
    const file = await sequoia.encryptAndSign(Buffer.from(TEXT), project.public, theirs.secret)
    expect(filesOf(await read(mailWithFile('report.txt.pgp', file), theirs.public))).toEqual([
      { name: 'report.txt', content: TEXT, decrypted: expect.stringMatching(/^signed with …/u) },
    ])
  })

  it('signs what we verify', async () => {
    const part = entity(TEXT)
    const mail = signedMail(part, await sequoia.detachedSignature(part, theirs.secret))
    expect((await read(mail, theirs.public)).protection.signatures.map(({ state }) => state)).toEqual(['good'])
  })
})

describe('a mail that we only sign', () => {
  it('is good for GnuPG and sq, and bad once a character was changed', async () => {
    const mail = await sent({ is: 'signed', signer: project.secret })
    const [part = Buffer.alloc(0), last] = parts(mail)
    const signature = bodyOf(last)
    const forged = Buffer.from(part.toString('latin1').replace('long', 'short'), 'latin1')
    expect(await gnupg.verify(part, signature)).toEqual([project.fingerprint])
    expect(await sequoia.verifies(part, signature, project.public)).toBe(true)
    expect(await gnupg.verify(forged, signature)).toEqual([])
    expect(await sequoia.verifies(forged, signature, project.public)).toBe(false)
    expect(part.toString()).toContain('hp="clear"')
    expect(part.toString()).toContain(`Subject: ${SUBJECT}\r\n`)
  })
})

describe('the copy of our key under a passphrase', () => {
  it('is opened by us with its passphrase and no other', async () => {
    const copy = Buffer.from(await lockedCopy(project, 'kumquat'))
    expect(await importKey(copy, 'marzipan', now())).toEqual({ is: 'refused', because: 'wrong-passphrase' })
    expect(await importKey(copy, 'kumquat', now())).toMatchObject({
      is: 'imported',
      key: { fingerprint: project.fingerprint },
    })
  })
})
