import { describe, expect, it } from 'vitest'
import { judgeSignature } from '../judge-signature.ts'
import { parse } from '../parse.ts'
import { encryptAndSign, signDetached } from './encrypt.ts'
import { armoredPublicKey, createKey } from './own-key.ts'

// Mails as widespread programs build them. Each is the first mail of its reporter, so the reporter's key is not known
// yet.

const DAY = 24 * 60 * 60 * 1_000
const NOW = Date.UTC(2026, 5, 1)
const key = async (name: string, address: string) =>
  createKey({ name, address, at: NOW - DAY, expiresAt: NOW + 365 * DAY })
const project = await key('Lantern security', 'security@lantern.example')
const robin = await key('Robin', 'robin@sample.example')
const ID = robin.fingerprint.slice(-16)

const TEXT = 'A long header overflows. It’s in the größte loader.'
const lines = (...all: readonly string[]): string => all.join('\r\n')
const base64 = (content: string | Uint8Array): string =>
  (
    Buffer.from(content)
      .toString('base64')
      .match(/.{1,76}/gu) ?? []
  ).join('\r\n')
const crlf = (armored: string): string => armored.trimEnd().replaceAll(/\r?\n/gu, '\r\n')

const KEY_FILE = await armoredPublicKey(robin)
const keyPart = (name: string): string =>
  lines(
    `Content-Type: application/pgp-keys; name="${name}"`,
    'Content-Description: OpenPGP public key',
    'Content-Transfer-Encoding: base64',
    `Content-Disposition: attachment; filename="${name}"`,
    '',
    base64(KEY_FILE),
  )
const multipart = (head: string, boundary: string, ...parts: readonly string[]): string =>
  lines(
    `Content-Type: ${head}; boundary="${boundary}"`,
    '',
    ...parts.flatMap((part) => [`--${boundary}`, part]),
    `--${boundary}--`,
    '',
  )
const utf8 = (encoding: 'base64' | '8bit' = 'base64', parameters = ''): string =>
  lines(
    `Content-Type: text/plain; charset=utf-8${parameters}`,
    `Content-Transfer-Encoding: ${encoding}`,
    '',
    encoding === 'base64' ? base64(TEXT) : TEXT,
  )

const sealed = async (content: string): Promise<string> =>
  crlf(await encryptAndSign(Buffer.from(content), { to: [project.public], signer: robin.secret }, NOW))

/** A signed entity. `signatureHead`: the header of the part with the signature, which differs between programs. */
async function signed(entity: string, signatureHead: readonly string[], boundary = 'b1'): Promise<string> {
  const signature = crlf(await signDetached(Buffer.from(entity), robin.secret, NOW))
  const head = 'multipart/signed; protocol="application/pgp-signature"; micalg=pgp-sha512'
  return multipart(head, boundary, entity, lines(...signatureHead, '', signature))
}

/** An encrypted entity (PGP/MIME). Its two parts have the header fields that most programs write. */
const encrypted = async (content: string): Promise<string> =>
  multipart(
    'multipart/encrypted; protocol="application/pgp-encrypted"',
    'e1',
    lines(
      'Content-Type: application/pgp-encrypted',
      'Content-Description: PGP/MIME version identification',
      '',
      'Version: 1',
      '',
    ),
    lines(
      'Content-Type: application/octet-stream; name="encrypted.asc"',
      'Content-Description: OpenPGP encrypted message',
      'Content-Disposition: inline; filename="encrypted.asc"',
      '',
      await sealed(content),
      '',
    ),
  )

type Expected = {
  readonly subject?: string
  readonly attachments?: readonly string[]
  readonly encryption: string
  readonly signature: string
  readonly suggestsKey?: boolean
  readonly text?: string
}

/** Reads a mail, and says what people see of it. */
async function seen(body: string, head: readonly string[] = [], subject = 'Overflow'): Promise<Expected> {
  const raw = lines('From: Robin <robin@sample.example>', `Subject: ${subject}`, 'MIME-Version: 1.0', ...head, body)
  const mail = await parse(Buffer.from(raw), {
    keyring: { own: async () => [project.secret], find: async () => [] },
    at: NOW,
  })
  const carried = mail.keys.map(({ facts }) => ({
    fingerprint: facts.fingerprint,
    addresses: facts.userIds.flatMap(({ address }) => address ?? []),
    standing: 'carried' as const,
  }))
  return {
    subject: mail.subject,
    text: mail.text,
    attachments: mail.attachments.map(({ name }) => name),
    encryption: mail.protection.encryption,
    signature: judgeSignature(mail.protection, mail.from, carried).is,
    suggestsKey: carried.some(({ fingerprint }) => fingerprint === robin.fingerprint),
  }
}

const SEEN = { subject: 'Overflow', text: TEXT, suggestsKey: true }
const AUTOCRYPT = lines(
  'Autocrypt: addr=robin@sample.example; keydata=',
  ...(
    Buffer.from(robin.public)
      .toString('base64')
      .match(/.{1,72}/gu) ?? []
  ).map((line) => ` ${line}`),
)

