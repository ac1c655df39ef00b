/** A packet's tag (RFC 9580 section 5), and what the first bytes of a key packet say about the key. */
export type PacketHead = { readonly tag: number; readonly version?: number; readonly algorithm?: number }

export const PUBLIC_KEY_TAG = 6
export const PUBLIC_SUBKEY_TAG = 14
export const SECRET_KEY_TAG = 5
export const SECRET_SUBKEY_TAG = 7

const KEY_TAGS: readonly number[] = [PUBLIC_KEY_TAG, PUBLIC_SUBKEY_TAG, SECRET_KEY_TAG, SECRET_SUBKEY_TAG]

/** The most packets whose heads are read. A real key of at most `MAX_KEY_BYTES` has fewer. */
const MAX_PACKETS = 5_000

/**
 * The heads of the packets in a block (RFC 9580 section 4.2), up to the first packet that is truncated or of unknown
 * length. If the library cannot read a key, the heads show what kind of key it is.
 */
export function packetHeads(bytes: Uint8Array): readonly PacketHead[] {
  const heads: PacketHead[] = []
  let at = 0
  while (at < bytes.length && heads.length < MAX_PACKETS) {
    const packet = packetAt(bytes, at)
    if (packet === undefined) return heads
    const { tag, bodyStart } = packet
    const body = bytes.subarray(bodyStart, bodyStart + packet.bytes)
    if (body.length < packet.bytes) return heads
    heads.push(KEY_TAGS.includes(tag) ? { tag, ...keyHead(body) } : { tag })
    at = bodyStart + packet.bytes
  }
  return heads
}

/** The tag in the first byte of a packet. */
export const tagOf = (first: number): number => ((first & 0x40) === 0 ? (first >> 2) & 0x0f : first & 0x3f)

/** The packet that begins at `at`. Undefined if no packet begins there, or if its length is unknown. */
export function packetAt(bytes: Uint8Array, at: number): (Length & { readonly tag: number }) | undefined {
  const first = bytes[at] ?? 0
  if ((first & 0x80) === 0) return undefined
  const isNew = (first & 0x40) !== 0
  const length = isNew ? newLength(bytes, at + 1) : oldLength(bytes, at + 1, first & 0x03)
  return length && { ...length, tag: tagOf(first) }
}

/**
 * The fields of a key packet, in order (RFC 9580 section 5.5.2): the version, four bytes of creation time, in version 3
 * also two bytes of validity, and the algorithm.
 */
function keyHead(body: Uint8Array): Omit<PacketHead, 'tag'> {
  const [version] = body
  const algorithm = body[version !== undefined && version < 4 ? 7 : 5]
  return { ...(version !== undefined && { version }), ...(algorithm !== undefined && { algorithm }) }
}

type Length = { readonly bytes: number; readonly bodyStart: number }

function newLength(bytes: Uint8Array, at: number): Length | undefined {
  const [first = 0, second = 0] = bytes.subarray(at)
  if (first < 192) return { bytes: first, bodyStart: at + 1 }
  if (first < 224) return { bytes: ((first - 192) << 8) + second + 192, bodyStart: at + 2 }
  return first === 255 ? { bytes: bigEndian(bytes, at + 1, 4), bodyStart: at + 5 } : undefined
}

function oldLength(bytes: Uint8Array, at: number, kind: number): Length | undefined {
  if (kind === 3) return undefined
  const size = 1 << kind
  return { bytes: bigEndian(bytes, at, size), bodyStart: at + size }
}

function bigEndian(bytes: Uint8Array, at: number, size: number): number {
  let value = 0
  for (let index = 0; index < size; index += 1) value = value * 256 + (bytes[at + index] ?? 0)
  return value
}
