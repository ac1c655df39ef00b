import { Constructed, fromBER, ObjectIdentifier, OctetString } from 'asn1js'
import { MAX_MAIL_BYTES } from './limits.ts'

/**
 * How deep values can be nested. This limit stops a mail that would exhaust the stack. Certificates need about twelve
 * levels.
 */
const MAX_DEPTH = 30

/**
 * The most values in one block. A hostile block could have millions of empty values. An honest block also has many, if
 * the mail program writes the content in pieces of a few kilobytes.
 */
const MAX_VALUES = 100_000

/** The content types SignedData and Data (RFC 5652 sections 5.1 and 4). */
const SIGNED_DATA = '1.2.840.113549.1.7.2'
const DATA = '1.2.840.113549.1.7.1'

/** `content` is absent if the block has only certificates. */
type SignedData = { readonly content?: Uint8Array }

/**
 * Takes the content out of an S/MIME part that has content and signature in one block (RFC 8551 section 3.5.2), without
 * checking the signature. Undefined if the block is something else, or damaged.
 */
export function readSignedData(block: Uint8Array): SignedData | undefined {
  try {
    const { offset, result } = fromBER(Uint8Array.from(block), {
      maxDepth: MAX_DEPTH,
      maxNodes: MAX_VALUES,
      maxContentLength: MAX_MAIL_BYTES,
      // The content must not be read as nested values, even if it looks like nested values.
      parseEmbedded: false,
    })
    if (offset === -1) return undefined
    const [type, wrapped] = valuesOf(result)
    if (!isOf(type, SIGNED_DATA)) return undefined
    const [, , encapsulated] = valuesOf(valuesOf(wrapped)[0])
    const [of, content] = valuesOf(encapsulated)
    const [text] = valuesOf(content)
    return isOf(of, DATA) && text instanceof OctetString ? { content: new Uint8Array(text.getValue()) } : {}
  } catch {
    // The library throws for some kinds of damage.
    return undefined
  }
}

const valuesOf = (block: unknown): readonly unknown[] => (block instanceof Constructed ? block.valueBlock.value : [])

const isOf = (block: unknown, type: string): boolean => block instanceof ObjectIdentifier && block.getValue() === type
