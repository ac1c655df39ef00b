/** The name of a header field (RFC 5322 section 2.2), or the empty line that ends a header without fields. */
const BEGIN = /^(?:[!-9;-~]+[ \t]*:|\r?\n)/u
/** How many characters are looked at. No real field has a name of this length. */
const LOOKED_AT = 200

/** A field that describes a MIME entity. A whole mail begins with other fields. */
const BEGIN_OF_ENTITY = /^(?:Content-(?:Type|Transfer-Encoding|Disposition|ID|Description)|MIME-Version)[ \t]*:/iu

const HEADER = Buffer.from('Content-Type: text/plain; charset=utf-8\r\n\r\n')

/**
 * Puts a header in front of encrypted or signed content that has none. RFC 3156 section 4 demands a header, but some
 * programs encrypt only a text. The first lines of such a text would otherwise be read as a header, and nobody would
 * see them.
 */
export function withHeader(content: Uint8Array): Uint8Array {
  const text = Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, LOOKED_AT)).toString('latin1')
  return BEGIN.test(text) ? content : Buffer.concat([HEADER, content])
}

/**
 * Whether this content is a MIME entity, and not a mail or a file. Encrypted content must be a MIME entity (RFC 3156
 * section 4).
 */
export function isMimeEntity(content: Uint8Array): boolean {
  const text = Buffer.from(content.buffer, content.byteOffset, Math.min(content.length, LOOKED_AT)).toString('latin1')
  return BEGIN_OF_ENTITY.test(text)
}
