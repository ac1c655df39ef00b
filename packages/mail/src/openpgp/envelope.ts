import { htmlText } from '../html-text.ts'
import { contentOf } from '../outline.ts'
import { leaves } from '../mime-tree.ts'
import type { MimePart } from '../mime-tree.ts'
import { isEncryptedFile } from './encrypted-file.ts'
import { MAX_BLANK_BYTES } from './limits.ts'

/** A part of a mail that is encrypted or signed as a whole, with the exact bytes that are encrypted or signed. */
export type Envelope =
  | { readonly is: 'openpgp-encrypted'; readonly block: Uint8Array }
  | { readonly is: 'openpgp-signed'; readonly signed: Uint8Array; readonly signature: Uint8Array }
  /** S/MIME with the signature in a separate part. */
  | { readonly is: 's-mime-signed' }
  /** An S/MIME part that is one encrypted or signed block. `says`: what the part's media type claims. */
  | { readonly is: 's-mime-block'; readonly block: Uint8Array; readonly says: 'signed' | 'encrypted' }

/**
 * The envelope, if this part is one: PGP/MIME (RFC 3156), S/MIME (RFC 8551), or PGP/MIME that a mail server has
 * changed. A multipart with an additional part is not an envelope, because that part would wrongly look encrypted or
 * signed.
 */
export function envelopeOf(bytes: Uint8Array, part: MimePart): Envelope | undefined {
  const protocol = part.parameters.get('protocol')?.toLowerCase() ?? ''
  switch (part.type) {
    case 'multipart/encrypted':
      return encrypted(bytes, part.children)
    case 'multipart/mixed':
      // Exchange changes the type to multipart/mixed, and may put an empty text or HTML part in front.
      return encrypted(bytes, withoutBlankText(bytes, part.children))
    case 'multipart/signed':
      if (part.children.length !== 2) return undefined
      return protocol.includes('pkcs7') ? { is: 's-mime-signed' } : signed(bytes, part.children)
    case 'application/pkcs7-mime':
    case 'application/x-pkcs7-mime':
      return {
        is: 's-mime-block',
        block: contentOf(bytes, part),
        says: part.parameters.get('smime-type')?.toLowerCase() === 'signed-data' ? 'signed' : 'encrypted',
      }
    default:
      return undefined
  }
}

function encrypted(bytes: Uint8Array, parts: readonly MimePart[]): Envelope | undefined {
  const [version, content, ...more] = parts
  if (version === undefined || content === undefined || more.length > 0) return undefined
  if (!isVersion(version) || content.children.length > 0) return undefined
  return { is: 'openpgp-encrypted', block: contentOf(bytes, content) }
}

function signed(bytes: Uint8Array, [content, signature]: readonly MimePart[]): Envelope | undefined {
  if (content === undefined || signature?.type !== 'application/pgp-signature') return undefined
  return {
    is: 'openpgp-signed',
    signed: canonical(bytes.subarray(content.start, endOf(bytes, content))),
    signature: contentOf(bytes, signature),
  }
}

/**
 * Finds the two parts of a PGP/MIME encryption in a multipart that also has unencrypted parts. An unencrypted part may
 * be a footer that a mailing list added after Exchange changed the structure.
 */
export function encryptionAmong(
  bytes: Uint8Array,
  { type, children }: MimePart,
): { readonly parts: readonly MimePart[]; readonly envelope: Envelope } | undefined {
  if (type !== 'multipart/mixed' && type !== 'multipart/encrypted') return undefined
  const parts = children.slice(children.findIndex(isVersion)).slice(0, 2)
  const envelope = encrypted(bytes, parts)
  return envelope?.is === 'openpgp-encrypted' && isEncryptedFile(envelope.block) ? { parts, envelope } : undefined
}

/** The ciphertext of a mail whose only content is one encrypted file. */
export function loneCiphertext(bytes: Uint8Array, tree: MimePart): Uint8Array | undefined {
  const parts = leaves(tree)
  const only = parts.find(({ type }) => type.startsWith('application/'))
  if (only === undefined || !parts.every((part) => part === only || isBlankText(bytes, part))) return undefined
  const block = contentOf(bytes, only)
  return isEncryptedFile(block) ? block : undefined
}

const isVersion = ({ type }: MimePart): boolean => type === 'application/pgp-encrypted'

const withoutBlankText = (bytes: Uint8Array, parts: readonly MimePart[]): readonly MimePart[] =>
  parts.length === 3 && parts.some(isVersion) ? parts.filter((part) => !isBlankText(bytes, part)) : parts

function isBlankText(bytes: Uint8Array, part: MimePart): boolean {
  if (part.type !== 'text/plain' && part.type !== 'text/html') return false
  if (part.end - part.bodyStart > MAX_BLANK_BYTES) return false
  const text = new TextDecoder().decode(contentOf(bytes, part))
  return (part.type === 'text/html' ? htmlText(text).text : text).trim() === ''
}

/** The line end before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1). */
function endOf(bytes: Uint8Array, part: MimePart): number {
  let { end } = part
  if (end > part.start && bytes[end - 1] === 0x0a) end -= 1
  if (end > part.start && bytes[end - 1] === 0x0d) end -= 1
  return end
}

/** Signed content has CRLF at each line end (RFC 3156 section 5), so we restore it if a mail store changed it. */
function canonical(bytes: Uint8Array): Uint8Array {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1')
  return /(?<!\r)\n/u.test(text) ? Buffer.from(text.replaceAll(/(?<!\r)\n/gu, '\r\n'), 'latin1') : bytes
}
