import type { Content } from './compose.ts'

/** Base64 turns three bytes into four, and ends each line of 76 bytes with two more (RFC 2045 section 6.8). */
const BASE64 = (4 / 3) * (78 / 76)

/** Armor also turns three bytes into four, and ends each line of 64 bytes with two bytes (RFC 9580 section 6). */
const ARMOR = (4 / 3) * (66 / 64)

/**
 * How many bytes the header, the boundaries and the signature may take. The longest part of the header is our own key
 * (`Autocrypt`).
 */
const FRAME_BYTES = 16 * 1024

/**
 * The expected size of a mail in bytes, never less than the real size. A patch of 10 MiB makes a mail of some 14 MiB,
 * or some 19 MiB if encrypted.
 */
export function expectedSize(
  { text, attachments }: Pick<Content, 'text' | 'attachments'>,
  isEncrypted: boolean,
): number {
  const files = attachments.reduce((sum, { content }) => sum + bytesOf(content) * BASE64, 0)
  const plain = files + encodedText(text) + FRAME_BYTES
  return Math.ceil(isEncrypted ? plain * ARMOR : plain)
}

const bytesOf = (content: string | Uint8Array): number =>
  typeof content === 'string' ? Buffer.byteLength(content) : content.length

/**
 * The size in quoted-printable (RFC 2045 section 6.7). Each byte that is not ASCII takes three bytes, each line takes
 * two more, and each soft line break takes three.
 */
function encodedText(text: string): number {
  const bytes = Buffer.byteLength(text)
  const others = text.length === bytes ? 0 : bytes - [...text].filter((one) => one <= '\u007F').length
  const lines = text.split('\n').length
  return bytes + 2 * others + 2 * lines + (bytes / 70) * 3
}
