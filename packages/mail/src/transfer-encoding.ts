/**
 * How a body is encoded (RFC 2045 section 6). `none` stands for every other encoding: the body is read without
 * decoding.
 */
export type TransferEncoding = 'base64' | 'quoted-printable' | 'none'

export type DecodedContent = {
  readonly content: Uint8Array
  /** Whether decoding stopped at `limit` bytes, before the end of the body. */
  readonly cut: boolean
}

const CR = 0x0d
const LF = 0x0a
const EQUALS = 0x3d

const NO_SEXTET = 0xff
const SEXTETS = new Uint8Array(256).fill(NO_SEXTET)
for (const [value, character] of [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'].entries())
  SEXTETS[character.charCodeAt(0)] = value

/**
 * The content of a body, at most `limit` bytes. It is decoded in one pass into one array. A body may have millions of
 * short lines, so an object for each line would cost too much. Line ends become LF, except inside base64 content.
 */
export function decodeBody(body: Uint8Array, encoding: TransferEncoding, limit: number): DecodedContent {
  switch (encoding) {
    case 'base64':
      return fromBase64(body, limit)
    case 'quoted-printable':
      return fromQuotedPrintable(body, limit)
    case 'none':
      return asItStands(body, limit)
  }
}

function fromBase64(body: Uint8Array, limit: number): DecodedContent {
  const content = new Uint8Array(Math.min(limit, Math.ceil((body.length * 3) / 4)))
  let length = 0
  let at = 0
  let held = 0
  let bits = 0
  for (; at < body.length && length < content.length; at += 1) {
    const byte = body[at] ?? 0
    // Padding ends a base64 unit. It can occur in the middle of a body, because some mail programs pad each line.
    if (byte === EQUALS) {
      held = 0
      bits = 0
    }
    const sextet = SEXTETS[byte] ?? NO_SEXTET
    if (sextet === NO_SEXTET) continue
    held = ((held << 6) | sextet) & 0xfff
    bits += 6
    if (bits < 8) continue
    bits -= 8
    content[length++] = (held >> bits) & 0xff
  }
  return { content: content.subarray(0, length), cut: at < body.length && length === limit }
}

function fromQuotedPrintable(body: Uint8Array, limit: number): DecodedContent {
  const content = new Uint8Array(Math.min(limit, body.length))
  let length = 0
  let at = 0
  while (at < body.length && length < content.length) {
    const byte = body[at] ?? 0
    const soft = byte === EQUALS ? lineEnd(body, at + 1) : 0
    const escaped = byte === EQUALS ? hexByte(body, at + 1) : undefined
    if (soft > 0) at += 1 + soft
    else if (escaped !== undefined) {
      content[length++] = escaped
      at += 3
    } else if (byte === CR && body[at + 1] === LF) at += 1
    else {
      content[length++] = byte
      at += 1
    }
  }
  return { content: content.subarray(0, length), cut: at < body.length }
}

function asItStands(body: Uint8Array, limit: number): DecodedContent {
  const content = new Uint8Array(Math.min(limit, body.length))
  let length = 0
  let at = 0
  for (; at < body.length && length < content.length; at += 1) {
    const byte = body[at] ?? 0
    if (byte !== CR || body[at + 1] !== LF) content[length++] = byte
  }
  return { content: content.subarray(0, length), cut: at < body.length }
}

/** How many bytes the line end at this place has. 0 if there is no line end. */
function lineEnd(bytes: Uint8Array, at: number): number {
  if (bytes[at] === LF) return 1
  return bytes[at] === CR && bytes[at + 1] === LF ? 2 : 0
}

function hexByte(bytes: Uint8Array, at: number): number | undefined {
  const [high, low] = [hexDigit(bytes[at]), hexDigit(bytes[at + 1])]
  return high === undefined || low === undefined ? undefined : high * 16 + low
}

function hexDigit(byte: number | undefined): number | undefined {
  if (byte === undefined) return undefined
  if (byte >= 0x30 && byte <= 0x39) return byte - 0x30
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x61 + 10 : undefined
}
