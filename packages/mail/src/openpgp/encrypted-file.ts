import { packetAt, tagOf } from './packets.ts'

/** How many bytes of a file are read. A session key for one recipient takes fewer, whatever the kind of key. */
const LOOKED_AT = 16 * 1024

const BEGIN = /^(?:\u00ef\u00bb\u00bf)?\s*-----BEGIN PGP MESSAGE-----[ \t]*(?:\r?\n|$)/u

/**
 * The packets for a signature, a one-pass signature, compressed data and literal data. Anyone can read a file that
 * begins with one of them.
 */
const OPEN_TAGS: ReadonlySet<number> = new Set([2, 4, 8, 11])
/**
 * The packets with a session key, which is encrypted to a public key (1) or with a passphrase (3), and their versions.
 */
const SESSION_KEY_TAGS: ReadonlySet<number> = new Set([1, 3])
const SESSION_KEY_VERSIONS: ReadonlySet<number> = new Set([2, 3, 4, 5, 6])
/** Encrypted data of all kinds (RFC 9580 section 5), and GnuPG's own kind. */
const ENCRYPTED_TAGS: ReadonlySet<number> = new Set([9, 18, 20])

/**
 * Whether a file is an encrypted OpenPGP message, armored or binary, whatever its name and type are. An armored message
 * that is damaged counts too.
 */
export function isEncryptedFile(content: Uint8Array): boolean {
  const head = content.subarray(0, LOOKED_AT)
  const text = Buffer.from(head.buffer, head.byteOffset, head.length).toString('latin1')
  return BEGIN.test(text) ? isArmorEncrypted(text) : isEncrypted(head)
}

function isArmorEncrypted(text: string): boolean {
  const [, body = ''] = text.split(/\r?\n[ \t]*\r?\n/u)
  const [first = 0] = Buffer.from(body, 'base64')
  return !OPEN_TAGS.has(tagOf(first))
}

/** The first two packets are checked, so hardly any other file is mistaken for an encrypted one. */
function isEncrypted(head: Uint8Array): boolean {
  const key = packetAt(head, 0)
  if (key === undefined || !SESSION_KEY_TAGS.has(key.tag)) return false
  if (!SESSION_KEY_VERSIONS.has(head[key.bodyStart] ?? 0)) return false
  return isSessionKeyOrData(head[key.bodyStart + key.bytes] ?? 0)
}

const isSessionKeyOrData = (first: number): boolean =>
  (first & 0x80) !== 0 && (SESSION_KEY_TAGS.has(tagOf(first)) || ENCRYPTED_TAGS.has(tagOf(first)))