describe('a mail written with Proton', () => {
  const name = `publickey - robin@sample.example - 0x${robin.fingerprint.slice(0, 8)}.asc`

  it('signed, with the key attached, is signed in the sender’s name and suggests the key', async () => {
    const entity = multipart('multipart/mixed', 'p1', utf8(), keyPart(name))
    const signature = [
      'Content-Type: application/pgp-signature; name="signature.asc"',
      'Content-Description: OpenPGP digital signature',
      'Content-Disposition: attachment; filename="signature.asc"',
    ]
    expect(await seen(await signed(entity, signature, '------p2'))).toEqual({
      ...SEEN,
      attachments: [name],
      encryption: 'none',
      signature: 'first-seen',
    })
  })

  it('encrypted, with the key inside, is opened, and suggests the key that was inside', async () => {
    const content = multipart('multipart/mixed', 'p1', utf8(), keyPart(name))
    expect(await seen(await encrypted(content))).toEqual({
      ...SEEN,
      attachments: [name],
      encryption: 'openpgp',
      signature: 'first-seen',
    })
  })
})

describe('a mail written with Thunderbird', () => {
  const name = `OpenPGP_0x${ID}.asc`

  it.each(['protected-headers="v1"', 'hp="cipher"'])(
    'encrypted with %s shows the subject inside, and suggests the attached key',
    async (parameter) => {
      const content = lines(
        `Content-Type: multipart/mixed; boundary="t1"; ${parameter}`,
        'Subject: Overflow',
        'From: Robin <robin@sample.example>',
        'To: security@lantern.example',
        '',
        '--t1',
        multipart('multipart/mixed', 't2', utf8(), keyPart(name)),
        '--t1--',
        '',
      )
      expect(await seen(await encrypted(content), [AUTOCRYPT], '...')).toEqual({
        ...SEEN,
        attachments: [name],
        encryption: 'openpgp',
        signature: 'first-seen',
      })
    },
  )

  it('signed, with an Autocrypt header only, suggests the key of that header', async () => {
    const signature = [
      'Content-Type: application/pgp-signature; name="OpenPGP_signature.asc"',
      'Content-Description: OpenPGP digital signature',
      'Content-Disposition: attachment; filename="OpenPGP_signature.asc"',
    ]
    const entity = multipart('multipart/mixed', 't1', multipart('multipart/mixed', 't2', utf8()))
    expect(await seen(await signed(entity, signature), [AUTOCRYPT])).toEqual({
      ...SEEN,
      attachments: [],
      encryption: 'none',
      signature: 'first-seen',
    })
  })
})

describe('a mail written with Mailvelope', () => {
  it('as PGP/MIME is opened; without a key it proves nothing', async () => {
    expect(await seen(await encrypted(utf8()))).toEqual({
      ...SEEN,
      suggestsKey: false,
      attachments: [],
      encryption: 'openpgp',
      signature: 'unknown-key',
    })
  })

  it('in a web mailer’s text, which adds HTML, is opened from the plain text', async () => {
    const block = (await sealed(TEXT)).replace(
      '\r\n\r\n',
      '\r\nVersion: Mailvelope v6\r\nComment: https://mailvelope.com\r\n\r\n',
    )
    const html = `<div dir="ltr">${block.replaceAll('\r\n', '<br>\r\n')}</div>`
    const body = multipart(
      'multipart/alternative',
      'g1',
      lines('Content-Type: text/plain; charset="UTF-8"', '', block),
      lines('Content-Type: text/html; charset="UTF-8"', '', html),
    )
    expect(await seen(body)).toEqual({
      ...SEEN,
      suggestsKey: false,
      attachments: [],
      encryption: 'openpgp',
      signature: 'unknown-key',
    })
  })

  it('with attached files, which it encrypts one by one, opens them too', async () => {
    const body = multipart(
      'multipart/mixed',
      'g1',
      lines('Content-Type: text/plain; charset="UTF-8"', '', await sealed(TEXT)),
      lines(
        'Content-Type: application/octet-stream; name="trace.txt.asc"',
        'Content-Disposition: attachment; filename="trace.txt.asc"',
        'Content-Transfer-Encoding: base64',
        '',
        base64(await sealed('0x1')),
      ),
    )
    expect(await seen(body)).toEqual({
      subject: 'Overflow',
      text: lines(
        '[encrypted, signed with a key we don’t have]',
        `| ${TEXT}`,
        '[encrypted, signed with a key we don’t have]',
        '| Attached: trace.txt',
      ).replaceAll('\r\n', '\n'),
      suggestsKey: false,
      attachments: ['trace.txt'],
      encryption: 'openpgp',
      signature: 'part',
    })
  })
})

