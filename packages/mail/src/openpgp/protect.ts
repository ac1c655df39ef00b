import { createHash } from 'node:crypto'
import { encryptAndSign, signDetached } from './encrypt.ts'

/**
 * The subject that everybody on the way sees instead of the real one (RFC 9788 section 3.2.1). If a mailing list
 * demands a tag, the tag stays in front.
 */
const HIDDEN_SUBJECT = '[...]'

export type Protection =
  | {
      readonly is: 'encrypted'
      readonly to: readonly Uint8Array[]
      /** Absent while the project has no key of its own. */
      readonly signer?: Uint8Array
      /** The tag that a mailing list demands in the readable subject, such as `[vs]`. */
      readonly subjectTag?: string
    }
  | { readonly is: 'signed'; readonly signer: Uint8Array }

/**
 * Encrypts and signs a mail, or only signs it (RFC 3156), and returns its final bytes. Its header is protected too (RFC
 * 9788). If the mail is encrypted, its readable header has `HIDDEN_SUBJECT` instead of the subject.
 */
export async function protectMail(mail: Uint8Array, protection: Protection, at: number): Promise<Uint8Array> {
  const { fields, body } = splitMail(mail)
  const structural = fields.filter(isStructural)
  const unprotected = fields.filter(isUnprotected)
  const header = fields.filter((field) => !isStructural(field) && !isUnprotected(field))
  const boundary = `=_embargo-${createHash('sha256').update(mail).digest('hex').slice(0, BOUNDARY_DIGITS)}`
  const outer = protection.is === 'encrypted' ? header.map((field) => hidden(field, protection.subjectTag)) : header
  const entity = Buffer.concat([
    Buffer.from(
      [
        ...structural.filter((field) => nameOf(field) !== 'content-type' && nameOf(field) !== 'mime-version'),
        withParameters(
          contentType(structural),
          `hp="${protection.is === 'encrypted' ? 'cipher' : 'clear'}"`,
          OLDER_MARK,
        ),
        ...header,
        ...(protection.is === 'encrypted' ? outer.map((field) => `HP-Outer: ${field}`) : []),
      ].join(CRLF) +
        CRLF +
        CRLF,
      'utf8',
    ),
    body,
  ])
  const [type, parts] =
    protection.is === 'encrypted'
      ? encryptedParts(await encryptAndSign(entity, protection, at))
      : signedParts(entity, await signDetached(entity, protection.signer, at))
  return Buffer.concat([
    Buffer.from(
      [...outer, ...unprotected, 'MIME-Version: 1.0', `${type}; boundary="${boundary}"`].join(CRLF) + CRLF + CRLF,
      'utf8',
    ),
    ...parts.flatMap((part) => [Buffer.from(`--${boundary}${CRLF}`), part, Buffer.from(CRLF)]),
    Buffer.from(`--${boundary}--${CRLF}`),
  ])
}

const CRLF = '\r\n'
const BOUNDARY_DIGITS = 32

function encryptedParts(armored: string): readonly [string, readonly Uint8Array[]] {
  return [
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"',
    [
      part(['Content-Type: application/pgp-encrypted', 'Content-Description: PGP/MIME version'], 'Version: 1\n'),
      part(
        [
          'Content-Type: application/octet-stream; name="encrypted.asc"',
          'Content-Disposition: inline; filename="encrypted.asc"',
        ],
        armored,
      ),
    ],
  ]
}

/** The hash with which the library signs according to `CONFIG`. RFC 3156 section 5 demands that the mail names it. */
const MICALG = 'pgp-sha512'

function signedParts(entity: Uint8Array, armored: string): readonly [string, readonly Uint8Array[]] {
  return [
    `Content-Type: multipart/signed; micalg=${MICALG}; protocol="application/pgp-signature"`,
    [
      entity,
      part(
        [
          'Content-Type: application/pgp-signature; name="signature.asc"',
          'Content-Description: OpenPGP digital signature',
        ],
        armored,
      ),
    ],
  ]
}

const part = (header: readonly string[], text: string): Uint8Array =>
  Buffer.from([...header, '', ...text.trimEnd().split(/\r?\n/u), ''].join(CRLF), 'latin1')

/** Splits a mail into fields and body. A field keeps its folded lines, but not its last line end. */
function splitMail(mail: Uint8Array): { readonly fields: readonly string[]; readonly body: Uint8Array } {
  const bytes = Buffer.from(mail.buffer, mail.byteOffset, mail.length)
  const end = bytes.indexOf(CRLF + CRLF)
  const header = bytes.subarray(0, end === -1 ? bytes.length : end).toString('utf8')
  const body = end === -1 ? new Uint8Array(0) : bytes.subarray(end + 2 * CRLF.length)
  return { fields: header.split(/\r\n(?![ \t])/u), body }
}

const nameOf = (field: string): string => field.slice(0, field.indexOf(':')).trim().toLowerCase()

/** RFC 9788 section 1.1.1: the fields that describe the structure of the body. They must stay with the body. */
const isStructural = (field: string): boolean => {
  const name = nameOf(field)
  return name === 'mime-version' || name.startsWith('content-')
}

/**
 * Mail programs read the Autocrypt field only in the outer header (Autocrypt level 1, section 2.1). The key in this
 * field is long, so the field is not repeated in the protected header.
 */
const isUnprotected = (field: string): boolean => nameOf(field) === 'autocrypt'

const hidden = (field: string, tag: string | undefined): string =>
  nameOf(field) === 'subject' ? `Subject: ${tag === undefined ? '' : `${tag} `}${HIDDEN_SUBJECT}` : field

const contentType = (structural: readonly string[]): string =>
  structural.find((field) => nameOf(field) === 'content-type') ?? 'Content-Type: text/plain; charset=utf-8'

/**
 * The forerunner of the parameter `hp` (RFC 9788). Without this older parameter, Thunderbird and notmuch would show
 * only `HIDDEN_SUBJECT`.
 */
const OLDER_MARK = 'protected-headers="v1"'

const withParameters = (field: string, ...parameters: readonly string[]): string =>
  [field, ...parameters].join(`;${CRLF} `)
