const CR = 0x0d
const LF = 0x0a

/**
 * Turns every lone CR into a line end. RFC 5321 section 2.3.8 forbids a lone CR, and mail programs disagree on whether
 * it ends a line. So the same line could be a header for one program and text for another. Returns the same array if
 * there is no lone CR.
 */
export function mendLineEnds(bytes: Uint8Array): Uint8Array {
  let alone = 0
  for (let at = bytes.indexOf(CR); at !== -1; at = bytes.indexOf(CR, at + 1)) if (bytes[at + 1] !== LF) alone += 1
  if (alone === 0) return bytes
  const mended = new Uint8Array(bytes.length + alone)
  let to = 0
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] ?? 0
    mended[to++] = byte
    if (byte === CR && bytes[at + 1] !== LF) mended[to++] = LF
  }
  return mended
}