describe('a mail written with Apple Mail and GPG Suite', () => {
  const signature = [
    'Content-Transfer-Encoding: 7bit',
    'Content-Disposition: attachment;',
    '\tfilename=signature.asc',
    'Content-Type: application/pgp-signature;',
    '\tname=signature.asc',
    'Content-Description: Message signed with OpenPGP',
  ]

  it('signed, in windows-1252 and quoted-printable, is read in its own character set', async () => {
    const entity = lines(
      'Content-Transfer-Encoding: quoted-printable',
      'Content-Type: text/plain;',
      '\tcharset=windows-1252',
      '',
      'A long header overflows. It=92s in the gr=F6=DFte loader.',
    )
    const body = multipart('multipart/mixed', 'x', await signed(entity, signature, 'Apple-Mail=_1'))
    for (const mail of [body, await signed(entity, signature, 'Apple-Mail=_1')])
      expect(await seen(mail, [AUTOCRYPT, 'X-Mailer: Apple Mail'])).toEqual({
        ...SEEN,
        attachments: [],
        encryption: 'none',
        signature: 'first-seen',
      })
  })

  it('with its key attached as a file of no particular type suggests that key', async () => {
    const attached = keyPart('A1B2C3D4.asc').replace('application/pgp-keys', 'application/octet-stream')
    const entity = multipart('multipart/mixed', 'Apple-Mail=_2', utf8(), attached)
    expect(await seen(await signed(entity, signature))).toEqual({
      ...SEEN,
      attachments: ['A1B2C3D4.asc'],
      encryption: 'none',
      signature: 'first-seen',
    })
  })
})

describe('a mail written with K-9 or FairEmail', () => {
  it('encrypted, with protected headers and an Autocrypt header, shows the subject inside', async () => {
    const content = lines(
      'Content-Type: multipart/mixed; boundary="----K9"; protected-headers="v1"',
      'Subject: Overflow',
      '',
      '------K9',
      utf8('8bit'),
      '------K9--',
      '',
    )
    expect(await seen(await encrypted(content), [AUTOCRYPT], '...')).toEqual({
      ...SEEN,
      attachments: [],
      encryption: 'openpgp',
      signature: 'first-seen',
    })
  })

  it('encrypted, with the subject in a part of its own for older programs, is opened', async () => {
    const legacy = lines(
      'Content-Type: text/rfc822-headers; protected-headers="v1"',
      'Content-Disposition: inline',
      '',
      'Subject: Overflow',
    )
    const content = lines(
      'Content-Type: multipart/mixed; boundary="k1"; protected-headers="v1"',
      'Subject: Overflow',
      '',
      '--k1',
      legacy,
      '--k1',
      utf8(),
      '--k1--',
      '',
    )
    const mail = await seen(await encrypted(content), [AUTOCRYPT], '...')
    expect(mail).toMatchObject({ subject: 'Overflow', encryption: 'openpgp', signature: 'first-seen' })
    expect(mail.text).toContain(TEXT)
  })
})

describe('a mail that went through Outlook and Exchange', () => {
  const version = lines(
    'Content-Type: application/pgp-encrypted; name="PGPMIME version identification.dat"',
    'Content-Disposition: attachment; filename="PGPMIME version identification.dat"',
    'Content-Transfer-Encoding: base64',
    '',
    base64('Version: 1\r\n'),
  )
  const data = async (content: string): Promise<string> =>
    lines(
      'Content-Type: application/octet-stream; name="encrypted.asc"',
      'Content-Disposition: attachment; filename="encrypted.asc"',
      'Content-Transfer-Encoding: base64',
      '',
      base64(await sealed(content)),
    )

  it.each([
    ['an empty text', lines('Content-Type: text/plain; charset="us-ascii"', '', '', '')],
    ['blank HTML', lines('Content-Type: text/html', '', '<html><body><div>&nbsp;</div></body></html>')],
  ])('encrypted with Gpg4win, and with %s in front, is opened as a whole', async (_what, blank) => {
    const content = multipart('multipart/mixed', 'o1', utf8(), keyPart(`0x${ID}.asc`))
    expect(await seen(multipart('multipart/mixed', '_000_', blank, version, await data(content)))).toEqual({
      ...SEEN,
      attachments: [`0x${ID}.asc`],
      encryption: 'openpgp',
      signature: 'first-seen',
    })
  })

  it('signed, and built again on its way, is not signed, and keeps the signature as a file', async () => {
    const signature = crlf(await signDetached(Buffer.from(utf8()), robin.secret, NOW))
    const file = lines(
      'Content-Type: application/pgp-signature; name="signature.asc"',
      'Content-Disposition: attachment; filename="signature.asc"',
      '',
      signature,
    )
    expect(await seen(multipart('multipart/mixed', '_000_', utf8(), file))).toEqual({
      ...SEEN,
      suggestsKey: false,
      attachments: ['signature.asc'],
      encryption: 'none',
      signature: 'none',
    })
  })
})
