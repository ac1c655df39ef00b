/** The name of a header field (RFC 5322 section 2.2), or the empty line that ends a header without fields. */
const BEGIN = /^(?:[!-9;-~]+[ \t]*:|\r?\n)/u
/** Longer than the name of any field. */
const LOOKED_AT = 200

const HEADER = Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\n')

/**
 * The content of an encryption or signature with a header. RFC 3156 section 4 demands one, but some programs encrypt a
 * mere text. Its first lines would count as a header and stay unseen.
 */
export function withHeader(content: Uint8Array): Uint8Array {
  const text = Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, LOOKED_AT)).toString('latin1')
  return BEGIN.test(text) ? content : Buffer.concat([HEADER, content])
}
