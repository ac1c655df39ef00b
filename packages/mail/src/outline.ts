import { decodeBody } from './transfer-encoding.ts'
import type { DecodedContent } from './transfer-encoding.ts'
import type { MimePart } from './mime-tree.ts'

/**
 * How many fields the outline adds to the header of each leaf. The added fields come before the original fields,
 * because the decoder uses the first of two fields with the same name.
 */
export const OUTLINE_FIELDS = 2

const ENCODER = new TextEncoder()
const NO_BODY = new Uint8Array(0)

/**
 * Keeps the headers and delimiters of a mail, but replaces the body of each leaf by what `bodyOf` returns. Short bodies
 * limit the work of the decoder, which makes objects for each line of a body. The Content-ID of each leaf is its index
 * in the result of `leaves(tree)`.
 */
export function outline(
  bytes: Uint8Array,
  tree: MimePart,
  bodyOf: (index: number) => Uint8Array = () => NO_BODY,
): Uint8Array {
  const pieces: Uint8Array[] = []
  let leaf = 0
  const say = (text: string): void => void pieces.push(ENCODER.encode(text))
  const add = (part: MimePart): void => {
    const header = bytes.subarray(part.start, part.bodyStart)
    if (part.children.length === 0) {
      // Of these two fields, the encoding must be the second. If the original header begins with a folded line, that
      // line then extends the value of the encoding, not the Content-ID.
      say(`Content-ID: ${leaf}\r\nContent-Transfer-Encoding: base64\r\n`)
      pieces.push(header)
      say(`\r\n\r\n${Buffer.from(bodyOf(leaf)).toString('base64')}\r\n`)
      leaf += 1
      return
    }
    pieces.push(header)
    for (const child of part.children) {
      say('\r\n--')
      pieces.push(part.boundary)
      say('\r\n')
      add(child)
    }
    say('--')
    pieces.push(part.boundary)
    say('--\r\n')
  }
  add(tree)
  return Buffer.concat(pieces)
}

/** The text of a leaf with its last line end, at most `limit` bytes. */
export function textOf(bytes: Uint8Array, leaf: MimePart, limit: number): DecodedContent {
  return decodeBody(bytes.subarray(leaf.bodyStart, leaf.end), leaf.encoding, limit)
}

/** The content of a file. The line end before a delimiter belongs to the delimiter (RFC 2046 section 5.1.1). */
export function contentOf(bytes: Uint8Array, leaf: MimePart): Uint8Array {
  let end = leaf.end
  if (end < bytes.length && end > leaf.bodyStart && bytes[end - 1] === 0x0a) {
    end -= 1
    if (end > leaf.bodyStart && bytes[end - 1] === 0x0d) end -= 1
  }
  const body = bytes.subarray(leaf.bodyStart, end)
  return decodeBody(body, leaf.encoding, body.length).content
}
